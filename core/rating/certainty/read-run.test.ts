import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, pointsOf } from '../example-rules.ts'
import { enterExample, onePointWeighting, rateExample } from '../example-university.ts'
import type { ExampleTeacher } from '../example-university.ts'
import { findFinishedRun } from '../results/find-run.ts'
import { assessCertainty } from './assess.ts'
import { openRandom } from './random.ts'
import { checkOfficial, readRunNumbers } from './read-run.ts'
import { inOfficialPlaces } from './run/official-places.ts'

let database: TestDatabase
const random = openRandom(21)
const whole = (below: number) => Math.floor(below * random.uniform())
/** Points with many ties, some teachers without a position, some who are not full-time. */
const teachers: ExampleTeacher[] = Array.from({ length: 120 }, (_, row) => ({
  code: `T${String((row * 37) % 120).padStart(3, '0')}`,
  position: row % 11 === 0 ? null : row % 3 === 0 ? 'professor' : 'lecturer',
  rate: row % 13 === 0 ? '0.5' : '1',
  facts: [
    ...pointsOf({ a: whole(8) / 3, b: 10 * whole(3), c: whole(50) / 8 }),
    { indicator: 'example.thing', attributes: { type: 'b', points: 10 }, participants: 3 },
  ],
}))

const base = {
  areas: { A: {}, B: { cap: '25' }, C: {} },
  criteria: { a: 'A', b: { area: 'B', split: { kind: 'equal' as const } }, c: 'C' },
  leagues: [
    { id: 'P', title: exampleText('P'), positions: ['professor'] },
    { id: 'L', title: exampleText('L'), positions: ['lecturer'] },
  ],
  eligibility: [{ id: 'E', title: exampleText('E'), kind: 'rate' as const, atLeast: '1' }],
}
const norm = (mode: 'subtract' | 'ratio') => ({
  id: 'N',
  title: exampleText('N'),
  mode,
  byPosition: { professor: '12.5', lecturer: '7' },
})

const scale = { method: 'min-max' as const, factor: '100' }
const geometric = {
  normalisation: { areas: { method: 'rank' as const } },
  aggregation: { method: 'geometric' as const },
}

beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, teachers)
})
afterAll(async () => {
  await database.drop()
})

async function rate(document: RegulationDocument, weights?: Record<string, string>) {
  const weighting = weights
    ? { ...onePointWeighting, weigh: () => ({ weights, how: {} }) }
    : onePointWeighting
  const { results } = await rateExample(database, document, { weighting })
  const { rows } = await sql<{ id: number }>`select max(id) as id from core.run`.execute(database.db)
  return { run: await findFinishedRun(database.db, rows[0]!.id), results }
}

test.each([
  ['points as they are', {}, undefined],
  ['weights with many digits', {}, { A: '0.333333333333', B: '0.2', C: '1.7' }],
  ['a norm that is subtracted', { norms: [norm('subtract')] }, undefined],
  ['a norm that divides', { norms: [norm('ratio')] }, { A: '2', B: '1', C: '0.5' }],
  ['limits of the total', { total: { cap: '30', floor: '11' } }, undefined],
  ['scales of leagues', { normalisation: { areas: scale } }, { A: '0.3', B: '0.3', C: '0.4' }],
  ['a mean of another kind, and a norm', { ...geometric, norms: [norm('ratio')] }, undefined],
  ['votes for orders of areas', { aggregation: { method: 'borda' as const } }, undefined],
  [
    'areas one after the other',
    { aggregation: { method: 'lexicographic' as const, order: ['B', 'C', 'A'] } },
    undefined,
  ],
])('the unperturbed replication gives exactly the official places: %s', async (_, more, weights) => {
  const { run, results } = await rate(exampleRules({ ...base, ...more }), weights)
  const numbers = await readRunNumbers(database.db, run)
  const found = assessCertainty(numbers.input)
  expect(found.places).toEqual(numbers.official.places)
  const places = [...results.values()].map(({ place }) => place)
  expect(places.filter((place) => place !== null).length).toBeGreaterThan(80)
  expect([...numbers.official.places].sort()).toEqual(places.map((place) => place ?? 0).sort())
  expect(new Set(places).size).toBeLessThan(0.7 * places.length) // ties are many
  checkOfficial(numbers, found, run.document)
})

const unmet = (effect: RegulationDocument['requirements'][number]['effect']) => ({
  requirements: [{ id: 'Q', title: exampleText('Q'), checks: [{ of: ['B'], atLeast: '15' }], effect }],
})

test('a requirement that leaves nothing does so after the limits of the total', async () => {
  const { run } = await rate(exampleRules({ ...base, ...unmet({ kind: 'zero' }), total: { floor: '5' } }))
  const numbers = await readRunNumbers(database.db, run)
  const found = assessCertainty(numbers.input)
  expect(numbers.official.totals.filter((total) => total === 0).length).toBeGreaterThan(5)
  expect(found.places).toEqual(numbers.official.places)
})

test.each([
  ['dense places', { ranking: { ties: 'dense' as const } }],
  ['tie-breakers', { ranking: { tieBreakers: ['B', 'A', 'C'] } }],
  ['places shared by near totals', { ranking: { tiedWithin: '1' } }],
  ['a requirement that limits the place', unmet({ kind: 'place', notAbove: 9 })],
])('intervals hold the official places, and bands follow them: %s', async (_, more) => {
  const { run } = await rate(exampleRules({ ...base, ...more }))
  const numbers = await readRunNumbers(database.db, run)
  const found = assessCertainty(numbers.input)
  checkOfficial(numbers, found, run.document)
  const { places } = numbers.official
  const { lower, upper } = inOfficialPlaces(numbers, found, run.document)
  places.forEach((place, row) => {
    expect(lower[row]).toBeLessThanOrEqual(place)
    expect(upper[row]).toBeGreaterThanOrEqual(place)
    expect(lower[row]! >= numbers.notAbove[row]! || place === 0).toBe(true)
  })
  for (const group of [0, 1]) {
    const rows = [...places.keys()].filter((row) => numbers.input.ranked[row] === group)
    const bands = rows.sort((a, b) => places[a]! - places[b]!).map((row) => found.bands[row]!)
    expect(bands).toEqual(bands.toSorted((a, b) => a - b))
  }
})

test('rows stand in the order of codes; who is not ranked is read and has no place', async () => {
  const { run, results } = await rate(exampleRules(base))
  const numbers = await readRunNumbers(database.db, run)
  const codeOf = new Map([...results].map(([code, { teacher_id }]) => [teacher_id, code]))
  const codes = numbers.teacherIds.map((id) => codeOf.get(id)!)
  expect(codes).toEqual(codes.toSorted())
  codes.forEach((code, row) => {
    const { place, league } = results.get(code)!
    expect(numbers.input.ranked[row]).toBe(place === null ? -1 : numbers.leagues.indexOf(league!))
  })
})

test('another order than the official one is refused, with who differs', async () => {
  const { run } = await rate(exampleRules(base))
  const numbers = await readRunNumbers(database.db, run)
  const { places, totals } = assessCertainty(numbers.input)
  const row = places.indexOf(2)
  for (const wrong of [
    { places: places.with(row, 3), totals },
    { places, totals: totals.with(row, totals[row]! + 0.001) },
  ])
    expect(() => checkOfficial(numbers, wrong, run.document)).toThrow(
      expect.objectContaining({
        code: 'certainty-differs',
        params: { count: 1, teachers: [String(numbers.teacherIds[row])] },
      }),
    )
})
