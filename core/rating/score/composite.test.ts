import { sql } from 'kysely'
import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import type { Weighting } from '../../plugin/weighting.ts'
import { exampleRules, exampleText, linesOf, plain, pointsOf } from '../example-rules.ts'
import type { ExampleRules } from '../example-rules.ts'
import { enterExample, onePointWeighting, rateExample } from '../example-university.ts'

const title = exampleText('League')
const leagues = [
  { id: 'P', title, positions: ['professor'] },
  { id: 'L', title, positions: ['lecturer'] },
]
const rules = (rest: Partial<ExampleRules>) =>
  exampleRules({ areas: { A: {}, B: {} }, criteria: { a: 'A', b: 'B' }, ...rest })

let database: TestDatabase
let snapshotId: number

beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, [
    { code: 'low', position: 'professor', facts: pointsOf({ a: 10, b: 4 }) },
    { code: 'mid', position: 'professor', facts: pointsOf({ a: 20, b: 9 }) },
    { code: 'top', position: 'lecturer', facts: pointsOf({ a: 30, b: 1 }) },
    { code: 'none', position: 'lecturer', facts: [] },
    { code: 'unknown', position: 'lecturer', facts: pointsOf({ a: null, b: 5 }) },
    { code: 'nowhere', position: 'assistant', facts: pointsOf({ a: 5, b: 5 }) },
  ])
  snapshotId = (await rateExample(database, rules({}))).outcome.snapshotId
})
afterAll(async () => {
  await database.drop()
})

async function rate(rest: Partial<ExampleRules>, weighting: Weighting = onePointWeighting) {
  const rated = await rateExample(database, rules(rest), { snapshotId, weighting })
  return {
    rated,
    totals: Object.fromEntries(
      [...rated.results].map(([code, { total }]) => [code, total === null ? null : plain(total)]),
    ),
    reasons: (code: string) => rated.results.get(code)!.reasons.map((reason) => [reason.code, reason.clause]),
  }
}

describe('scales', () => {
  const minMax = {
    normalisation: { byArea: { A: { method: 'min-max' as const, within: 'all' as const, factor: '100' } } },
  }

  it('brings an area onto its scale and says so in a line; an area without a scale keeps its points', async () => {
    // A: 0, 5, 10, 20, 30 between 0 and 30; the unknown one takes no part.
    const { rated, totals, reasons } = await rate(minMax)
    expect(totals).toEqual({
      low: '37.333333333333',
      mid: '75.666666666667',
      top: '101',
      none: '0',
      nowhere: '21.666666666667',
      unknown: null,
    })
    expect(linesOf(rated, 'low')).toEqual([['normalise', 'A', '23.333333333333']])
    expect(reasons('unknown')).toEqual([['value-unknown', 'a']])
    const { rows } =
      await sql`select area, trim_scale(points)::text as points, trim_scale(normalised)::text as normalised,
        trim_scale(score)::text as score from core.run_area
      where run_id = ${rated.results.get('low')!.run_id} and teacher_id = ${rated.results.get('low')!.teacher_id}
      order by area`.execute(database.db)
    expect(rows).toEqual([
      { area: 'A', points: '10', normalised: '33.333333333333', score: '33.333333333333' },
      { area: 'B', points: '4', normalised: null, score: '4' },
    ])
  })

  it('takes no figure of several facts that is unknown for 0', async () => {
    const normalisation = {
      byArea: { A: { method: 'rank' as const, within: 'all' as const, factor: '100' } },
    }
    const criteria = { a: { area: 'A', together: 'sum' as const }, b: 'B' }
    // The lowest of the five who are known: 100 x 0.5 / 5.
    expect((await rate({ normalisation, criteria })).totals).toMatchObject({ none: '10', unknown: null })
  })

  it('compares within the league, and blocks whom no league takes', async () => {
    const normalisation = { areas: { method: 'share-of-maximum' as const } }
    const { totals, reasons } = await rate({ normalisation, leagues })
    // 10/20 + 4/9, 20/20 + 9/9; among lecturers 30/30 + 1/5, since b of the unknown one is known.
    expect(totals).toMatchObject({ low: '0.944444444444', mid: '2', top: '1.2', none: '0', nowhere: null })
    expect(reasons('nowhere')).toEqual([
      ['no-league', 'A'],
      ['no-league', 'B'],
      ['league-missing', null],
    ])
  })

  it('blocks where a value has no place on the scale, except in an area of weight 0', async () => {
    const normalisation = { byArea: { A: { method: 'none' as const, log: 'ln' as const } } }
    const { totals, reasons } = await rate({ normalisation })
    // ln 10 + 4
    expect(totals).toMatchObject({ low: '6.302585092994', none: null })
    expect(reasons('none')).toEqual([['no-logarithm', 'A']])
    const withoutA = { ...onePointWeighting, weigh: () => ({ weights: { A: '0', B: '1' }, how: {} }) }
    expect((await rate({ normalisation }, withoutA)).totals).toMatchObject({ low: '4', none: '0' })
  })

  it('gives a weighting that needs scores the values of the scale, without areas where nothing was counted', async () => {
    let seen: (number | null)[] = []
    const watching: Weighting = {
      ...onePointWeighting,
      needs: 'scores',
      weigh: ({ areas, scores }) => {
        seen = Array.from(scores!.values, (value) => (Number.isNaN(value) ? null : value))
        return { weights: Object.fromEntries(areas.map((area) => [area, '1'])), how: {} }
      },
    }
    await rate(minMax, watching)
    expect(seen).toEqual([
      33.333333333333,
      4,
      66.666666666667,
      9,
      100,
      1,
      null,
      null,
      null,
      5,
      16.666666666667,
      5,
    ])
  })
})

describe('aggregation', () => {
  it('replaces the sum of the weighted areas and says so in a line', async () => {
    const { rated, totals, reasons } = await rate({ aggregation: { method: 'geometric' } })
    // Square roots of 10 x 4, 20 x 9 and 30 x 1.
    expect(totals).toMatchObject({
      low: '6.324555320337',
      mid: '13.416407864999',
      top: '5.477225575052',
      none: null,
    })
    expect(linesOf(rated, 'low')).toEqual([['aggregate', 'aggregation', '-7.675444679663']])
    expect(reasons('none')).toEqual([['area-zero', 'A']])
    expect(reasons('unknown')).toEqual([['value-unknown', 'a']])
  })

  it('makes a total 0 where the regulation says that of a zero', async () => {
    const { totals } = await rate({ aggregation: { method: 'geometric', whenZero: 'zero' } })
    expect(totals).toMatchObject({ none: '0', top: '5.477225575052' })
  })

  it('subtracts norms from what the aggregation gives, and weighs before', async () => {
    const double = { ...onePointWeighting, weigh: () => ({ weights: { A: '3', B: '1' }, how: {} }) }
    const norms = [{ id: 'N', title, points: '1' }]
    const { rated, totals } = await rate({ aggregation: { method: 'arithmetic' }, norms }, double)
    // (3 x 10 + 4) / 4 - 1; the lines: points 10 and 4, weight 20, then 8.5 - 34.
    expect(totals).toMatchObject({ low: '7.5' })
    expect(linesOf(rated, 'low')).toEqual([
      ['weight', 'points', '20'],
      ['aggregate', 'aggregation', '-25.5'],
      ['norm', 'N', '-1'],
    ])
  })

  it('lets known areas share out the weight of one that has no value on its scale', async () => {
    const { rated, totals } = await rate({
      normalisation: { byArea: { A: { method: 'none', log: 'log1p', within: 'league' } } },
      aggregation: { method: 'arithmetic', whenUnknown: 'leave-out' },
      leagues: leagues.slice(0, 1),
    })
    expect(totals).toMatchObject({ low: plain(((Math.log1p(10) + 4) / 2).toFixed(12)), nowhere: '5' })
    expect(linesOf(rated, 'nowhere')).toEqual([['normalise', 'A', '-5']])
  })

  it('ranks by areas one after the other', async () => {
    const { rated } = await rate({ aggregation: { method: 'lexicographic', order: ['B', 'A'] } })
    const places = [...rated.results].map(([code, { place }]) => [code, place])
    expect(Object.fromEntries(places)).toEqual({ mid: 1, nowhere: 2, low: 3, top: 4, none: 5, unknown: null })
  })
})

describe('weights of each teacher', () => {
  const weights = { weights: { A: 0.5, B: 0.5 }, how: {} }
  const rows = [1, 0, 0.25, 0.75, 1 / 3, 2 / 3, 1, 1, 1, 1, Number.NaN, Number.NaN]
  const own: Weighting = {
    ...onePointWeighting,
    needs: 'positions',
    weigh: () => ({ ...weights, byTeacher: { rows: 6, columns: 2, values: Float64Array.from(rows) } }),
  }

  it('weighs each teacher by them and blocks whose weights are not known', async () => {
    const { rated, totals, reasons } = await rate({}, own)
    // 20 x 0.25 + 9 x 0.75; 30 x 0.333333333333 + 0.666666666667.
    expect(totals).toMatchObject({ low: '10', mid: '11.75', top: '10.666666666657', nowhere: null })
    expect(reasons('nowhere')).toEqual([['weights-unknown', null]])
    expect(linesOf(rated, 'low')).toEqual([['weight', 'points', '-4']])
  })

  it('gives positions in the order of the rows', async () => {
    let seen: unknown = null
    const watching: Weighting = { ...own, weigh: (input) => ((seen = input.positions), weights) }
    await rate({}, watching)
    expect(seen).toEqual(['professor', 'professor', 'lecturer', 'lecturer', 'lecturer', 'assistant'])
  })

  it.each([
    ['too few rows', { rows: 5, columns: 2, values: new Float64Array(10) }],
    ['a negative weight', { rows: 6, columns: 2, values: new Float64Array(12).fill(-1) }],
  ])('refuses %s', async (_, byTeacher) => {
    const wrong: Weighting = { ...own, weigh: () => ({ ...weights, byTeacher }) }
    await expect(rate({}, wrong)).rejects.toMatchObject({ code: 'weights-wrong' })
  })
})

it('reads numbers of the newest fact of an indicator in the period', async () => {
  const other = await createTestDatabase()
  const load = (happenedOn: string, percent: unknown) => ({
    indicator: 'example.load',
    happenedOn,
    attributes: { percent, activity: 'text' },
  })
  await enterExample(other, [
    {
      code: 'A',
      position: null,
      facts: [load('2026-02-01', 70), load('2026-03-01', 60.5), load('2025-08-31', 1)],
    },
    { code: 'B', position: null, facts: [] },
    { code: 'C', position: null, facts: [load('2026-02-01', 'many')] },
  ])
  let seen: (number | null)[] = []
  const reading: Weighting = {
    ...onePointWeighting,
    params: z.object({}),
    reads: () => ({ indicator: 'example.load', values: ['percent', 'activity'] }),
    weigh: ({ areas, readings }) => {
      seen = Array.from(readings!.values, (value) => (Number.isNaN(value) ? null : value))
      return { weights: Object.fromEntries(areas.map((area) => [area, '1'])), how: {} }
    },
  }
  const criteria = { a: 'A', b: { area: 'B', indicator: 'example.load' } }
  await rateExample(other, rules({ criteria }), { weighting: reading })
  expect(seen).toEqual([60.5, null, null, null, null, null])
  await other.drop()
})
