import { expect, test } from 'vitest'
import { openRandom } from './random.ts'
import { sobolIndices } from './sobol.ts'

/** Runs the design for a function of inputs that are uniform on 0..1. */
function indicesOf(f: (x: readonly number[]) => number, inputs: number, rows: number) {
  const sample = (which: number) =>
    Array.from({ length: rows }, (_, row) => {
      const random = openRandom(11, which, row)
      return Array.from({ length: inputs }, () => random.uniform())
    })
  const [a, b] = [sample(1), sample(2)]
  const [fa, fb] = [Float64Array.from(a, f), Float64Array.from(b, f)]
  return Array.from({ length: inputs }, (_, input) => {
    const mixed = a.map((row, at) => row.map((value, index) => (index === input ? b[at]![index]! : value)))
    return sobolIndices(fa, fb, Float64Array.from(mixed, f))!
  })
}

test("Ishigami's function has the indices that are known of it (a = 7, b = 0.1: Saltelli et al. 2010)", () => {
  const ishigami = (x: readonly number[]) => {
    const [u, v, w] = x.map((value) => Math.PI * (2 * value - 1)) as [number, number, number]
    return Math.sin(u) + 7 * Math.sin(v) ** 2 + 0.1 * w ** 4 * Math.sin(u)
  }
  const found = indicesOf(ishigami, 3, 20_000)
  // V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50)
  const [v1, v2] = [(1 + (0.1 * Math.PI ** 4) / 5) ** 2 / 2, 49 / 8]
  const v13 = 0.01 * Math.PI ** 8 * (1 / 18 - 1 / 50)
  const v = v1 + v2 + v13
  const expected = [
    [v1 / v, (v1 + v13) / v],
    [v2 / v, v2 / v],
    [0, v13 / v],
  ]
  expect(expected.flat().map((value) => value.toFixed(3))).toEqual(['0.314', '0.558', '0.442', '0.442', '0.000', '0.244']) // prettier-ignore
  found.forEach(({ first, total }, input) => {
    expect(Math.abs(first.value - expected[input]![0]!)).toBeLessThan(3 * first.error + 1e-3)
    expect(Math.abs(total.value - expected[input]![1]!)).toBeLessThan(3 * total.error + 1e-3)
    expect(first.error).toBeLessThan(0.03)
  })
})

test('inputs that only add up have first order = total order, their share of the variance', () => {
  const found = indicesOf((x) => 1000 + 3 * x[0]! + x[1]!, 2, 4000)
  found.forEach(({ first, total }, input) => {
    expect(first.value).toBeCloseTo([0.9, 0.1][input]!, 1)
    expect(total.value).toBeCloseTo([0.9, 0.1][input]!, 1)
  })
})

test('what never varies has no sensitivity', () => {
  expect(indicesOf(() => 5, 1, 10)).toEqual([null])
  expect(sobolIndices(Float64Array.of(1), Float64Array.of(2), Float64Array.of(1))).toBeNull()
})
