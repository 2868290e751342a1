import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { regulationDocumentSchema } from '../../contract/index.ts'
import type { Weighting } from '../../plugin/weighting.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { enterExample, rateExample } from '../example-university.ts'
import { readClauses } from './read-clauses.ts'

const text = (word: string) => ({ kk: word, ru: word, en: word })
const criterion = (id: string, area: string, points: string) => ({
  id,
  area,
  title: text(`clause ${id}`),
  indicator: `example.${id}`,
  unit: 'item',
  points: { kind: 'per-unit', points },
})
const document = regulationDocumentSchema.parse({
  code: 'clauses',
  version: '1',
  title: text('Example'),
  description: text('Example'),
  source: 'core/rating/results/read-clauses.test.ts',
  periodStart: '09-01',
  areas: [
    { id: 'A', title: text('A'), cap: '50' },
    { id: 'B', title: text('B') },
  ],
  criteria: [criterion('a', 'A', '30'), criterion('b', 'A', '7'), criterion('c', 'B', '10')],
  norms: [{ id: 'N', title: text('N'), byPosition: { professor: '5', lecturer: '5' } }],
  leagues: [{ id: 'all', title: text('all'), positions: ['professor', 'lecturer'] }],
  bands: [{ id: 'any', title: text('any'), from: null, to: null }],
  weighting: { id: 'half' },
  rounding: { digits: 2 },
})
const half: Weighting = {
  id: 'half',
  needs: 'nothing',
  params: z.object({}),
  weigh: () => ({ weights: { A: '0.5', B: '2' }, how: {} }),
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

test('clauses of a unit add up to its totals, cap, weight and norm included; somebody without a total is left out', async () => {
  const facts = (...ids: string[]) => ids.map((id) => ({ indicator: `example.${id}`, attributes: {} }))
  await enterExample(database, [
    { code: 'one', position: 'professor', unit: 'd', facts: facts('a', 'a', 'b', 'c') },
    { code: 'two', position: 'lecturer', unit: 'd', facts: facts('b') },
    { code: 'three', position: 'lecturer', unit: 'e', facts: facts('c', 'c') },
    { code: 'blocked', position: null, unit: 'e', facts: facts('a') },
  ])
  const { runId, results } = await rateExample(database, document, { weighting: half })
  expect(results.get('blocked')!.total).toBeNull()
  const clauses = await readClauses(database.db, runId)
  const units = await database.db.selectFrom('unit').select(['id', 'code']).execute()
  const of = (code: string) => {
    const unit = units.find((one) => one.code === code)!.id
    return Object.fromEntries(
      clauses.filter(({ unitId }) => unitId === unit).map(({ clause, points }) => [clause, Number(points)]),
    )
  }
  // One: 67 points of A capped at 50 by a line of the area itself; half of each line, twice those of B; a norm of 5 each.
  expect(of('d')).toEqual({ a: 30, b: 7, A: -8.5, c: 20, N: -10 })
  expect(of('e')).toEqual({ c: 40, N: -5 })
  expect(clauses.find(({ clause }) => clause === 'c')!.title).toEqual(text('clause c'))
  expect(clauses.find(({ clause }) => clause === 'N')!.area).toBeNull()
  const sum = clauses.reduce((total, { points }) => total + Number(points), 0)
  const totals = [...results.values()].reduce((total, one) => total + Number(one.total ?? 0), 0)
  expect(sum).toBeCloseTo(totals, 9)
})
