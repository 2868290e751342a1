import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, pointsOf } from '../example-rules.ts'
import type { ExampleRules } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'

const title = exampleText('Rule')
const rules = (rest: Partial<ExampleRules>) =>
  exampleRules({ areas: { A: {} }, criteria: { a: 'A' }, ...rest })

let database: TestDatabase
let snapshotId: number
beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, [
    { code: 'doctor', position: 'professor', degree: 'phd', field: 'law', facts: pointsOf({ a: 4 }) },
    { code: 'master', position: 'lecturer', degree: 'master', field: 'law', facts: pointsOf({ a: 3 }) },
    { code: 'artist', position: 'lecturer', degree: 'none', field: 'arts', facts: pointsOf({ a: 2 }) },
    { code: 'unclear', position: 'lecturer', degree: 'phd', facts: pointsOf({ a: 1 }) },
    // 100 days employed, 10 of them on leave.
    {
      code: 'new',
      position: null,
      degree: 'phd',
      field: 'law',
      startsOn: '2026-05-24',
      leave: [['2026-06-01', '2026-06-10']],
      facts: [],
    },
  ])
  snapshotId = (await rateExample(database, rules({}))).outcome.snapshotId
})
afterAll(async () => {
  await database.drop()
})

async function outcomes(rest: Partial<ExampleRules>) {
  const { results } = await rateExample(database, rules(rest), { snapshotId })
  return Object.fromEntries(
    [...results].map(([code, { status, league, reasons }]) => [
      code,
      status === 'ranked' ? league : [status, ...reasons.map((reason) => reason.code)],
    ]),
  )
}

const lawyers = { id: 'E', title, kind: 'teacher' as const, where: [{ value: 'teacher.field', is: ['law'] }] }
it.each([
  ['block', ['blocked', 'teacher-unknown']],
  ['exclude', ['excluded', 'teacher-unknown']],
  ['include', 'all'],
] as const)('asks for values of the teacher; unknown: %s', async (whenUnknown, unclear) => {
  expect(await outcomes({ eligibility: [{ ...lawyers, whenUnknown }] })).toEqual({
    doctor: 'all',
    master: 'all',
    artist: ['excluded', 'teacher-not-eligible'],
    unclear,
    new: 'all',
  })
})

it('counts a condition as not met where one part fails, whatever the unknown one is', async () => {
  const where = [...lawyers.where, { value: 'teacher.degree', is: ['master'] }]
  expect(await outcomes({ eligibility: [{ ...lawyers, where }] })).toMatchObject({
    unclear: ['excluded', 'teacher-not-eligible'],
    master: 'all',
  })
})

it.each([
  ['90', 'all'],
  ['91', ['excluded', 'days-too-few']],
])('asks for %s days present: employed and not on leave', async (atLeast, expected) => {
  const eligibility = [{ id: 'D', title, kind: 'days-present' as const, atLeast }]
  expect(await outcomes({ eligibility })).toMatchObject({ new: expected, doctor: 'all' })
})

it('ranks a teacher in the first league whose positions and conditions take them', async () => {
  const leagues = [
    {
      id: 'doctors',
      title,
      where: [{ value: 'teacher.degree', is: ['phd'] }],
      positions: ['professor', 'lecturer'],
    },
    { id: 'arts', title, where: [{ value: 'teacher.field', is: ['arts'] }] },
    { id: 'lecturers', title, positions: ['lecturer'] },
  ]
  expect(await outcomes({ leagues })).toEqual({
    doctor: 'doctors',
    master: 'lecturers',
    artist: 'arts',
    unclear: 'doctors',
    new: ['blocked', 'position-unknown'],
  })
})

it('excludes whom no league takes, without asking for a position that no rule needs', async () => {
  const leagues = [{ id: 'arts', title, where: [{ value: 'teacher.field', is: ['arts'] }] }]
  expect(await outcomes({ leagues })).toMatchObject({
    artist: 'arts',
    unclear: ['excluded', 'league-none'],
    new: ['excluded', 'league-none'],
  })
})
