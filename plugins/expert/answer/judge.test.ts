import { expect, test } from 'vitest'
import { circle, even, pair } from '../test-consultation.ts'
import type { BestWorstAnswer } from './answer.ts'
import { emptyAnswer } from './answer.ts'
import { compareAreas } from './areas.ts'
import { judgeAnswer } from './judge-answer.ts'
import { judgeBestWorst } from './judge-best-worst.ts'
import { judgePairs } from './judge-pairs.ts'

const areas = ['K1', 'K2', 'K3']
const rules = { randomIndex: 'saaty-1980', limit: 0.1 } as const
const judged = (...judgements: typeof even) => judgePairs(areas, { method: 'ahp', judgements }, rules)

test('an empty answer has no ratio, no weights and nothing that contradicts', () => {
  expect(judgeAnswer(areas, emptyAnswer('ahp'), rules)).toMatchObject({
    given: 0,
    needed: 3,
    complete: false,
    ratio: null,
    acceptable: null,
    weights: null,
    contradiction: null,
    mendings: [],
  })
  expect(judgeAnswer(areas, emptyAnswer('best-worst'), rules)).toMatchObject({
    given: 0,
    needed: 3,
    complete: false,
    ratio: null,
    weights: null,
  })
})

test('answers that agree have ratio 0 and the weights they say', () => {
  const found = judged(...even)
  expect(found).toMatchObject({ complete: true, acceptable: true, contradiction: null, mendings: [] })
  expect(found.ratio).toBeCloseTo(0, 9)
  expect(Object.values(found.weights!).map((weight) => weight * 7)).toEqual([
    expect.closeTo(4, 9),
    expect.closeTo(2, 9),
    expect.closeTo(1, 9),
  ])
})

test('a circle is said as its three pairs, the more important one first, and what follows from the first two', () => {
  const found = judged(...circle)
  expect(found.acceptable).toBe(false)
  expect(found.contradiction).toEqual({ judged: circle, follows: pair('K1', 'K3', 25) })
  // Each answer alone can be mended only as far as the scale goes: 9 where 25 would be needed, or 1/9.
  expect(found.mendings.map(({ pair: mended }) => mended)).toEqual([
    pair('K2', 'K1', 9),
    pair('K3', 'K2', 9),
    pair('K1', 'K3', 9),
  ])
  for (const { ratio } of found.mendings) expect(ratio).toBeCloseTo(0.1009, 4)
})

test('a proposal taken leaves the ratio it promised', () => {
  const given = [pair('K1', 'K2', 3), pair('K2', 'K3', 2), pair('K3', 'K1', 2)]
  const [best] = judged(...given).mendings
  const others = given.filter(
    ({ area, over }) => ![area, over].every((id) => [best!.pair.area, best!.pair.over].includes(id)),
  )
  expect(judged(...others, best!.pair).ratio).toBeCloseTo(best!.ratio, 12)
})

test('two areas cannot contradict each other: no ratio, and nothing to refuse', () => {
  const found = judgePairs(['K1', 'K2'], { method: 'ahp', judgements: [pair('K1', 'K2', 9)] }, rules)
  expect(found).toMatchObject({ complete: true, ratio: null, acceptable: null })
  expect(found.weights).toEqual({
    K1: expect.closeTo(0.9, 9) as number,
    K2: expect.closeTo(0.1, 9) as number,
  })
})

test('by best and worst: the area that contradicts, and what would mend it', () => {
  const answer: BestWorstAnswer = {
    method: 'best-worst',
    best: 'K1',
    worst: 'K3',
    bestToOthers: { K2: 2, K3: 8 },
    othersToWorst: { K2: 8 },
  }
  expect(judgeBestWorst(areas, answer)).toMatchObject({
    complete: true,
    ratio: 8 / 56,
    limit: 0.1309,
    acceptable: false,
    contradiction: { area: 'K2', bestTo: 2, toWorst: 8, bestToWorst: 8 },
    mendings: [
      { comparison: 'best-to', area: 'K2', times: 1, ratio: 0 },
      { comparison: 'to-worst', area: 'K2', times: 4, ratio: 0 },
    ],
  })
})

test('areas differ by what came, what went and what is called otherwise; their order is no difference', () => {
  const area = (id: string, en = id) => ({ id, title: { kk: id, ru: id, en } })
  const before = [area('K1'), area('K2'), area('K3')]
  expect(compareAreas(before, [area('K3'), area('K1'), area('K2')])).toEqual({
    added: [],
    removed: [],
    renamed: [],
  })
  expect(compareAreas(before, [area('K1', 'Other'), area('K2'), area('K4')])).toEqual({
    added: ['K4'],
    removed: ['K3'],
    renamed: [{ id: 'K1', before: area('K1').title, now: area('K1', 'Other').title }],
  })
})
