import { UstazError } from '@ustaz/core/contract'
import { z } from 'zod'
import type { PartialPairwise } from './consistency.ts'

const importance = z
  .number()
  .min(1 / 9)
  .max(9)

/** One judgement on Saaty's scale: `area` is `times` as important as `over` (9 ... 1 ... 1/9). */
export const judgement = z.strictObject({
  area: z.string().min(1),
  over: z.string().min(1),
  times: importance,
})
export type Judgement = z.output<typeof judgement>

/**
 * The reciprocal matrix of one expert's judgements. Throws UstazError unless every pair of the areas is judged exactly once:
 * `expert.areas-unknown`, `expert.pairs-twice`, `expert.pairs-missing`.
 */
export function toMatrix(
  expert: string,
  areas: readonly string[],
  judgements: readonly Judgement[],
): number[][] {
  refuseStrange(expert, areas, judgements)
  const keys = judgements.map(({ area, over }) => keyOf(areas, area, over))
  const pairs = areas.flatMap((a, index) => areas.slice(index + 1).map((b) => keyOf(areas, a, b)))
  const missing = pairs.filter((key) => !keys.includes(key))
  if (missing.length > 0) throw refusal('expert.pairs-missing', { expert, pairs: missing })
  return fill(areas, judgements, 1)
}

/** The same while pairs are missing: null in their place. */
export function toPartialMatrix(
  expert: string,
  areas: readonly string[],
  judgements: readonly Judgement[],
): PartialPairwise {
  refuseStrange(expert, areas, judgements)
  return fill<number | null>(areas, judgements, null)
}

function refuseStrange(expert: string, areas: readonly string[], judgements: readonly Judgement[]): void {
  const strange = judgements.flatMap(({ area, over }) => [area, over]).filter((id) => !areas.includes(id))
  if (strange.length > 0) throw refusal('expert.areas-unknown', { expert, areas: [...new Set(strange)] })
  const keys = judgements.map(({ area, over }) => keyOf(areas, area, over))
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index)
  const same = judgements.filter(({ area, over }) => area === over).map(({ area }) => `${area} - ${area}`)
  if (twice.length + same.length > 0)
    throw refusal('expert.pairs-twice', { expert, pairs: [...new Set([...twice, ...same])] })
}

function fill<Cell>(
  areas: readonly string[],
  judgements: readonly Judgement[],
  missing: Cell,
): (Cell | number)[][] {
  const matrix = areas.map((_, i) => areas.map((__, j): Cell | number => (i === j ? 1 : missing)))
  for (const { area, over, times } of judgements) {
    const [i, j] = [areas.indexOf(area), areas.indexOf(over)]
    matrix[i]![j] = times
    matrix[j]![i] = 1 / times
  }
  return matrix
}

/** The same for a pair in either order, as it is named to people. */
function keyOf(areas: readonly string[], a: string, b: string): string {
  return areas.indexOf(a) < areas.indexOf(b) ? `${a} - ${b}` : `${b} - ${a}`
}

const refusal = (code: string, params: Record<string, string | string[]>) => new UstazError(code, { params })
