import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Weighting } from '../../plugin/weighting.ts'

/**
 * Ids of the clauses (and of the weighting) by which one teacher's total, band or money depends on the results of others; empty: it
 * can be computed from what is frozen of this teacher alone. Places always depend on others.
 */
export function dependsOnOthers(document: RegulationDocument, weighting: Pick<Weighting, 'needs'>): string[] {
  const { criteria, rollUps, money, bandsBy, bands } = document
  return [
    ...criteria.filter(({ whose }) => whose === 'staff').map(({ id }) => id),
    ...rollUps.map(({ id }) => id),
    ...(weighting.needs === 'scores' ? [document.weighting.id] : []),
    ...(bandsBy === 'league-percent' ? bands.slice(0, 1).map(({ id }) => id) : []),
    ...(money?.kind === 'fund' ? [money.id] : []),
  ]
}
