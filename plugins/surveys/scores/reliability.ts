/** How well the questions of a scale measure one thing, 1 at best; null: not known, or nothing varies. */
export interface Reliability {
  /** Cronbach's alpha over those who answered all questions. */
  alpha: number | null
  /** The same from the variances and covariances of all who answered each two questions. */
  pairwise: number | null
  /** From the correlations instead of the covariances (also of each two questions): as if all questions varied alike. */
  standardised: number | null
  /** Who answered all questions. */
  complete: number
}

/**
 * Reliability of a scale from answer sheets: for each respondent the answers to all questions of the scale, reversed ones already turned round;
 * null: not answered. `weights`: of the questions in the score, 1 each if they are not given.
 *
 *     alpha = k / (k - 1) (1 - sum of variances / variance of the sum)      Cronbach 1951, Psychometrika 16(3), 297-334, eq. 2
 *     standardised = k r / (1 + (k - 1) r), r the mean correlation          the same, eq. 58
 */
export function reliabilityOf(
  sheets: readonly (readonly (number | null)[])[],
  weights?: readonly number[],
): Reliability {
  const questions = sheets[0]?.length ?? 0
  const factors = weights ?? Array.from({ length: questions }, () => 1)
  const complete = sheets.filter((sheet) => sheet.every((answer) => answer !== null))
  return {
    alpha: alphaOf(weigh(pairwise(complete, questions, covariance), factors)),
    pairwise: alphaOf(weigh(pairwise(sheets, questions, covariance), factors)),
    standardised: alphaOf(pairwise(sheets, questions, correlation)),
    complete: complete.length,
  }
}

type Pair = [number, number]

/** Null where nothing can be said of two questions. */
type Matrix = (number | null)[][]

/** For each two questions what `of` says of those who answered both. */
function pairwise(
  sheets: readonly (readonly (number | null)[])[],
  questions: number,
  of: (pairs: readonly Pair[]) => number | null,
): Matrix {
  const indices = Array.from({ length: questions }, (_, index) => index)
  return indices.map((row) =>
    indices.map((column) =>
      of(
        sheets.flatMap((sheet): Pair[] => {
          const [one, other] = [sheet[row] ?? null, sheet[column] ?? null]
          return one === null || other === null ? [] : [[one, other]]
        }),
      ),
    ),
  )
}

function covariance(pairs: readonly Pair[]): number | null {
  if (pairs.length < 2) return null
  const meanOf = (index: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[index], 0) / pairs.length
  const [mean, otherMean] = [meanOf(0), meanOf(1)]
  const products = pairs.reduce((sum, [one, other]) => sum + (one - mean) * (other - otherMean), 0)
  return products / (pairs.length - 1)
}

function correlation(pairs: readonly Pair[]): number | null {
  const both = covariance(pairs)
  const first = covariance(pairs.map(([one]) => [one, one]))
  const second = covariance(pairs.map(([, other]) => [other, other]))
  return both === null || !first || !second ? null : both / Math.sqrt(first * second)
}

function weigh(matrix: Matrix, weights: readonly number[]): Matrix {
  return matrix.map((row, index) =>
    row.map((value, column) => (value === null ? null : value * weights[index]! * weights[column]!)),
  )
}

function alphaOf(matrix: Matrix): number | null {
  const size = matrix.length
  const values = matrix.flat().flatMap((value) => value ?? [])
  const all = values.reduce((sum, value) => sum + value, 0)
  if (size < 2 || values.length < size * size || all <= 0) return null
  const own = matrix.reduce((sum, row, index) => sum + (row[index] ?? 0), 0)
  return (size / (size - 1)) * (1 - own / all)
}
