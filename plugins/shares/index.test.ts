import { testPlugin, testWeighting } from '@ustaz/core/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Weights } from '@ustaz/core/plugin'
import type { z } from 'zod'
import plugin from './index.ts'
import { mean } from './mean.ts'
import { percent } from './percent.ts'
import { points } from './points.ts'
import { position } from './position.ts'
import { workload } from './workload.ts'

const areas = ['K1', 'K2', 'K3']
const scores = [
  [10, 20, 30],
  [0, 5, 1],
]
const shares = { K1: '50', K2: '33.333333', K3: '16.666667' }

testPlugin(plugin, {
  samples: {
    effort: [
      {
        teaching: 40,
        methodical: 10,
        research: 30,
        upbringing: 5,
        qualification: 5,
        service: 0,
        administration: 10,
        other: 0,
      },
    ],
  },
})
testWeighting(points, { areas, scores })
testWeighting(mean, { areas, scores })
testWeighting(percent, { areas, scores, params: { shares } })
const byPosition = {
  professor: { K1: '20', K2: '60', K3: '20' },
  lecturer: { K1: '60', K2: '25.5', K3: '14.5' },
}
testWeighting(position, { areas, scores, params: { byPosition }, positions: ['lecturer', 'professor'] })
const load = { areas: { teaching: 'K1', methodical: 'K1', research: 'K2', upbringing: 'K3' } } as const
testWeighting(workload, {
  areas,
  scores,
  params: load,
  readings: [
    [40, 10, 30, 5, 5, 0, 10, 0],
    [33.3, 0, 33.4, 33.3, 0, 0, 0, 0],
  ],
})

const weigh = (given: Record<string, string>) =>
  percent.weigh({ areas, params: { shares: given }, scores: null })

test('points weigh 1, the mean of three areas weighs a third each', () => {
  expect(points.weigh({ areas, params: {}, scores: null }).weights).toEqual({ K1: '1', K2: '1', K3: '1' })
  expect(mean.weigh({ areas, params: {}, scores: null }).weights).toEqual({ K1: 1 / 3, K2: 1 / 3, K3: 1 / 3 })
})

test('shares become exact decimals: 33.333333 % is 0.33333333', () => {
  expect(weigh(shares).weights).toEqual({ K1: '0.50000000', K2: '0.33333333', K3: '0.16666667' })
})

test('shares that total 99.999999 or 100.000001 are refused', () => {
  for (const K3 of ['16.666666', '16.666668']) {
    expect(() => weigh({ ...shares, K3 })).toThrow(expect.objectContaining({ code: 'shares.not-100' }))
  }
})

test('every area has a share, and nothing else has', () => {
  expect(() => weigh({ K1: '50', K2: '50' })).toThrow(expect.objectContaining({ params: { areas: ['K3'] } }))
  expect(() => weigh({ ...shares, K9: '0' })).toThrow(expect.objectContaining({ params: { areas: ['K9'] } }))
})

test('any cut of 100 % into millionths totals exactly 1', () => {
  const cut = fc.tuple(fc.nat(100_000_000), fc.nat(100_000_000))
  fc.assert(
    fc.property(cut, (cuts) => {
      const [low, high] = [Math.min(...cuts), Math.max(...cuts)]
      const [K1, K2, K3] = [low, high - low, 100_000_000 - high].map((part) => (part / 1e6).toFixed(6))
      const weights = Object.values(weigh({ K1: K1!, K2: K2!, K3: K3! }).weights)
      const hundredMillionths = weights.map((weight) => Number(String(weight).replace('.', '')))
      expect(hundredMillionths.reduce((sum, part) => sum + part)).toBe(100_000_000)
    }),
  )
})

const rowsOf = ({ byTeacher }: Weights) =>
  Array.from({ length: byTeacher!.rows }, (_, row) => [...byTeacher!.values.subarray(row * 3, row * 3 + 3)])
const none = [Number.NaN, Number.NaN, Number.NaN]

const totalsOf = (weights: Weights, rows: number[][]) =>
  rowsOf(weights).map((row, teacher) =>
    Number(row.reduce((sum, weight, area) => sum + weight * rows[teacher]![area]!, 0).toFixed(9)),
  )

/**
 * Merit guidelines of the Department of Communication, Appalachian State University
 * (communication.appstate.edu/faculty-staff/forms-resources/merit-guidelines): teaching, scholarship and service of an assistant
 * professor weigh 55, 25 and 20 %, of a full professor who teaches three courses a term 50, 30 and 20 %; its two examples give 5 and 2.
 */
const appalachian = { assistant: [55, 25, 20], professor: [50, 30, 20] }

describe('shares by position', () => {
  test('give the published totals', () => {
    const byPosition = Object.fromEntries(
      Object.entries(appalachian).map(([code, row]) => [
        code,
        { K1: String(row[0]), K2: String(row[1]), K3: String(row[2]) },
      ]),
    )
    const found = weighBy({ byPosition }, ['assistant', 'professor'])
    const ratings = [
      [5, 5, 5],
      [3, 1, 1],
    ]
    expect(totalsOf(found, ratings)).toEqual([5, 2])
  })

  test('give the published merit score of a collective agreement', () => {
    // lawinsider.com/clause/merit-score: 60, 30 and 10 % for tenured members, 90 and 10 % for instructors; ratings 2, 1 and -1 give 1.4.
    const byPosition = {
      tenured: { K1: '60', K2: '30', K3: '10' },
      instructor: { K1: '90', K2: '0', K3: '10' },
    }
    expect(totalsOf(weighBy({ byPosition }, ['tenured']), [[2, 1, -1]])).toEqual([1.4])
  })

  const weighBy = (params: z.input<typeof position.params>, positions: (string | null)[]) =>
    position.weigh({ areas, params: position.params.parse(params), scores: null, positions })

  test('weigh each teacher by the row of the position; an unknown one and one without a row are not guessed', () => {
    const found = weighBy({ byPosition }, ['lecturer', 'professor', null, 'assistant'])
    expect(rowsOf(found)).toEqual([[0.6, 0.255, 0.145], [0.2, 0.6, 0.2], none, none])
    expect(found.weights).toEqual({ K1: 0.4, K2: 0.4275, K3: 0.1725 })
    expect(found.how).toEqual({ teachers: 4, known: 2 })
  })

  test('take the row for all others where there is one, but not for a position nobody knows', () => {
    const otherwise = { K1: '100', K2: '0', K3: '0' }
    expect(rowsOf(weighBy({ byPosition, otherwise }, ['assistant', null]))).toEqual([[1, 0, 0], none])
  })

  test('must total 100 in every row, also for positions that nobody holds', () => {
    const wrong = { ...byPosition, assistant: { K1: '50', K2: '25', K3: '24.999999' } }
    expect(() => weighBy({ byPosition: wrong }, [])).toThrow(
      expect.objectContaining({
        code: 'shares.not-100',
        params: { total: 99.999999, position: 'assistant' },
      }),
    )
    expect(() => weighBy({ byPosition, otherwise: { K1: '100' } }, [])).toThrow(
      expect.objectContaining({ code: 'shares.areas-differ', params: { areas: ['K2', 'K3'] } }),
    )
  })
})

describe('shares of the load', () => {
  const weighLoads = (loads: number[][], map: z.input<typeof workload.params> = load) =>
    workload.weigh({
      areas,
      params: workload.params.parse(map),
      scores: null,
      readings: { rows: loads.length, columns: 8, values: Float64Array.from(loads.flat()) },
    })

  test('give the published total of a professor who teaches three courses a term', () => {
    const [teaching = 0, research = 0, service = 0] = appalachian.professor
    const areasOf = { teaching: 'K1', research: 'K2', service: 'K3' } as const
    const found = weighLoads([[teaching, 0, research, 0, 0, service, 0, 0]], { areas: areasOf })
    expect(totalsOf(found, [[3, 1, 1]])).toEqual([2])
  })

  test('weigh an area by all that belongs to it; what belongs to none is part of the 100 all the same', () => {
    // Worked by hand: K1 40 + 10, K2 30, K3 5; qualification 5 and administration 10 weigh nothing.
    const found = weighLoads([
      [40, 10, 30, 5, 5, 0, 10, 0],
      [20, 0, 60, 10, 0, 0, 0, 10],
    ])
    expect(rowsOf(found)).toEqual([
      [0.5, 0.3, 0.05],
      [0.2, 0.6, 0.1],
    ])
    expect(found.weights).toEqual({ K1: 0.35, K2: 0.45, K3: 0.075 })
  })

  test('are not known where they do not total 100, to the millionth, or something is missing', () => {
    const found = weighLoads([
      [40, 10, 30, 5, 5, 0, 9, 0],
      [40, 10, 30, 5, 5, 0, 10.000001, 0],
      [Number.NaN, 10, 30, 5, 5, 0, 10, 40],
      [33.333333, 33.333333, 33.333334, 0, 0, 0, 0, 0],
    ])
    expect(rowsOf(found).slice(0, 3)).toEqual([none, none, none])
    expect(rowsOf(found)[3]).toEqual([0.66666666, 0.33333334, 0])
    expect(found.how).toEqual({ teachers: 4, known: 1 })
  })

  test('weigh exactly the areas of the regulation', () => {
    const differs = (map: z.input<typeof workload.params>, strange: string[]) =>
      expect(() => weighLoads([], map)).toThrow(
        expect.objectContaining({ code: 'shares.areas-differ', params: { areas: strange } }),
      )
    differs({ areas: { teaching: 'K1', research: 'K2' } }, ['K3'])
    differs({ areas: { ...load.areas, service: 'K9' } }, ['K9'])
  })
})
