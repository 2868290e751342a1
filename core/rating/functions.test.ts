import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { definePointsFunction } from '../plugin/points-function.ts'
import type { PointsFunction } from '../plugin/points-function.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import { enterExample, rateExample } from './example-university.ts'
import type { ExampleFact } from './example-university.ts'
import { documentOf, shownLines, teacherWith, thing } from './points.example.ts'

const asked: unknown[] = []
const pace = definePointsFunction({
  id: 'pace',
  params: z.object({ limit: z.number() }),
  values: z.object({ minutes: z.number(), role: z.string().nullable(), participants: z.number() }),
  points({ params, values }) {
    asked.push(values)
    return values.minutes > params.limit
      ? null
      : String((params.limit - values.minutes) / values.participants)
  },
})
const third = definePointsFunction({
  id: 'third',
  params: z.object({}),
  values: z.object({ quantity: z.number() }),
  points: ({ values }) => values.quantity / 3,
})
const broken = definePointsFunction({
  id: 'broken',
  params: z.object({}),
  values: z.object({}),
  points: () => 'many',
})
const functions: Record<string, PointsFunction> = {
  'test.pace': pace,
  'test.third': third,
  'test.broken': broken,
}
const findFunction = (id: string) => functions[id] ?? null

const use = (name: string, params: Record<string, unknown> = {}) => ({
  points: { kind: 'function', use: `test.${name}`, params },
})
const run = (minutes: unknown, more: Partial<ExampleFact> = {}) => thing({ minutes }, more)

async function rate(
  criteria: readonly Record<string, unknown>[],
  facts: readonly ExampleFact[],
  changes: Record<string, unknown> = {},
) {
  const database = await createTestDatabase()
  asked.length = 0
  try {
    await enterExample(database, [teacherWith(facts)])
    const document = documentOf(criteria, changes)
    return (await rateExample(database, document, { findFunction })).results.get('T')!
  } finally {
    await database.drop()
  }
}

describe("a plugin's points function", () => {
  it('is asked once for each distinct set of values of the facts that count', async () => {
    const criterion = { ...use('pace', { limit: 60 }), where: [{ value: 'minutes', below: '1000' }] }
    const result = await rate(
      [criterion],
      [run(20), run(20), run(20, { participants: 2 }), run(50), run(5000)],
    )
    expect(shownLines(result).map(([, , amount]) => amount)).toEqual(['40', '40', '20', '10'])
    expect(asked).toHaveLength(3)
  })

  it('gives several rules their own answers, with their own parameters', async () => {
    const result = await rate([use('pace', { limit: 60 }), use('pace', { limit: 30 })], [run(20)])
    expect(shownLines(result).map(([, , amount]) => amount)).toEqual(['40', '10'])
  })

  it('carries a number to 12 decimals', async () => {
    expect(shownLines(await rate([use('third')], [run(1)]))).toEqual([['points', 'C1', '0.333333333333']])
  })

  it('gives coefficients, and points for a figure of all facts', async () => {
    const coefficients = [{ id: 'F', title: { kk: 'F', ru: 'F', en: 'F' }, rule: use('third').points }]
    const factor = { points: { kind: 'per-unit', points: '3' }, factors: ['F'] }
    const together = { ...use('third'), together: 'sum' }
    const result = await rate([factor, together], [run(1), run(2)], { coefficients })
    expect(shownLines(result).filter(([kind]) => kind !== 'points')).toEqual([
      ['factor', 'F', '-2.000000000001'],
      ['factor', 'F', '-2.000000000001'],
      ['together', 'C2', '0.666666666667'],
    ])
  })

  it.each<[string, unknown, string, Record<string, unknown>]>([
    ['a value it needs is unknown', undefined, 'value-unknown', { value: 'minutes' }],
    ['a value does not fit', 'slow', 'function-without-answer', { function: 'test.pace' }],
    ['it cannot tell', 61, 'function-without-answer', { function: 'test.pace' }],
  ])('blocks where %s; a role it does without is no reason', async (_, minutes, code, params) => {
    const result = await rate([use('pace', { limit: 60 })], [run(minutes)])
    expect(result).toMatchObject({ status: 'blocked', total: null })
    expect(result.reasons).toEqual([{ code, clause: 'C1', params: { ...params, factNo: 1 } }])
  })

  it('gives the points of the rule where it says what unknown means', async () => {
    const points = { ...use('pace', { limit: 60 }).points, whenUnknown: '7' }
    expect(shownLines(await rate([{ points }], [run(61)]))).toEqual([['points', 'C1', '7']])
  })

  it.each([
    ['nobody supplies it', use('gone'), 'function-missing'],
    ['its parameters are wrong', use('pace'), 'function-params-wrong'],
    ['it gives no number', use('broken'), 'function-failed'],
  ])('lets the run fail with the reason where %s', async (_, criterion, code) => {
    await expect(rate([criterion], [run(1)])).rejects.toMatchObject({ code })
  })
})
