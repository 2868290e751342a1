import { expect, test } from 'vitest'
import { UstazError } from '../contract/problem.ts'
import type { Weighting, Weights } from '../plugin/weighting.ts'
import { defineWeighting } from '../plugin/weighting.ts'
import { z } from 'zod'
import { exampleDocument } from './example-document.ts'
import { weightsOf } from './weights-of.ts'

const title = { kk: 'a', ru: 'a', en: 'a' }
const document = exampleDocument({
  areas: [
    { id: 'A1', title },
    { id: 'A2', title },
  ],
  weighting: { id: 'test.fixed', params: { share: 0.25 } },
})
const supplyOf = (weighting: Weighting | null) => ({ weighting: () => weighting })
const fixed = (weigh: (share: number) => Weights['weights'], needs: Weighting['needs'] = 'nothing') =>
  defineWeighting({
    id: 'fixed',
    params: z.strictObject({ share: z.number() }),
    needs,
    weigh: ({ params: { share } }) => ({ weights: weigh(share), how: {} }),
  })

test('weights that need no scores are told, as exact decimals of 12 digits at most', () => {
  const third = fixed(() => ({ A1: 1 / 3, A2: '0.66' }))
  expect(weightsOf(document, supplyOf(third))).toEqual({ A1: '0.333333333333', A2: '0.66' })
  expect(weightsOf(document, supplyOf(fixed((share) => ({ A1: share, A2: 1 - share }))))).toEqual({
    A1: '0.25',
    A2: '0.75',
  })
})

test('weights that only a run can tell, of an unknown weighting, or of one that refuses are not known', () => {
  const weights = () => ({ A1: 1, A2: 1 })
  expect(weightsOf(document, supplyOf(fixed(weights, 'scores')))).toBeNull()
  expect(weightsOf(document, supplyOf(null))).toBeNull()
  expect(
    weightsOf(exampleDocument({ weighting: { id: 'test.fixed', params: {} } }), supplyOf(fixed(weights))),
  ).toBeNull()
  const refusing = fixed(() => {
    throw new UstazError('test.refused')
  })
  expect(weightsOf(document, supplyOf(refusing))).toBeNull()
  expect(weightsOf(document, supplyOf(fixed(() => ({ A1: 1 }))))).toBeNull()
})

test('a weighting that breaks is not taken for one that refuses', () => {
  const broken = fixed(() => {
    throw new TypeError('broken')
  })
  expect(() => weightsOf(document, supplyOf(broken))).toThrow('broken')
})
