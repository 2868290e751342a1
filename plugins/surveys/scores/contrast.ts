import type { Estimate } from './estimate.ts'
import { solve } from './mixed-model/factorise.ts'
import { solveSmall } from './mixed-model/solve-small.ts'

/** A linear combination of unknowns, by number of the unknown, in units of the answers. */
export type Combination = ReadonlyMap<number, number>

/** What a teacher would get on the whole from average students in average groups: mean + own department's effect + own effect. */
export function teacherCombination({ model, adjusted }: Estimate, teacher: number): Map<number, number> {
  const { starts } = adjusted.factorised.equations
  const parts = priorCombination({ model, adjusted }, teacher)
  return parts.set(starts[factorNamed(model, 'teacher')]! + teacher, 1)
}

/** Mean + own department's effect, each department by its part of the answers. */
export function priorCombination(
  { model, adjusted }: Pick<Estimate, 'model' | 'adjusted'>,
  teacher: number,
): Map<number, number> {
  const { starts, size } = adjusted.factorised.equations
  const parts = new Map([[size - 1, 1]])
  for (const [level, part] of model.departments[teacher]!)
    parts.set(starts[factorNamed(model, 'department')]! + level, part)
  return parts
}

/** First combination less the second. */
export function subtract(first: Combination, second: Combination): Map<number, number> {
  const parts = new Map(first)
  for (const [unknown, part] of second) parts.set(unknown, (parts.get(unknown) ?? 0) - part)
  return parts
}

/** Best linear unbiased prediction; the shift of the observations is not in it. */
export function predict({ adjusted: { factorised, solution } }: Estimate, parts: Combination): number {
  return sumOver(parts, (unknown) => factorised.scale[unknown]! * solution[unknown]!)
}

/**
 * Mean squared error of a prediction: variance of the prediction error, that of the estimated mean included (Robinson 1991, section 2), and
 * twice what comes from the variances being estimated themselves (Prasad and Rao 1990, Journal of the American Statistical Association 85(409),
 * 163-171; Kackar and Harville 1984, the same 79(388), 853-862). `tied`: all unknowns of the combination share answers.
 */
export function errorVariance(estimate: Estimate, parts: Combination, tied: boolean): number {
  const variance = tied ? tiedVariance(estimate, parts) : solvedVariance(estimate, parts)
  return estimate.adjusted.noise * variance + 2 * varianceByVariances(estimate, parts)
}

function tiedVariance({ adjusted: { factorised, inverse } }: Estimate, parts: Combination): number {
  return sumOver(parts, (row) =>
    sumOver(parts, (column) => factorised.scale[row]! * factorised.scale[column]! * inverse.at(row, column)),
  )
}

function solvedVariance({ adjusted: { factorised } }: Estimate, parts: Combination): number {
  const right = new Float64Array(factorised.equations.size)
  for (const [unknown, part] of parts) right[unknown] = part * factorised.scale[unknown]!
  const solution = solve(factorised, right)
  return sumOver(parts, (unknown) => factorised.scale[unknown]! * solution[unknown]!)
}

/**
 * The prediction u moves with the ratio g of factor l by du/dg = (Z_l'Py, for effects of l itself) - the prediction for Z_l Z_l'Py in place of the
 * answers; the logarithms of the ratios have twice the inverse of the information as their covariance.
 */
function varianceByVariances({ adjusted }: Estimate, parts: Combination): number {
  const { factorised, leftOver, responses, ratios, information, zero } = adjusted
  const { starts, factorOf, size } = factorised.equations
  const free = zero.flatMap((isZero, factor) => (isZero ? [] : factor))
  const slopes = free.map((factor) => {
    const own = sumOver(parts, (unknown) =>
      unknown < size - 1 && factorOf[unknown] === factor ? leftOver[factor]![unknown - starts[factor]!]! : 0,
    )
    const moved = sumOver(parts, (unknown) => factorised.scale[unknown]! * responses[factor]![unknown]!)
    return ratios[factor]! * (own - moved)
  })
  const solved = solveSmall(
    free.map((row) => free.map((column) => information[row]![column]!)),
    slopes,
  )
  return 2 * slopes.reduce((sum, slope, index) => sum + slope * solved[index]!, 0)
}

function factorNamed({ observations }: Estimate['model'], name: string): number {
  return observations.factors.findIndex((factor) => factor.name === name)
}

function sumOver(parts: Combination, valueOf: (unknown: number) => number): number {
  let sum = 0
  for (const [unknown, part] of parts) sum += part * valueOf(unknown)
  return sum
}
