import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Weighting } from '../../plugin/weighting.ts'
import { loadListedPlugins } from '../../plugins/plugin-list.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, plain, pointsOf } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'

const load = (teaching: number, research: number, other: number) => ({
  indicator: 'shares.effort',
  attributes: {
    teaching,
    methodical: 0,
    research,
    upbringing: 0,
    qualification: 0,
    service: 0,
    administration: 0,
    other,
  },
})

let database: TestDatabase
const weightings = new Map<string, Weighting>()
beforeAll(async () => {
  for (const { definition } of await loadListedPlugins()) {
    for (const weighting of definition?.weightings ?? [])
      weightings.set(`${definition!.id}.${weighting.id}`, weighting)
  }
  database = await createTestDatabase()
  await enterExample(database, [
    { code: 'whole', position: 'professor', facts: [...pointsOf({ a: 30, b: 50 }), load(40, 35.5, 24.5)] },
    { code: 'short', position: 'lecturer', facts: [...pointsOf({ a: 30, b: 50 }), load(40, 35, 24)] },
    { code: 'silent', position: null, facts: pointsOf({ a: 30, b: 50 }) },
  ])
})
afterAll(async () => {
  await database.drop()
})

async function rate(id: string, params: Record<string, unknown>) {
  const weighting = weightings.get(id)
  if (!weighting) throw new Error(`no weighting ${id}`)
  const rules = exampleRules({
    areas: { A: {}, B: {} },
    criteria: { a: 'A', b: 'B' },
    weighting: { id, params },
  })
  const { results } = await rateExample(database, rules, { weighting })
  return Object.fromEntries(
    [...results].map(([code, { total, reasons }]) => [
      code,
      total === null ? reasons.map((reason) => reason.code) : plain(total),
    ]),
  )
}

it('weighs areas by each approved load, and blocks whose load is not 100 % or not there', async () => {
  // 30 x 0.4 + 50 x 0.355
  expect(await rate('shares.workload', { areas: { teaching: 'A', research: 'B' } })).toEqual({
    whole: '29.75',
    short: ['weights-unknown'],
    silent: ['weights-unknown'],
  })
})

it('weighs areas by the position, and blocks whose position is not known', async () => {
  const byPosition = { professor: { A: '25', B: '75' }, lecturer: { A: '60', B: '40' } }
  expect(await rate('shares.position', { byPosition })).toEqual({
    whole: '45',
    short: '38',
    silent: ['weights-unknown'],
  })
})
