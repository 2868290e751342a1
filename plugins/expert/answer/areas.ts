import { localizedTextSchema } from '@ustaz/core/contract'
import { z } from 'zod'

/** An area of a regulation as experts compare it. */
export const areaSchema = z.object({ id: z.string(), title: localizedTextSchema })
export type Area = z.output<typeof areaSchema>

/** How the areas of a draft differ from those that were compared; ids, but for `renamed`. */
export interface AreaDifferences {
  /** In the draft, and nobody compared them. */
  added: string[]
  /** Compared, and no longer in the draft. */
  removed: string[]
  /** The same id with another title: what was compared may be another thing now. */
  renamed: { id: string; before: Area['title']; now: Area['title'] }[]
}

/** Order is no difference: weights go by id. */
export function compareAreas(compared: readonly Area[], draft: readonly Area[]): AreaDifferences {
  const idsOf = (areas: readonly Area[]) => areas.map(({ id }) => id)
  const [before, now] = [idsOf(compared), idsOf(draft)]
  return {
    added: now.filter((id) => !before.includes(id)),
    removed: before.filter((id) => !now.includes(id)),
    renamed: compared.flatMap(({ id, title }) => {
      const other = draft.find((area) => area.id === id)
      return other && differ(title, other.title) ? [{ id, before: title, now: other.title }] : []
    }),
  }
}

const differ = (a: Area['title'], b: Area['title']) => a.kk !== b.kk || a.ru !== b.ru || a.en !== b.en
