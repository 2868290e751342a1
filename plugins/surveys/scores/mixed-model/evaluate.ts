import type { Equations } from './equations.ts'
import { factorise, invert, solve } from './factorise.ts'
import type { Factorised, Inverse } from './factorise.ts'
import { answersOf } from './observations.ts'

/** The model at certain ratios of variances, and which way its restricted likelihood rises. */
export interface Evaluation {
  /** Variance of each factor in parts of the variance of the noise. */
  ratios: readonly number[]
  factorised: Factorised
  inverse: Inverse
  /** Solution of the scaled equations. */
  solution: Float64Array
  /** Best estimate of the variance of the noise at these ratios. */
  noise: number
  /** Minus twice the restricted log-likelihood, noise profiled out (Bates et al. 2015, eq. 41 with r squared = y'Py). */
  criterion: number
  /** Derivatives of the criterion by the logarithm of each ratio. */
  gradient: number[]
  /**
   * The average of the observed and the expected second derivatives by the logarithms of the ratios (Gilmour, Thompson and Cullis 1995, Biometrics
   * 51(4), 1440-1450, with the noise profiled out).
   */
  information: number[][]
  /** For each factor: what is left of the answers of each of its levels, summed (Z'Py). */
  leftOver: Float64Array[]
  /** For each factor: solution of the scaled equations for Z Z'Py in place of the answers. */
  responses: Float64Array[]
}

/**
 * With P = V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1, V in parts of the noise's variance and W = Z Z' of a factor with variance ratio g:
 *
 *     y'Py = squares - right'solution                     noise = y'Py / (n - 1)
 *     criterion = log|equations| + (n - 1) (1 + log(2 pi noise))
 *     d criterion / d g = tr(PW) - (n - 1) y'PWPy / y'Py,  tr(PW) = (levels - trace of the inverse) / g
 *     average second derivative = (n - 1) (y'PWPW*Py / y'Py - y'PWPy y'PW*Py / (y'Py)^2)
 *
 * All ratios above 0; Z'Py are sums of residuals by level, for Py is what the solution leaves of the answers.
 */
export function evaluate(equations: Equations, ratios: readonly number[]): Evaluation {
  const factorised = factorise(equations, ratios)
  const inverse = invert(factorised)
  const { observations } = equations
  const degrees = answersOf(observations) - 1
  const right = rightSide(factorised, observations.sums)
  const solution = solve(factorised, right)
  const left = Math.max(0, observations.squares - product(right, solution))
  const noise = left / degrees
  const leftOver = sumsByLevel(equations, residuals(factorised, observations.sums, solution))
  const working = leftOver.map((sums, factor) => workingSums(equations, factor, sums))
  const rights = working.map((sums) => rightSide(factorised, sums))
  const responses = rights.map((own) => solve(factorised, own))
  const explained = leftOver.map((sums) => product(sums, sums) / left)
  return {
    ratios,
    factorised,
    inverse,
    solution,
    noise,
    criterion: factorised.logDeterminant + degrees * (1 + Math.log(2 * Math.PI * noise)),
    gradient: ratios.map((ratio, factor) => {
      const { levels } = observations.factors[factor]!
      return levels - trace(equations, inverse, factor) - degrees * ratio * explained[factor]!
    }),
    information: ratios.map((ratio, factor) =>
      ratios.map((otherRatio, other) => {
        const both =
          weighed(equations, working[factor]!, working[other]!) - product(rights[factor]!, responses[other]!)
        return ratio * otherRatio * degrees * (both / left - explained[factor]! * explained[other]!)
      }),
    ),
    leftOver,
    responses,
  }
}

/** Right-hand side of the scaled equations for sums of whatever stands in place of the answers. */
function rightSide({ equations, scale }: Factorised, sums: Float64Array): Float64Array {
  const right = new Float64Array(equations.size)
  sumsByLevel(equations, sums).forEach((bySums, factor) => {
    right.set(bySums, equations.starts[factor])
  })
  right[equations.size - 1] = sums.reduce((total, sum) => total + sum, 0)
  return right.map((sum, unknown) => sum * scale[unknown]!)
}

/** Of each cell, the sum of what a solution leaves of the answers. */
function residuals({ equations, scale }: Factorised, sums: Float64Array, solution: Float64Array) {
  const { observations, starts, size } = equations
  return sums.map((sum, cell) => {
    let fitted = solution[size - 1]!
    observations.factors.forEach(({ of }, factor) => {
      if (of[cell]! < 0) return
      const unknown = starts[factor]! + of[cell]!
      fitted += scale[unknown]! * solution[unknown]!
    })
    return sum - observations.counts[cell]! * fitted
  })
}

function sumsByLevel({ observations }: Equations, sums: Float64Array): Float64Array[] {
  return observations.factors.map(({ levels, of }) => {
    const byLevel = new Float64Array(levels)
    sums.forEach((sum, cell) => {
      if (of[cell]! >= 0) byLevel[of[cell]!]! += sum
    })
    return byLevel
  })
}

/** Sums by cell where every answer is the value of its level. */
function workingSums({ observations }: Equations, factor: number, values: Float64Array): Float64Array {
  const { of } = observations.factors[factor]!
  return observations.counts.map((count, cell) => (of[cell]! < 0 ? 0 : count * values[of[cell]!]!))
}

/** Sum over answers of the product of two things that are the same throughout a cell, given their sums by cell. */
function weighed({ observations }: Equations, first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, cell) => sum + (value * second[cell]!) / observations.counts[cell]!, 0)
}

function trace({ starts, observations }: Equations, { diagonal }: Inverse, factor: number): number {
  const start = starts[factor]!
  const part = diagonal.subarray(start, start + observations.factors[factor]!.levels)
  return part.reduce((sum, value) => sum + value, 0)
}

function product(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, index) => sum + value * second[index]!, 0)
}
