import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fitDiscriminant } from './discriminant.ts'
import { accuracyOf, daysOf, readOccupancy, replayRoom } from './occupancy.ts'
import { roomOfDays } from './replay-occupancy.ts'

const { days } = JSON.parse(
  readFileSync(new URL('fixtures/occupied-days.json', import.meta.url), 'utf8'),
) as { days: Record<string, [number, number][]> }
/** Real comings and goings: each day of an office is one person of a room (source in the fixture). */
const truth = roomOfDays(
  Object.values(days).map((spans) =>
    Array.from({ length: 1440 }, (_, minute) => spans.some(([from, to]) => from <= minute && minute < to)),
  ),
)

/** Evenly spread, and the same each time (multiples of the golden section). */
function spread(): () => number {
  let step = 0
  return () => (step++ * 0.618_033_988_749_895) % 1
}

test.each(['camera', 'door'] as const)('a %s that loses nothing gives the true medians', (sensor) => {
  const report = replayRoom(truth, sensor, { dropped: 0, missed: 0, random: spread(), times: 1 })
  expect(report).toMatchObject({ lessons: 10, unknown: 0, meanError: 0, inside: 1 })
})

test.each(['camera', 'door'] as const)(
  'with 30 %% of the messages of a %s dropped the interval widens and holds the true median',
  (sensor) => {
    const whole = replayRoom(truth, sensor, { dropped: 0, missed: 0, random: spread(), times: 1 })
    const less = replayRoom(truth, sensor, { dropped: 0.3, missed: 0, random: spread(), times: 50 })
    expect(less.width).toBeGreaterThan(whole.width)
    expect(less.inside).toBe(1)
    expect(less.largestError).toBeLessThanOrEqual(1)
  },
)

test('a door that misses people errs, and by less than one of them on the mean', () => {
  const report = replayRoom(truth, 'door', { dropped: 0, missed: 0.03, random: spread(), times: 50 })
  expect(report.meanError).toBeGreaterThan(0)
  expect(report.meanError).toBeLessThan(1)
  expect(report.inside).toBeGreaterThan(0.85)
})

test('a discriminant of one column divides where two normal densities with their shares are equal', () => {
  // Means 1 and 3, variance (4 times 1) / (6 - 2) = 1, shares 2/6 and 4/6: x (3 - 1) - (9 - 1) / 2 + ln 2.
  const outside = [0, 2].map((value) => ({ features: [value], isIn: false }))
  const inside = [2, 4, 3, 3].map((value) => ({ features: [value], isIn: true }))
  const score = fitDiscriminant([...outside, ...inside])
  expect(score([0])).toBeCloseTo(-4 + Math.log(2), 12)
  expect(score([5])).toBeCloseTo(6 + Math.log(2), 12)
  expect(() => fitDiscriminant(inside)).toThrow('a class has no rows')
})

test('reads the record by its heading, and counts only whole days', () => {
  const text = `row_id,timestamp,co2_ppm,occupancy
1,2015-02-04 17:51:59,400,0
2,2015-02-04 17:53:00,900,1
3,2015-02-04 17:54:00,410,0
4,2015-02-04 17:55:00,1000,1
`
  const rows = readOccupancy(text)
  expect(rows.map(({ minute, isOccupied }) => [minute, isOccupied])).toEqual([
    [1072, false],
    [1073, true],
    [1074, false],
    [1075, true],
  ])
  expect(accuracyOf(['co2_ppm'], rows, rows)).toBe(1)
  expect(daysOf(rows)).toEqual([])
})
