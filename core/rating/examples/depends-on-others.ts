import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { RatingSources } from '../run-worker.ts'

/** Whether a teacher's total, status, band or money can depend on who else is rated (places always do). */
export function dependsOnOthers(document: RegulationDocument, sources: RatingSources): boolean {
  const { criteria, rollUps, requirements, bandsBy, money, weighting } = document
  return (
    rollUps.length > 0 ||
    criteria.some(({ whose }) => whose === 'staff') ||
    requirements.some(({ effect }) => effect.kind === 'place') ||
    bandsBy === 'league-percent' ||
    money?.kind === 'fund' ||
    sources.weighting(weighting.id)?.needs === 'scores'
  )
}
