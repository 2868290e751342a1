import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, linesOf, plain, pointsOf } from '../example-rules.ts'
import type { ExampleRules } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'

const title = exampleText('Staff')
const rules = (rest: Partial<ExampleRules>) =>
  exampleRules({ areas: { A: { cap: '50' }, B: { cap: '100' } }, criteria: { a: 'A', b: 'B' }, ...rest })
const roll = {
  id: 'R',
  title,
  area: 'B',
  from: ['A'],
  statistic: 'sum' as const,
  weight: '0.1',
  leaders: 'department' as const,
}

let database: TestDatabase
let snapshotId: number
beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, [
    { code: 'head', position: null, leads: ['d'], facts: pointsOf({ a: 10, b: 3 }) },
    { code: 'dean', position: null, unit: 'd2', leads: ['faculty', 'd2'], facts: pointsOf({ a: 8 }) },
    { code: 'full', position: null, facts: pointsOf({ a: 60, b: 9 }) },
    { code: 'half', position: null, rate: '0.5', facts: pointsOf({ a: 30 }) },
    // 2/3 of this person in d, 1/3 in e; before that in d2.
    {
      code: 'shared',
      posts: [
        { unit: 'd', rate: '1', startsOn: '2026-02-01' },
        { unit: 'e', rate: '0.5' },
        { unit: 'd2', rate: '1', endsOn: '2026-01-31' },
      ],
      facts: pointsOf({ a: 6 }),
    },
    { code: 'none', position: null, facts: [] },
    { code: 'elsewhere', position: null, unit: 'e', leads: ['e'], facts: pointsOf({ a: null }) },
    { code: 'alone', position: null, unit: 'e', leads: ['other'], facts: pointsOf({ b: 1 }) },
  ])
  snapshotId = (await rateExample(database, rules({}))).outcome.snapshotId
})
afterAll(async () => {
  await database.drop()
})

async function rate(rollUps: ExampleRules['rollUps'], rest: Partial<ExampleRules> = {}) {
  return await rateExample(database, rules({ rollUps, ...rest }), { snapshotId })
}

describe('the head of a department gets', () => {
  it.each([
    // 50 (cut to the cap) + 30 + 2/3 of 6 + 0
    ['sum', false, '8.4'],
    ['sum', true, '9.4'],
    // 84 / (1 + 0.5 + 1 + 1)
    ['per-fte', false, '2.4'],
    // 84 / (1 + 1 + 0.666666666667 + 1), carried to 12 decimals
    ['mean', false, '2.2909090909089'],
    // 0 6 30 50 with parts 1, 2/3, 1, 1: half of 3.67 lies within 30.
    ['median', false, '3'],
    // With the head's 10 in between: half of 4.67 lies within 10.
    ['median', true, '1'],
  ] as const)('the %s (with the own points: %s)', async (statistic, withLeader, amount) => {
    const rated = await rate([{ ...roll, statistic, withLeader }])
    expect(linesOf(rated, 'head')).toEqual([['roll-up', 'R', amount]])
    expect(linesOf(rated, 'full')).toEqual([['cap', 'A', '-10']])
  })
})

it('takes the middle of two as the median of an even number', async () => {
  const rated = await rate([{ ...roll, leaders: 'faculty', statistic: 'median', from: ['B'], weight: '1' }])
  // faculty: B of head 3, full 9, half 0, shared 0 (2/3), none 0: the middle is 0; of other: elsewhere 0, shared 0 (1/3), alone excluded.
  expect(linesOf(rated, 'dean')).toEqual([])
  const two = await rate([{ ...roll, leaders: 'faculty', statistic: 'median', weight: '1' }])
  // A: 0, 6 (2/3), 10, 30, 50 of 4.67 people: half lies within 10.
  expect(linesOf(two, 'dean')).toEqual([['roll-up', 'R', '10']])
})

it('gives who leads two units something from each, before the cap of the area', async () => {
  const rated = await rate([{ ...roll, leaders: 'any', weight: '1.5' }])
  // faculty: 10 + 50 + 30 + 4 + 0 = 94, d2 has nobody else: 141, cut to 100.
  expect(linesOf(rated, 'dean')).toEqual([
    ['roll-up', 'R', '141'],
    ['cap', 'B', '-41'],
  ])
  expect(plain(rated.results.get('dean')!.total!)).toBe('108')
})

it('never rolls up what was rolled up', async () => {
  const rated = await rate([roll, { ...roll, id: 'S', from: ['B'], weight: '1', leaders: 'faculty' }])
  // The dean gets the head's own 3 and full's 9, not the head's 8.4 from the staff.
  expect(linesOf(rated, 'dean')).toEqual([['roll-up', 'S', '12']])
  expect(linesOf(rated, 'head')).toEqual([['roll-up', 'R', '8.4']])
})

it('blocks the leader while points of the staff are unknown in the areas that count', async () => {
  const rated = await rate([{ ...roll, leaders: 'any' }])
  expect(rated.results.get('alone')).toMatchObject({
    status: 'blocked',
    reasons: [{ code: 'staff-unknown', clause: 'R', params: { teachers: 1 } }],
  })
  const other = await rate([{ ...roll, leaders: 'any', from: ['B'] }])
  expect(other.results.get('alone')).toMatchObject({ status: 'ranked' })
})

it('blocks the leader also where a figure of several facts of the staff is unknown', async () => {
  const criteria = {
    a: { area: 'A', together: 'maximum' as const },
    b: 'B',
  }
  const rated = await rate([{ ...roll, leaders: 'any' }], { criteria })
  expect(rated.results.get('alone')).toMatchObject({
    status: 'blocked',
    reasons: [{ code: 'staff-unknown', clause: 'R', params: { teachers: 1 } }],
  })
})

it('takes what the staff gives, while it is unknown, for no value on the scale of others', async () => {
  const normalisation = { byArea: { B: { method: 'rank' as const, within: 'all' as const } } }
  const rated = await rate([{ ...roll, leaders: 'any' }], { normalisation })
  // Three of the seven whose points in B are known have 0: 1.5 / 7. Those of `alone` are not.
  expect(plain(rated.results.get('none')!.total!)).toBe('0.214285714286')
})

it('lets an area that must not be empty be filled from the staff', async () => {
  const areas = { A: {}, B: { whenEmpty: 'block' as const } }
  const rated = await rate([roll], { areas })
  expect(rated.results.get('head')!.status).toBe('ranked')
  expect(rated.results.get('half')).toMatchObject({
    status: 'blocked',
    reasons: [{ code: 'area-empty', clause: 'B' }],
  })
})

it.each([
  ['department-leaders', ['dean', 'elsewhere', 'head']],
  ['faculty-leaders', ['alone', 'dean']],
] as const)('rates only %s, with what all the staff gives them', async (rated, codes) => {
  const result = await rate([{ ...roll, leaders: 'department' }], { rated })
  expect([...result.results.keys()].sort()).toEqual(codes)
  expect(linesOf(result, 'dean')).toEqual([])
  if (rated === 'department-leaders') expect(linesOf(result, 'head')).toEqual([['roll-up', 'R', '8.4']])
})
