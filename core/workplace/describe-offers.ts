import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { TeacherPoints } from '../contract/resources/teacher-year.ts'
import type { Effect } from '../rating/preview/read-effects.ts'
import type { Counted } from '../rating/preview/read-room.ts'
import type { Offer } from '../rating/preview/teacher-points.ts'

/** Every criterion about the teacher with what the engine counted and what one more would give. */
export function describeOffers(
  document: RegulationDocument,
  counted: readonly Counted[],
  offers: readonly Offer[],
): TeacherPoints['offers'] {
  return counted.flatMap(({ clause, facts, points }) => {
    const criterion = document.criteria.find(({ id }) => id === clause)
    if (!criterion) return []
    const { title, area, indicator, unit } = criterion
    const { least = null, most = null } = offers.find((offer) => offer.clause === clause) ?? {}
    return [
      {
        ...{ clause, title, area, indicator, unit, facts, points },
        least: least?.change ?? null,
        most: most?.change ?? null,
        cutBy: cutsOf(most ?? least),
      },
    ]
  })
}

function cutsOf(effect: Effect | null): { clause: string; title: Effect['others'][number]['clauseTitle'] }[] {
  const cuts = (effect?.others ?? []).filter(
    ({ kind, change }) => (kind === 'cap' || kind === 'share') && change.startsWith('-'),
  )
  return cuts.map(({ clause, clauseTitle }) => ({ clause, title: clauseTitle }))
}
