import fc from 'fast-check'
import { expect, test } from 'vitest'
import published from '../fixtures/published.json' with { type: 'json' }
import { rounded } from '../test-judgements.ts'
import { assess } from './assess.ts'
import { assessPartial } from './assess-partial.ts'
import { worstTriad } from './consistency.ts'
import { findMendings, saatyScale } from './mend.ts'

const set = 'saaty-1980'

test('of three areas each judgement can be mended to what the other two say', () => {
  // A is 3 times B, B twice C, so A is 6 times C; judged is a half.
  const matrix = [[1, 3, 1 / 2], [1 / 3, 1, 2], [2, 1 / 2, 1]] // prettier-ignore
  const mendings = findMendings(matrix, worstTriad(matrix)!, set)
  // 1/2 -> 6; or 3 -> 1/4 (1/2 / 2), or 2 -> 1/6 (1/2 / 3): each makes it whole.
  expect(mendings.map(({ places, to }) => [...places, to])).toEqual([[0, 1, 1 / 4], [1, 2, 1 / 6], [0, 2, 6]]) // prettier-ignore
  for (const { ratio } of mendings) expect(ratio).toBeCloseTo(0, 9)
})

test('the judgements of Wang & Chin (2011) come from CR .229 below .10 by three mendings of their worst triads', () => {
  let matrix = published.wangChin2011
  const ratios = [assess(matrix).consistencyRatio[set]]
  while (ratios.at(-1)! > 0.1) {
    const { places: [a, b], to, ratio } = findMendings(matrix, worstTriad(matrix)!, set)[0]! // prettier-ignore
    matrix = matrix.map((row, i) =>
      row.map((value, j) => (i === a && j === b ? to : i === b && j === a ? 1 / to : value)),
    )
    expect(assess(matrix).consistencyRatio[set]).toBeCloseTo(ratio, 12)
    ratios.push(ratio)
  }
  expect(rounded(ratios, 3)).toEqual([0.229, 0.179, 0.142, 0.079])
})

test('what is proposed always betters the ratio and lies on the scale; consistent judgements need nothing', () => {
  const value = fc.constantFrom(...saatyScale)
  fc.assert(
    fc.property(fc.array(value, { minLength: 6, maxLength: 6 }), ([a, b, c, d, e, f]) => {
      const upper = [[1, a, b, c], [null, 1, d, e], [null, null, 1, f], [null, null, null, 1]] // prettier-ignore
      const matrix = upper.map((row, i) => row.map((own, j) => own ?? 1 / upper[j]![i]!))
      const now = assess(matrix).consistencyRatio[set]
      const mendings = findMendings(matrix, worstTriad(matrix)!, set)
      for (const { to, ratio } of mendings) {
        expect(saatyScale).toContain(to)
        expect(ratio).toBeLessThan(now)
      }
      // Ratios that only rounding tells apart count as equal.
      for (const [index, { ratio }] of mendings.slice(1).entries())
        expect(ratio).toBeGreaterThan(mendings[index]!.ratio - 1e-9)
    }),
  )
  expect(findMendings([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]], { places: [0, 1, 2], inconsistency: 0 }, set)).toEqual([]) // prettier-ignore
})

test('while pairs are missing the ratio is that of the areas compared with each other, and the worst triad that of all judged', () => {
  const none = assessPartial([[1, null, null], [null, 1, null], [null, null, 1]], set) // prettier-ignore
  expect(none).toMatchObject({
    judged: 0,
    pairs: 3,
    places: [0],
    assessment: null,
    worstTriad: null,
    mendings: [],
  })
  const two = assessPartial([[1, 3, null], [1 / 3, 1, null], [null, null, 1]], set) // prettier-ignore
  expect(two).toMatchObject({ judged: 1, places: [0, 1], worstTriad: null })
  expect(two.assessment?.weights).toEqual([expect.closeTo(0.75, 9), expect.closeTo(0.25, 9)])
  // The first is compared with the second only; the triad of the last three contradicts itself.
  const late = assessPartial(
    [[1, 2, null, null], [1 / 2, 1, 3, 1 / 3], [null, 1 / 3, 1, 3], [null, 3, 1 / 3, 1]], // prettier-ignore
    set,
  )
  expect(late).toMatchObject({ judged: 4, pairs: 6, places: [0, 1], worstTriad: { places: [1, 2, 3] } })
  expect(late.mendings.map(({ places, to }) => [...places, to])).toEqual([[1, 2, 1 / 9], [2, 3, 1 / 9], [1, 3, 9]]) // prettier-ignore
})
