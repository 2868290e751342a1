import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import { describe, expect, test } from 'vitest'
import { findDefinitionFaults } from '../plugins/check-definition.ts'
import type { AnyPlugin } from '../plugin/definition.ts'
import { createTestDatabase } from './create-test-database.ts'
import { findSampleFaults, findSettingsFaults } from './plugin-checks.ts'
import { findQueryFaults } from './query-checks.ts'
import { testPlugin } from './test-plugin.ts'
import { findPointsFaults } from './points-function-checks.ts'
import { testPointsFunction } from './test-points-function.ts'
import { testWeighting } from './test-weighting.ts'
import { tinyPlugin } from './tiny-plugin/tiny-plugin.ts'
import { findWeightingFaults } from './weighting-checks.ts'

const samples = { race: [{ name: 'Алматы марафоны', metal: 'gold' }, { name: 'Tengri' }] }
testPlugin(tinyPlugin, { samples })
const even = tinyPlugin.weightings![0]!
const scores = [
  [1, 2],
  [3, 4],
]
testWeighting(even, { scores })
const pace = tinyPlugin.functions![0]!
testPointsFunction(pace, [
  { params: { limit: 60 }, values: { minutes: 47.5, participants: 3 }, points: 12.5 },
  { params: { limit: 60, points: 2 }, values: { minutes: 90, participants: null }, points: 0 },
])

const tiny = tinyPlugin as unknown as AnyPlugin
const race = tiny.evidence![0]!
const medal = tiny.indicators![0]!
const withKind = (change: object): AnyPlugin => ({ ...tiny, evidence: [{ ...race, ...change }] })

describe('a broken definition is named', () => {
  test.each<[string, unknown, string]>([
    ['nothing is exported', undefined, 'the module has no default export'],
    ['the id has a capital', { ...tiny, id: 'Tiny' }, '/id: lower case letters'],
    ['a part nobody knows', { ...tiny, indicator: [] }, 'Unrecognized key: "indicator"'],
    [
      'a reserved attribute',
      withKind({ schema: z.object({ role: z.string() }) }),
      'the attribute name "role" is reserved',
    ],
    ['a function twice', { ...tiny, functions: [pace, pace] }, 'function "pace" is there twice'],
    ['a reserved name of old', withKind({ schema: z.object({ age: z.number() }) }), '"age" is reserved'],
    ['a kind twice', { ...tiny, evidence: [race, race] }, 'kind or indicator "race" is there twice'],
    [
      'a kind and an indicator of one name',
      { ...tiny, indicators: [{ ...medal, id: 'race' }] },
      '"race" is there twice',
    ],
    [
      'a schema without JSON form',
      withKind({ schema: z.object({ name: z.date() }) }),
      'evidence kind race: no JSON Schema',
    ],
    ['enrich without names', withKind({ enrichedAttributes: undefined }), 'enrich needs enrichedAttributes'],
    [
      'a missing text',
      { ...tiny, messages: { ...tiny.messages, kk: { name: 'x', description: 'x' } } },
      'messages.kk lacks kinds.race.name',
    ],
    [
      'a choice without text',
      withKind({ schema: z.object({ name: z.string(), metal: z.enum(['iron']) }) }),
      'kinds.race.values.metal.iron',
    ],
    [
      'a route with an action nobody decides about',
      { ...tiny, routes: [{ route: { method: 'GET', path: '/x', action: 'tiny.go' }, handle: () => null }] },
      'unknown action "tiny.go"',
    ],
    [
      "core's own address",
      {
        ...tiny,
        routes: [{ route: { method: 'PUT', path: '/settings', action: 'people.read' }, handle: () => null }],
      },
      "this address is core's",
    ],
  ])('%s', (_, plugin, fault) => {
    expect(findDefinitionFaults(plugin).join('; ')).toContain(fault)
  })
})

describe('kinds that go wrong with real entries are named', () => {
  test.each<[string, object, string]>([
    [
      'a sample is refused',
      { schema: z.object({ name: z.string().max(3) }) },
      'race, sample 1: refused at name',
    ],
    [
      'text becomes a Date',
      { schema: z.object({ name: z.string().transform(() => new Date(0)) }) },
      'the data changes when it is stored',
    ],
    [
      'stored data are other data',
      { schema: z.object({ name: z.string().transform((name) => `${name}!`) }) },
      'the stored data reads differently',
    ],
    ['an empty title', { title: () => ' ' }, 'the title is empty'],
    ['a title that fails', { title: () => JSON.parse('') as string }, 'title fails: SyntaxError'],
    [
      'a title of a missing field',
      { title: ({ nam }: { nam?: string }) => `${nam}` },
      'the title reads "undefined"',
    ],
    [
      'an identity by order',
      { identity: (data: object) => JSON.stringify(data) },
      'depends on the order of the fields',
    ],
  ])('%s', (_, change, fault) => {
    expect(findSampleFaults(withKind(change), samples).join('; ')).toContain(fault)
  })

  test('a kind without a sample, and samples of no kind', () => {
    expect(findSampleFaults(tiny, { walk: [{}] })).toEqual([
      'samples of "walk", which is no kind of this plugin',
      'race: no sample',
    ])
  })
})

test('settings without a default are named', () => {
  expect(findSettingsFaults({ ...tiny, settings: z.object({ url: z.string() }) })[0]).toMatch(
    /^settings.url needs a default/,
  )
})

test('queries that fail or answer other columns are named', async () => {
  const database = await createTestDatabase([{ owner: 'tiny', folder: tinyPlugin.migrations! }])
  const faultsOf = async (plugin: AnyPlugin) => await findQueryFaults(plugin, samples, database)
  const facts = (query: RawBuilder<unknown>) =>
    ({ ...tiny, indicators: [{ ...medal, facts: () => query }] }) as AnyPlugin
  expect(await faultsOf(tiny)).toEqual([])
  expect(await faultsOf(facts(sql`select 1 as teacher_id, 'x' as happened_on, 1 as quantity`))).toEqual([
    'medal: the query lacks the column attributes',
    'medal: the column happened_on is of the wrong type',
  ])
  expect(await faultsOf(facts(sql`select * from nowhere`))).toEqual([
    'medal: relation "nowhere" does not exist',
  ])
  const twice = withKind({
    enrich: ({ evidence }: { evidence: RawBuilder<unknown> }) =>
      sql`select evidence_id, '{"worth": "much"}'::jsonb as attributes from ${evidence} e, generate_series(1, 2)`,
  })
  expect((await faultsOf(twice))[0]).toBe('race: enrich answers twice for one evidence')
  expect((await faultsOf(twice))[1]).toMatch(/^race: enriched attribute worth:/)
  await database.drop()
})

describe('a weighting that breaks the contract is named', () => {
  const weigh = (change: object) => findWeightingFaults({ ...even, ...change }, { scores }).join('; ')
  const answer = (weights: object) => ({ weigh: () => ({ weights, how: {} }) })
  const ofTeachers = (rows: number[][]) => ({
    weigh: () => ({
      weights: { 'area-1': 1, 'area-2': 1 },
      byTeacher: { rows: rows.length, columns: 2, values: Float64Array.from(rows.flat()) },
      how: {},
    }),
  })
  let calls = 0
  test.each<[string, object, string]>([
    ['below 0', answer({ 'area-1': -1, 'area-2': 1 }), 'the weight of area-1 is -1'],
    ['not a number', answer({ 'area-1': Number.NaN, 'area-2': '1e5' }), 'the weight of area-2 is 1e5'],
    ['an area left out', answer({ 'area-1': 1 }), 'no weight for area-2'],
    ['an area of its own', answer({ 'area-1': 1, 'area-2': 1, x: 1 }), 'a weight for x, which is no area'],
    [
      'another answer each time',
      { weigh: () => ({ weights: { 'area-1': ++calls, 'area-2': 1 }, how: {} }) },
      'answers the same input differently',
    ],
    [
      'it writes into the scores',
      {
        weigh: ({ scores: matrix }: { scores: { values: Float64Array } }) => {
          matrix.values[0] = 9
          return { weights: { 'area-1': 1, 'area-2': 1 }, how: {} }
        },
      },
      'it changes its input',
    ],
    [
      'the first teacher decides',
      {
        weigh: ({ scores: matrix }: { scores: { values: Float64Array } }) => ({
          weights: { 'area-1': matrix.values[0]!, 'area-2': 1 },
          how: {},
        }),
      },
      'the weight of area-1 depends on the order of the teachers; with an unknown value: the weight of area-1 is NaN',
    ],
    ['too few rows of its own', ofTeachers([[1, 2]]), 'weights of 1 x 2 for'],
    [
      'a row that is partly unknown',
      ofTeachers(scores.map(() => [Number.NaN, 1])),
      'a weight of teacher 1 is NaN',
    ],
    [
      'weights by the place of the row',
      ofTeachers(scores.map((_, row) => [row, 1])),
      'the weights of teacher 1 depend on the order',
    ],
    [
      'a guess for an unknown position',
      { needs: 'positions', ...ofTeachers(scores.map(() => [1, 1])) },
      'it guesses the weights of a teacher of whom nothing is known',
    ],
  ])('%s', (_, change, fault) => {
    expect(weigh(change)).toContain(fault)
  })
})

describe('a function that breaks the contract is named', () => {
  const sample = { params: { limit: 60 }, values: { minutes: 50, participants: 1 } }
  let calls = 0
  test.each<[string, object, object, string]>([
    ['it changes with the call', { points: () => ++calls }, {}, 'it answers the same input differently'],
    ['it gives no number', { points: () => Number.NaN }, {}, 'NaN is no decimal number'],
    ['it gives words', { points: () => 'many' }, {}, 'many is no decimal number'],
    ['it gives another number', {}, { points: 11 }, 'gives 10.000000000000, the sample says 11'],
    [
      'it changes its input',
      { points: ({ values }: { values: { minutes: number } }) => (values.minutes = 3) },
      {},
      'it changes its input',
    ],
    [
      'a sample does not fit',
      {},
      { values: { minutes: -1, participants: 1 } },
      'the values do not fit its schema',
    ],
  ])('%s', (_, change, otherSample, fault) => {
    const broken = { ...pace, ...change } as typeof pace
    expect(findPointsFaults(broken, { ...sample, ...otherSample }).join('; ')).toContain(fault)
  })
})
