import fc from 'fast-check'
import { expect, test } from 'vitest'
import { setUpEquations } from './equations.ts'
import { evaluate } from './evaluate.ts'
import { factorise, invert, solve } from './factorise.ts'
import type { Observations } from './observations.ts'

/** Answers under three factors that are neither nested nor complete; some have no level of the last one. */
const observations = fc
  .array(
    fc.record({
      of: fc.tuple(fc.nat(4), fc.nat(3), fc.integer({ min: -1, max: 2 })),
      count: fc.integer({ min: 1, max: 6 }),
      value: fc.integer({ min: -3, max: 3 }),
      spread: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 4, maxLength: 25 },
  )
  .map((cells): Observations => ({
    counts: Float64Array.from(cells, ({ count }) => count),
    sums: Float64Array.from(cells, ({ count, value }) => count * value),
    squares: cells.reduce((sum, { count, value, spread }) => sum + count * value * value + spread, 0),
    shift: 0,
    factors: [5, 4, 3].map((levels, index) => ({
      name: String(index),
      levels,
      of: Int32Array.from(cells, ({ of }) => of[index]!),
    })),
  }))
const ratios = fc.tuple(
  fc.double({ min: 0.01, max: 3, noNaN: true }),
  fc.double({ min: 0.01, max: 3, noNaN: true }),
  fc.double({ min: 0.01, max: 3, noNaN: true }),
)
const early = fc.integer({ min: 0, max: 3 })

test('solutions and the inverse hold for the whole system, whatever is eliminated first', () => {
  fc.assert(
    fc.property(observations, ratios, early, (data, at, earlyFactors) => {
      const factorised = factorise(setUpEquations(data, earlyFactors), at)
      const matrix = wholeSystem(data, at)
      const inverse = invert(factorised)
      const columns = matrix.map((_, index) => solve(factorised, unit(matrix.length, index)))
      matrix.forEach((row, index) => {
        columns.forEach((column, other) => {
          const sum = row.reduce((total, value, k) => total + value * column[k]!, 0)
          expect(sum).toBeCloseTo(index === other ? 1 : 0, 8)
          if (index === other || row[other] !== 0)
            expect(inverse.at(index, other)).toBeCloseTo(columns[other]![index]!, 8)
        })
      })
    }),
    { numRuns: 50 },
  )
})

test('the gradient is how the criterion changes with the logarithms of the ratios', () => {
  fc.assert(
    fc.property(observations, ratios, early, (data, at, earlyFactors) => {
      const equations = setUpEquations(data, earlyFactors)
      const { gradient, criterion } = evaluate(equations, at)
      const step = 1e-4
      gradient.forEach((slope, factor) => {
        const moved = (by: number) =>
          evaluate(
            equations,
            at.map((ratio, index) => (index === factor ? ratio * Math.exp(by) : ratio)),
          ).criterion
        expect((moved(step) - moved(-step)) / (2 * step)).toBeCloseTo(slope, 3)
      })
      expect(Number.isFinite(criterion)).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('ratios of 0 leave a plain mean', () => {
  fc.assert(
    fc.property(observations, early, (data, earlyFactors) => {
      const { solution, noise } = evaluate(setUpEquations(data, earlyFactors), [0, 0, 0])
      const answers = data.counts.reduce((sum, count) => sum + count, 0)
      const mean = data.sums.reduce((sum, one) => sum + one, 0) / answers
      expect(solution.at(-1)).toBeCloseTo(mean, 9)
      expect(noise).toBeCloseTo((data.squares - answers * mean * mean) / (answers - 1), 8)
    }),
  )
})

/** S Z'Z S + I with the mean as its last row, written out. */
function wholeSystem({ counts, factors }: Observations, at: readonly number[]): number[][] {
  const starts = factors.map((_, factor) =>
    factors.slice(0, factor).reduce((sum, one) => sum + one.levels, 0),
  )
  const size = factors.reduce((sum, { levels }) => sum + levels, 1)
  const matrix = Array.from({ length: size }, (_, row) => [...unit(size, row)])
  matrix[size - 1]![size - 1] = 0
  counts.forEach((count, cell) => {
    const entries = factors.flatMap(({ of }, factor): [number, number][] =>
      of[cell]! < 0 ? [] : [[starts[factor]! + of[cell]!, Math.sqrt(at[factor]!)]],
    )
    entries.push([size - 1, 1])
    for (const [row, scale] of entries)
      for (const [column, otherScale] of entries) matrix[row]![column]! += count * scale * otherScale
  })
  return matrix
}

function unit(size: number, at: number): Float64Array {
  return Float64Array.from({ length: size }, (_, index) => (index === at ? 1 : 0))
}
