import { beforeAll, describe, expect, test } from 'vitest'
import { loadBackend } from '../network/backend.ts'
import type { Backend } from '../network/backend.ts'
import { normals, seeded } from '../network/random.ts'
import { tryOnPast } from './backtest.ts'
import { forecastRatings } from './forecast-ratings.ts'
import { forecastUnits, meansOf } from './forecast-units.ts'
import { knownAfter } from './history.ts'
import type { History } from './history.ts'
import { reachOf, studentReach } from './intervals.ts'
import { fitPeers, forecastPeers } from './peers.ts'

const truth = { person: 100, memory: 0.8, noise: 36, group: 64 }

/** People of 20 departments by the model itself; every fifth joined after the third period. */
function university(people: number, periods: number, seed: number): History {
  const normal = normals(seeded(seed))
  const departments = Array.from({ length: 20 }, () => Math.sqrt(truth.group) * normal())
  const group = Int32Array.from({ length: people }, (_, person) => person % 20)
  const values = Array.from({ length: people }, (_, person) => {
    let own = Math.sqrt(truth.person) * normal()
    return Float64Array.from({ length: periods }, (_, period) => {
      if (period > 0) own = truth.memory * own + Math.sqrt(truth.person * (1 - truth.memory ** 2)) * normal()
      const value = 100 + 3 * period + departments[group[person]!]! + own + Math.sqrt(truth.noise) * normal()
      return person % 5 === 0 && period < 3 ? Number.NaN : value
    })
  })
  return { values, group, groups: 20 }
}

describe('the model of peers', () => {
  test('finds again what people were made of', () => {
    const model = fitPeers(university(3000, 6, 3))
    expect(model.person / truth.person).toBeCloseTo(1, 0)
    expect(Math.abs(model.memory - truth.memory)).toBeLessThan(0.05)
    expect(Math.abs(model.noise / truth.noise - 1)).toBeLessThan(0.15)
    expect(model.groupVariance).toBeGreaterThan(25)
    expect(model.groupVariance).toBeLessThan(120)
    expect(Math.sqrt(model.drift)).toBeCloseTo(3, 0)
  })

  test('says of somebody new what peers of the department do, less surely than of those it knows', () => {
    const history = university(400, 5, 4)
    const nobody = new Float64Array(5).fill(Number.NaN)
    const with_ = {
      ...history,
      values: [...history.values, nobody],
      group: Int32Array.from([...history.group, 7]),
    }
    const model = fitPeers(with_)
    const found = forecastPeers(with_, model, 2)
    const stranger = found[400]!
    expect(stranger.mean[0]).toBeCloseTo(model.levels[4]! + model.groups[7]!, 9)
    expect(stranger.deviation[0]!).toBeGreaterThan(found[7]!.deviation[0]!)
    expect(stranger.deviation[1]!).toBeGreaterThan(stranger.deviation[0]!)
  })

  test('draws a single good year towards the peers, half way where nothing else is known', () => {
    const values = [Float64Array.of(100), Float64Array.of(60), Float64Array.of(80), Float64Array.of(80)]
    const one = { values, group: new Int32Array(4), groups: 1 }
    const [best] = forecastPeers(one, fitPeers(one), 1)
    expect(best!.mean[0]!).toBeGreaterThan(80)
    expect(best!.mean[0]!).toBeLessThan(95)
  })

  test('refuses a university of which nothing is known', () => {
    expect(() =>
      fitPeers({ values: [Float64Array.of(Number.NaN)], group: new Int32Array(1), groups: 1 }),
    ).toThrow('nobody has a value')
  })
})

describe('on the past', () => {
  const history = university(600, 6, 5)
  const byPeers = (known: History, horizon: number) => forecastPeers(known, fitPeers(known), horizon)

  test('peers miss less than the last value, and the intervals hold what they say', () => {
    const { backtest } = tryOnPast(history, 1, byPeers)
    expect(backtest!.origins).toBe(3)
    expect(backtest!.ours).toBeLessThan(backtest!.naive)
    expect(backtest!.best.error).toBeLessThanOrEqual(backtest!.naive)
    expect(Math.abs(backtest!.cov80! - 0.8)).toBeLessThan(0.05)
    expect(Math.abs(backtest!.cov95! - 0.95)).toBeLessThan(0.03)
  })

  test('what was known after one period alone is left out where there is more', () => {
    const known = (periods: number) => ({
      ...history,
      values: history.values.map((series) => series.slice(0, periods)),
    })
    expect(tryOnPast(known(2), 1, byPeers).backtest!.origins).toBe(1)
    expect(tryOnPast(known(3), 1, byPeers).backtest!.origins).toBe(1)
    expect(tryOnPast(known(4), 1, byPeers).backtest!.origins).toBe(2)
  })

  test('of a single period nothing can be tried, and the intervals are those of caution', () => {
    const one = { ...history, values: history.values.map((series) => series.slice(5)) }
    const { backtest, reach } = tryOnPast(one, 1, byPeers)
    expect(backtest).toBeNull()
    expect(reach).toEqual({ inner: 1.2815515655446004 * 1.2, outer: 1.959963984540054 * 1.2, from: 0 })
  })
})

test('the reach is the finite-sample quantile of the scores', () => {
  const scores = Array.from({ length: 99 }, (_, at) => (at + 1) / 100)
  expect(reachOf(scores)).toEqual({ inner: 0.8, outer: 0.95, from: 99 })
})

test('few figures reach as far as Student says, many no further than the table', () => {
  expect(studentReach(1)).toEqual({ inner: 3.078, outer: 12.706 })
  expect(studentReach(40)).toEqual(studentReach(9))
})

describe('the outlook of a university', () => {
  let backend: Backend
  beforeAll(async () => {
    backend = await loadBackend()
  })

  test('covers what comes: 80 % intervals hold 75 to 85 % of the next year', () => {
    const whole = university(800, 7, 6)
    const known = { ...whole, values: whole.values.map((series) => series.slice(0, 6)) }
    const { people } = forecastRatings(backend, known, { horizon: 3, seed: 1 })
    let [inside, count] = [0, 0]
    people.forEach((one, person) => {
      const value = whole.values[person]![6]!
      inside += Number(value >= one!.lower80[0]! && value <= one!.upper80[0]!)
      count++
    })
    expect(inside / count).toBeGreaterThan(0.75)
    expect(inside / count).toBeLessThan(0.85)
  })

  test('takes the network in once histories are long, and says nothing of whom nothing is known', () => {
    const history = university(150, 8, 8)
    history.values[0]!.fill(Number.NaN)
    const { people } = forecastRatings(backend, history, { horizon: 3, seed: 1 })
    expect(people[0]).toBeNull()
    expect(people[1]!.basis).toBe('both')
    expect(people[5]!.basis).toBe('peers')
    const again = forecastRatings(backend, history, { horizon: 3, seed: 1 })
    expect(again.people[1]).toEqual(people[1])
  })
})

test('units are forecast by their members and their own trend; one that nobody is in any more is left out', () => {
  const history = university(400, 6, 9)
  const unit = history.values.map((_, person) =>
    Int32Array.from({ length: 6 }, (_, period) =>
      history.group[person] === 19 && period === 5 ? -1 : history.group[person]!,
    ),
  )
  const membership = { unit, units: 20 }
  const { units: found, backtest } = forecastUnits(history, membership, 2)
  expect(found[19]).toBeNull()
  const means = meansOf(history, membership)
  found.slice(0, 19).forEach((one, at) => {
    expect(Math.abs(one!.mean[0]! - (means[at]![5]! + 1.5))).toBeLessThan(10)
    expect(one!.lower95[0]!).toBeLessThan(one!.lower80[0]!)
    expect(one!.upper80[0]!).toBeGreaterThan(one!.mean[0]!)
  })
  const outcomes = [3, 4, 5].flatMap((origin) =>
    means
      .filter((series) => !Number.isNaN(series[origin - 1]!))
      .flatMap((series) => Array.from(series.slice(origin, origin + 2)))
      .filter((value) => !Number.isNaN(value)),
  )
  expect(backtest).toMatchObject({ origins: 3, forecasts: outcomes.length })
  expect(backtest!.best.error).toBeLessThanOrEqual(backtest!.naive)
  expect(backtest!.cov80!).toBeGreaterThan(0.6)
  expect(backtest!.cov95!).toBeGreaterThanOrEqual(backtest!.cov80!)
})

test('of units that were tried after one period only nothing is said of intervals; of one period nothing at all', () => {
  const history = university(60, 3, 9)
  const membership = (periods: number) => ({
    unit: history.values.map((_, person) => new Int32Array(periods).fill(history.group[person]!)),
    units: 20,
  })
  expect(forecastUnits(history, membership(3), 1).backtest).toMatchObject({
    origins: 1,
    cov80: null,
    cov95: null,
  })
  expect(forecastUnits(knownAfter(history, 2), membership(2), 1).backtest).toBeNull()
})

test('what moves all units alike widens their intervals, by how few periods it was seen in', () => {
  const moved = (shocks: readonly number[]) => {
    const calm = university(400, 5, 9)
    const values = calm.values.map((series) => series.map((value, period) => value + shocks[period]!))
    const unit = values.map((_, person) => new Int32Array(5).fill(calm.group[person]!))
    return forecastUnits({ ...calm, values }, { unit, units: 20 }, 1).units
  }
  const widthOf = (found: ReturnType<typeof moved>) => found[0]!.upper80[0]! - found[0]!.mean[0]!
  const calm = widthOf(moved([0, 0, 0, 0, 0]))
  // Each period the common level jumps by 40 up or down: about that is missed after each of the three origins.
  const restless = widthOf(moved([0, 40, 0, 40, 0]))
  expect(restless - calm).toBeGreaterThan(30)
  expect(restless).toBeGreaterThan(studentReach(3).inner * 25)
})
