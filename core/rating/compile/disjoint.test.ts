import { sql } from 'kysely'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Comparison, Condition } from '../../contract/regulation/rule.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import { compileCondition } from './condition.ts'
import { areDisjoint } from './disjoint.ts'

it.each<[Condition, Condition, boolean]>([
  [{ value: 'type', is: ['a'] }, { value: 'type', is: ['b', 'c'] }, true],
  [{ value: 'type', is: ['a', 'b'] }, { value: 'type', is: ['b', 'c'] }, false],
  [{ value: 'type', is: ['a'] }, { value: 'kind', is: ['b'] }, false],
  [{ value: 'type', is: ['a'] }, { value: 'type', isNot: ['a', 'b'] }, true],
  [{ value: 'type', is: ['a', 'c'] }, { value: 'type', isNot: ['a', 'b'] }, false],
  [{ value: 'type', isNot: ['a'] }, { value: 'type', isNot: ['b'] }, false],
  [{ value: 'student', is: [true] }, { value: 'student', is: ['true'] }, false],
  [{ value: 'percentile', atLeast: '25' }, { value: 'percentile', unknown: true }, true],
  [{ value: 'percentile', unknown: true }, { value: 'percentile', unknown: true }, false],
  [{ value: 'sheets', atLeast: '5' }, { value: 'sheets', atMost: '4.99' }, true],
  [{ value: 'sheets', atLeast: '5' }, { value: 'sheets', atMost: '5' }, false],
])('knows whether %j and %j can hold for the same fact', (a, b, disjoint) => {
  expect(areDisjoint([a], [b])).toBe(disjoint)
  expect(areDisjoint([b], [a])).toBe(disjoint)
})

it.each<[Condition, Condition, boolean]>([
  [{ value: 'sheets', above: '5' }, { value: 'sheets', atMost: '5' }, true],
  [{ value: 'sheets', atLeast: '5' }, { value: 'sheets', below: '5' }, true],
  [{ value: 'sheets', above: '5' }, { value: 'sheets', atMost: '5.00000000000000000001' }, false],
  [{ value: 'type', unknown: true }, { value: 'type' }, false],
  [
    {
      any: [
        { value: 'type', is: ['a'] },
        { value: 'type', is: ['b'] },
      ],
    },
    { value: 'type', is: ['c'] },
    true,
  ],
  [
    {
      any: [
        { value: 'type', is: ['a'] },
        { value: 'pages', is: ['b'] },
      ],
    },
    { value: 'type', is: ['c'] },
    false,
  ],
  [{ formula: 'pages > 3' }, { formula: 'pages < 2' }, false],
])('knows it also of open ends, alternatives and formulas: %j and %j', (a, b, disjoint) => {
  expect(areDisjoint([a], [b])).toBe(disjoint)
  expect(areDisjoint([b], [a])).toBe(disjoint)
})

const choice = fc.constantFrom('a', 'b', '1', '2', 'true')
const bound = fc.constantFrom('0', '1', '1.5', '2', '2.000000000000000000001')
const choices = fc.array(choice, { minLength: 1, maxLength: 2 })
const test = fc.oneof(
  choices.map((is) => ({ is })),
  choices.map((isNot) => ({ isNot })),
  bound.map((atLeast) => ({ atLeast })),
  bound.map((atMost) => ({ atMost })),
  bound.map((above) => ({ above })),
  bound.map((below) => ({ below })),
  fc.constant({ unknown: true as const }),
)
const comparison = fc
  .tuple(fc.constantFrom('type', 'sheets'), fc.array(test, { maxLength: 2 }))
  .map(([value, tests]): Comparison => Object.assign({ value }, ...tests) as Comparison)
const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 5, arbitrary: comparison },
  { weight: 2, arbitrary: fc.array(comparison, { minLength: 2, maxLength: 2 }).map((any) => ({ any })) },
  { weight: 1, arbitrary: fc.constantFrom({ formula: 'sheets > 1' }, { formula: "type = 'a'" }) },
)
const values = ['a', 'b', true, null, 0, 1, 1.5, 2, 3]

it('never calls conditions disjoint that some fact fulfils together', async () => {
  const database = await createTestDatabase()
  const pairs = fc.sample(fc.tuple(condition, condition), { seed: 5, numRuns: 1500 })
  const facts = sql.join(
    values.flatMap((type) => values.map((sheets) => sql`(${JSON.stringify({ type, sheets })}::jsonb)`)),
  )
  const holds = pairs.map(
    ([a, b]) => sql`bool_or(coalesce(${compileCondition(a)} and ${compileCondition(b)}, false))`,
  )
  const { rows } = await sql<{ together: boolean[] }>`
    select array[${sql.join(holds)}] as together from (values ${facts}) f (attributes)`.execute(database.db)
  await database.drop()
  const called = pairs.map(([a, b]) => areDisjoint([a], [b]))
  pairs.forEach((pair, index) => {
    expect(called[index] && rows[0]!.together[index], JSON.stringify(pair)).toBe(false)
  })
  expect(called.filter(Boolean).length).toBeGreaterThan(50)
})
