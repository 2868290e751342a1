import { UstazError } from '@ustaz/core/contract'
import { testWeighting } from '@ustaz/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ahp } from './ahp.ts'
import published from './fixtures/published.json' with { type: 'json' }
import { assess } from './pairwise/assess.ts'
import { combineJudgements } from './pairwise/combine.ts'
import type { Pairwise } from './pairwise/eigenvector.ts'
import { agreementOf, kendallW } from './pairwise/kendall-w.ts'
import { judgementsOf, rounded } from './test-judgements.ts'

const areas = ['K1', 'K2', 'K3']
/** 1/2 : 1/4 : 1/4 for 1, 2, 2 and twice as much for the first. */
const consistent = [[1, 2, 2], [0.5, 1, 1], [0.5, 1, 1]] // prettier-ignore
const expertOf = (name: string, matrix: Pairwise, ids = areas) => ({
  name,
  judgements: judgementsOf(ids, matrix),
})
const weigh = (ids: readonly string[], params: Record<string, unknown>) =>
  ahp.weigh({ areas: ids, params: ahp.params.parse(params), scores: null })
const refusalOf = (act: () => unknown): UstazError => {
  try {
    act()
  } catch (error) {
    if (error instanceof UstazError) return error
  }
  throw new Error('It was not refused')
}

testWeighting(ahp, { areas, scores: [[1, 2, 3]], params: { experts: [expertOf('A', consistent)] } })

test('the drinks of Saaty (2008) weigh as published, with his CR of .022', () => {
  const { names, matrix } = published.saaty2008Drinks
  const { weights, how } = weigh(names, { experts: [expertOf('Saaty', matrix, names)] })
  const printed = {
    beer: 0.116,
    coffee: 0.177,
    milk: 0.129,
    soda: 0.19,
    tea: 0.042,
    water: 0.327,
    wine: 0.019,
  }
  for (const [name, weight] of Object.entries(printed)) expect(weights[name]).toBeCloseTo(weight, 3)
  const ratios = how.consistencyRatio as Record<string, number>
  // CI = .0294, by hand / 1.32 and / 1.35
  expect(rounded([ratios['saaty-1980']!, ratios['saaty-later']!], 4)).toEqual([0.0223, 0.0218])
})

test('the cities of Saaty (2005) come to .229 .275 .385 .111 over five criteria', () => {
  const { criteria, children } = published.saaty2005Cities
  const { weights } = assess(criteria.matrix)
  const totals = [0, 0, 0, 0]
  for (const [index, name] of criteria.names.entries()) {
    const cities = assess(children[name as keyof typeof children].matrix).weights
    for (const [city, weight] of cities.entries()) totals[city] = totals[city]! + weights[index]! * weight
  }
  expect(rounded(totals, 3)).toEqual([0.229, 0.275, 0.385, 0.111])
})

test('the criteria of the leader example have the published CR of .044', () => {
  expect(assess(published.leaderCriteria.matrix).consistencyRatio['saaty-1980']).toBeCloseTo(0.044, 3)
})

test('judgements like those of Wang & Chin (2011), CR .229, are refused, and the worst triad is named', () => {
  const ids = ['A', 'B', 'C', 'D', 'E', 'F']
  const params = { experts: [expertOf('Wang', published.wangChin2011, ids)] }
  const refusal = refusalOf(() => weigh(ids, params))
  expect(refusal.code).toBe('expert.inconsistent')
  // B is 3 times D and D as important as E, so B should be 3 times E; it is a fifth: 1 - 0.2 / 3 = 0.933.
  expect(refusal.params).toEqual({ expert: 'Wang', ratio: 0.229, limit: 0.1, triad: ['B', 'D', 'E'] })
})

test('with the limit raised to .25 they weigh as Wang & Chin (2011) publish', () => {
  const ids = ['A', 'B', 'C', 'D', 'E', 'F']
  const { weights } = weigh(ids, { limit: 0.25, experts: [expertOf('Wang', published.wangChin2011, ids)] })
  const printed = [0.3208, 0.1395, 0.0348, 0.1285, 0.2374, 0.1391]
  expect(rounded(Object.values(weights).map(Number), 4)).toEqual(printed)
})

test('who is to be warned gets the weights, and the contradiction with its triad is named', () => {
  const ids = ['A', 'B', 'C', 'D', 'E', 'F']
  const { weights, how } = weigh(ids, {
    whenInconsistent: 'warn',
    experts: [expertOf('Wang', published.wangChin2011, ids)],
  })
  expect(weights['A']).toBeCloseTo(0.3208, 4)
  expect(how.warnings).toEqual([{ expert: 'Wang', ratio: 0.229, limit: 0.1, triad: ['B', 'D', 'E'] }])
})

test('consistent judgements give their own ratios, lambda n and CR 0', () => {
  const { weights, how } = weigh(areas, { experts: [expertOf('A', consistent)] })
  expect(rounded(Object.values(weights).map(Number), 12)).toEqual([0.5, 0.25, 0.25])
  expect(how.lambdaMax).toBeCloseTo(3, 12)
  expect(how).toMatchObject({ kendallW: null, worstTriad: { inconsistency: 0 } })
})

test('several experts count by the geometric mean: 2 and 8 make 4', () => {
  const two = [[[1, 2], [0.5, 1]], [[1, 8], [0.125, 1]]] // prettier-ignore
  expect(rounded(combineJudgements(two).flat(), 12)).toEqual([1, 4, 0.25, 1])
  const experts = two.map((matrix, index) => expertOf(`E${index}`, matrix, ['X', 'Y']))
  const { weights, how } = weigh(['X', 'Y'], { experts })
  expect(weights.X).toBeCloseTo(0.8, 12)
  expect(how.kendallW).toBe(1)
})

test('one inconsistent expert among consistent ones is refused by name', () => {
  const odd = [[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]] // prettier-ignore
  const experts = [expertOf('Even', consistent), expertOf('Odd', odd)]
  expect(refusalOf(() => weigh(areas, { experts })).params).toMatchObject({ expert: 'Odd', triad: areas })
})

test("Kendall's W of three judges and six candidates is .16, as Siegel (1956) works it", () => {
  // Ranks; weights fall as ranks rise.
  const ranks = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]] // prettier-ignore
  const w = kendallW(ranks.map((row) => row.map((rank) => 7 - rank)))
  expect(w).toBeCloseTo(25.5 / 157.5, 12)
})

test('W is corrected for ties: (1 2.5 2.5) twice is full agreement, and no order at all is null', () => {
  expect(kendallW([[3, 1, 1], [5, 2, 2]])).toBe(1) // prettier-ignore
  expect(kendallW([[1, 1, 1], [2, 2, 2]])).toBeNull() // prettier-ignore
  expect(kendallW([[3, 2, 1]])).toBeNull()
})

test('W has a word for each fifth, a bound belonging to the upper one', () => {
  expect([0, 0.19, 0.2, 0.4, 0.6, 0.8, 1].map(agreementOf)).toEqual([
    'slight', 'slight', 'fair', 'moderate', 'substantial', 'almost-perfect', 'almost-perfect',
  ]) // prettier-ignore
})

test('a pair left out, judged twice, or of an unknown area is refused and named', () => {
  const [first, second, third] = judgementsOf(areas, consistent)
  const refused = (judgements: unknown[]) => {
    const { code, params } = refusalOf(() => weigh(areas, { experts: [{ name: 'A', judgements }] }))
    return [code, params.pairs ?? params.areas]
  }
  expect(refused([first, second])).toEqual(['expert.pairs-missing', ['K2 - K3']])
  const turned = { area: 'K2', over: 'K1', times: 3 }
  expect(refused([first, second, third, turned])).toEqual(['expert.pairs-twice', ['K1 - K2']])
  expect(refused([first, second, { ...third, over: 'K9' }])).toEqual(['expert.areas-unknown', ['K9']])
  expect(refused([first, second, { ...third, area: 'K3' }])).toEqual(['expert.pairs-twice', ['K3 - K3']])
})

test('judgements outside 1/9 to 9, and two experts of one name, are no parameters', () => {
  const judged = (times: number) => ({
    experts: [{ name: 'A', judgements: [{ area: 'X', over: 'Y', times }] }],
  })
  expect(ahp.params.safeParse(judged(1 / 9)).success).toBe(true)
  for (const times of [0, 0.1, 9.5]) expect(ahp.params.safeParse(judged(times)).success).toBe(false)
  const twice = { experts: [expertOf('A', consistent), expertOf('A', consistent)] }
  expect(ahp.params.safeParse(twice).success).toBe(false)
})

test('any judgements give positive weights that sum to 1, turned round they give the reverse order for two areas', () => {
  const times = fc.double({ min: 1 / 9, max: 9, noNaN: true })
  fc.assert(
    fc.property(times, times, times, (a, b, c) => {
      const matrix = [[1, a, b], [1 / a, 1, c], [1 / b, 1 / c, 1]] // prettier-ignore
      const { weights, lambdaMax } = assess(matrix)
      expect(weights.reduce((x, y) => x + y)).toBeCloseTo(1, 12)
      expect(Math.min(...weights)).toBeGreaterThan(0)
      expect(lambdaMax).toBeGreaterThan(3 - 1e-9)
      const two = assess([[1, a], [1 / a, 1]]) // prettier-ignore
      expect(two.weights[0]! / two.weights[1]!).toBeCloseTo(a, 9)
    }),
  )
})

test('any consistent judgements give back the weights they come from', () => {
  const some = fc.array(fc.double({ min: 1, max: 9, noNaN: true }), { minLength: 3, maxLength: 15 })
  fc.assert(
    fc.property(some, (given) => {
      const total = given.reduce((a, b) => a + b)
      const { weights, consistencyIndex } = assess(given.map((a) => given.map((b) => a / b)))
      for (const [index, value] of given.entries()) expect(weights[index]).toBeCloseTo(value / total, 10)
      expect(consistencyIndex).toBeCloseTo(0, 10)
    }),
  )
})
