import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, linesOf, plain, pointsOf } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'

const title = exampleText('Group')
const rules = exampleRules({
  areas: { A: { cap: '100', floor: '0' }, B: {} },
  criteria: { a: 'A', b: 'A', c: 'A', penalty: 'A', d: 'B', e: { area: 'B', cap: '10' } },
  groups: [
    { id: 'few', title, criteria: ['a', 'b'], cap: '30' },
    { id: 'most', title, criteria: ['a', 'b', 'c'], cap: '50' },
    { id: 'least', title, criteria: ['d', 'e'], floor: '20', cap: '40' },
  ],
})

let database: TestDatabase
let rated: Awaited<ReturnType<typeof rateExample>>
const people = {
  within: { a: 10, b: 20, d: 25 },
  inner: { a: 20, b: 20, d: 25 },
  both: { a: 20, b: 20, c: 25, d: 25 },
  outer: { c: 60, d: 25 },
  raised: { d: 3.5, e: 12 },
  nothing: {},
  penalised: { a: 5, penalty: -8 },
  area: { a: 30, c: 20, penalty: 80, d: 45 },
}

beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(
    database,
    Object.entries(people).map(([code, points]) => ({ code, position: null, facts: pointsOf(points) })),
  )
  rated = await rateExample(database, rules)
})
afterAll(async () => {
  await database.drop()
})

it.each([
  // 10 + 20 is exactly the cap of the inner group: nothing is cut.
  ['within', '55', []],
  ['inner', '55', [['cap', 'few', '-10']]],
  // The outer group holds 30 of the inner one and 25: 55, cut to 50.
  [
    'both',
    '75',
    [
      ['cap', 'few', '-10'],
      ['cap', 'most', '-5'],
    ],
  ],
  ['outer', '75', [['cap', 'most', '-10']]],
  // Criterion e is cut to 10 first; 3.5 + 10 is raised to the floor.
  [
    'raised',
    '20',
    [
      ['cap', 'e', '-2'],
      ['floor', 'least', '6.5'],
    ],
  ],
  // A floor holds where something is counted.
  ['nothing', '0', []],
  ['penalised', '0', [['floor', 'A', '3']]],
  // 30 + 20 + 80 = 130 in the area, whose cap acts after the groups; the other area is cut by its group.
  [
    'area',
    '140',
    [
      ['cap', 'A', '-30'],
      ['cap', 'least', '-5'],
    ],
  ],
] as const)('limits %s: %s', (code, total, lines) => {
  expect(plain(rated.results.get(code)!.total!)).toBe(total)
  expect(linesOf(rated, code)).toEqual(lines)
})
