import type { Equations } from './equations.ts'
import { evaluate } from './evaluate.ts'
import type { Evaluation } from './evaluate.ts'
import { solveSmall } from './solve-small.ts'

/** Below this part of the noise a variance is 0: even a level with 10,000 answers would move by a thousandth of its distance only. */
const lowest = 1e-7

/** Above this the noise cannot be told from 0. */
const highest = 1e7

/** A step may make a ratio at most ten times as large, and a tenth more. */
const widest = (ratio: number) => 9 * ratio + 0.1

/** A step that is smaller, in parts of the ratio and of a thousandth, is the last. */
const precision = 1e-7
const mostSteps = 200

export interface Fit extends Evaluation {
  /** For each factor: the likelihood is highest at a variance of 0. */
  zero: boolean[]
  /** Times that the likelihood was worked out. */
  evaluations: number
}

/**
 * The variances with the highest restricted likelihood (REML), by Newton's method with average information on the ratios, bounded below, each step
 * halved until the likelihood rises. `added`: for each factor, what part of the logarithm of its ratio is added to the log-likelihood (0:
 * plain REML). `from`: ratios to start from. Null: answers do not vary within levels, so nothing is known of noise.
 */
export function fit(equations: Equations, added: readonly number[], from?: readonly number[]): Fit | null {
  let evaluations = 0
  const evaluateAt = (ratios: readonly number[]) => {
    evaluations++
    return penalise(evaluate(equations, ratios), added)
  }
  let now = evaluateAt((from ?? added.map(() => 0.1)).map(bounded))
  for (let step = 0; step < mostSteps; step++) {
    if (!(now.noise > 0) || Math.max(...now.ratios) >= highest) return null
    const change = newtonStep(now)
    if (change.every((one, factor) => Math.abs(one) < precision * (now.ratios[factor]! + 1e-3))) break
    const next = descend(now, change, evaluateAt)
    if (!next) break
    now = next
  }
  const zero = now.ratios.map((ratio) => ratio <= lowest)
  if (zero.includes(true)) now = evaluateAt(now.ratios.map((ratio) => (ratio <= lowest ? 0 : ratio)))
  return { ...now, zero, evaluations }
}

/** The first of the step, its half, its quarter and so on that makes the criterion no larger; null: none. */
function descend(
  now: Evaluation,
  change: readonly number[],
  evaluateAt: (ratios: readonly number[]) => Evaluation,
): Evaluation | null {
  const rounding = 1e-12 * Math.abs(now.criterion)
  for (let part = 1; part > precision; part /= 2) {
    const next = evaluateAt(now.ratios.map((ratio, factor) => bounded(ratio + part * change[factor]!)))
    if (next.criterion <= now.criterion + rounding) return next
  }
  return null
}

/** Ratios at the lower bound that would go lower stay there; a step that is too wide is shortened as a whole. */
function newtonStep({ ratios, gradient, information }: Evaluation): number[] {
  let free = ratios.flatMap((ratio, factor) => (ratio > lowest || gradient[factor]! < 0 ? factor : []))
  for (;;) {
    const step = solveSmall(
      free.map((row) => free.map((column) => information[row]![column]! / (ratios[row]! * ratios[column]!))),
      free.map((factor) => -gradient[factor]! / ratios[factor]!),
    )
    const inside = free.filter((factor, index) => ratios[factor]! > lowest || step[index]! > 0)
    if (inside.length === free.length) return shorten(ratios, free, step)
    free = inside
  }
}

function shorten(ratios: readonly number[], free: readonly number[], step: Float64Array): number[] {
  const part = Math.min(1, ...free.map((factor, index) => widest(ratios[factor]!) / Math.abs(step[index]!)))
  const steps = new Map(free.map((factor, index) => [factor, part * step[index]!]))
  return ratios.map((_, factor) => steps.get(factor) ?? 0)
}

function penalise(evaluation: Evaluation, added: readonly number[]): Evaluation {
  const { criterion, gradient, information, ratios } = evaluation
  if (added.every((part) => part === 0)) return evaluation
  return {
    ...evaluation,
    criterion: ratios.reduce(
      (sum, ratio, factor) => sum - (added[factor] ? 2 * added[factor] * Math.log(ratio) : 0),
      criterion,
    ),
    gradient: gradient.map((one, factor) => one - 2 * added[factor]!),
    // By the logarithm of a ratio the second derivative has the first one in it as well, which at the top is what is added.
    information: information.map((row, factor) =>
      row.map((one, other) => (other === factor ? one + 2 * added[factor]! : one)),
    ),
  }
}

function bounded(ratio: number): number {
  return Math.max(lowest, Math.min(highest, ratio))
}
