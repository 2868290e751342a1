import { addUpValues } from './add-up-values.ts'
import type { Cell } from './cells.ts'
import type { ValueCount } from './scores.ts'

/**
 * Answers to several questions as one: the mean of the questions' means by their weights, questions that nobody answered left out. Null: nobody
 * answered any.
 *
 * Who gave one answer is not known to have given another, so how far the questions go together is not known either. They are taken to go
 * together entirely: a weighted sum has at most the weighted sum of the standard deviations (Minkowski), so noise is rather taken too large than
 * too small, and with one question it is exact. For the same reason n answers count with 1 / sqrt(n) = the weighted mean of 1 / sqrt(answers of each question).
 */
export function putTogether(
  questions: readonly (readonly ValueCount[])[],
  weights: readonly number[],
): Pick<Cell, 'count' | 'sum' | 'squares'> | null {
  const parts = questions.flatMap((values, index) => {
    const moments = momentsOf(values)
    return moments && weights[index]! > 0 ? [{ ...moments, weight: weights[index]! }] : []
  })
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return null
  const [first] = parts
  if (parts.length === 1) return first!
  const weighted = (of: (part: (typeof parts)[number]) => number) =>
    parts.reduce((sum, part) => sum + part.weight * of(part), 0) / total
  const mean = weighted(({ count, sum }) => sum / count)
  const deviation = weighted(({ count, sum, squares }) =>
    Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)),
  )
  const sameCount = parts.every(({ count }) => count === first!.count)
  const count = sameCount ? first!.count : weighted((part) => 1 / Math.sqrt(part.count)) ** -2
  return { count, sum: count * mean, squares: count * (deviation ** 2 + mean ** 2) }
}

function momentsOf(values: readonly ValueCount[]): Pick<Cell, 'count' | 'sum' | 'squares'> | null {
  const moments = { count: 0, sum: 0, squares: 0 }
  for (const { value, count } of addUpValues([values])) {
    if (!Number.isSafeInteger(count) || count < 0 || !Number.isFinite(value))
      throw new RangeError(`${count} answers with the value ${value}: counts are whole and 0 or more`)
    moments.count += count
    moments.sum += count * value
    moments.squares += count * value * value
  }
  return moments.count > 0 ? moments : null
}
