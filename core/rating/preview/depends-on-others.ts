import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { AreaNormalisation } from '../../contract/regulation/composite.ts'
import type { Weighting } from '../../plugin/weighting.ts'
import { aggregationClause } from '../write/total-lines.ts'

/** Aggregations that compare the teachers of a league. */
const comparing: ReadonlySet<string> = new Set(['borda', 'copeland', 'lexicographic'])

/**
 * Ids of the clauses (and of the weighting) by which one teacher's total, band or money depends on the results of others; empty: it
 * can be computed from what is frozen of this teacher alone. Places always depend on others.
 */
export function dependsOnOthers(document: RegulationDocument, weighting: Pick<Weighting, 'needs'>): string[] {
  const { criteria, rollUps, money, bandsBy, bands, normalisation, aggregation } = document
  return [
    ...criteria.filter(({ whose }) => whose === 'staff').map(({ id }) => id),
    ...rollUps.map(({ id }) => id),
    ...document.areas
      .filter(({ id }) => isRelative(normalisation.byArea[id] ?? normalisation.areas))
      .map(({ id }) => id),
    ...(comparing.has(aggregation.method) ? [aggregationClause] : []),
    ...(weighting.needs === 'scores' ? [document.weighting.id] : []),
    ...(bandsBy === 'league-percent' ? bands.slice(0, 1).map(({ id }) => id) : []),
    ...(money?.kind === 'fund' ? [money.id] : []),
  ]
}

/** Whether a scale is made from the values of others, not from goalposts alone. */
function isRelative({ method, winsorise }: AreaNormalisation): boolean {
  return winsorise !== null || (method !== 'none' && method !== 'goalposts')
}
