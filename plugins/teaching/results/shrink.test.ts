import { freezeFacts } from '@ustaz/core/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestTeaching, enterGroups } from '../test-teaching.ts'
import type { TestTeaching } from '../test-teaching.ts'
import { exampleGroups } from './example-groups.ts'
import { shrink } from './shrink.ts'

let server: TestTeaching
const period = { from: '2021-07-01', to: '2022-06-30' }
beforeAll(async () => {
  server = await createTestTeaching()
})
afterAll(async () => {
  await server.close()
})

interface Shrunken {
  teacher_id: number
  result: string | null
  standard_error: string | null
}

/** Results by difference and variance, as the plugin's table would have them. */
async function shrinkAll(given: readonly (readonly [number | null, number | null])[]): Promise<Shrunken[]> {
  const rows = given.map(([difference, variance], i) => ({
    teacher_id: i + 1,
    course_id: 1,
    year: 2021,
    term: 1,
    difference,
    variance,
  }))
  const source = sql`select * from json_to_recordset(${JSON.stringify(rows)}::json)
    as r (teacher_id bigint, course_id bigint, year smallint, term smallint, difference numeric, variance numeric)`
  const found =
    await sql<Shrunken>`select teacher_id, result, standard_error from ${shrink(source)} r order by teacher_id`.execute(
      server.own,
    )
  return found.rows
}

describe('shrinking', () => {
  test('a worked example: k = 4, A = mean(d^2 - V), B = (k-2)/k V/(V+A)', async () => {
    // d = 0.4, -0.4, 0.2, -0.2 with V = 0.02, 0.02, 0.06, 0.06: A = (2 * (0.16 - 0.02) + 2 * (0.04 - 0.06)) / 4 = 0.06.
    const results = await shrinkAll([[0.4, 0.02], [-0.4, 0.02], [0.2, 0.06], [-0.2, 0.06]]) // prettier-ignore
    // B = 0.5 * 0.02 / 0.08 = 0.125 and 0.5 * 0.06 / 0.12 = 0.25.
    expect(results.map(({ result }) => Number(result))).toEqual([0.35, -0.35, 0.15, -0.15])
    // Vbar = (2 * 0.25 + 2 * 0.5) / (2 / 0.08 + 2 / 0.12) = 0.036; s1^2 = 0.875 * 0.02 + 2/2 * 0.125^2 * 0.096 / 0.08 * 0.16 = 0.0205.
    expect(Number(results[0]?.standard_error)).toBeCloseTo(Math.sqrt(0.0205), 12)
    // s3^2 = 0.75 * 0.06 + 0.25^2 * 0.096 / 0.12 * 0.04 = 0.047.
    expect(Number(results[2]?.standard_error)).toBeCloseTo(Math.sqrt(0.047), 12)
  })

  test('where differences are no larger than chance, what is left is small and its error is not 0', async () => {
    const [first] = await shrinkAll([[0.1, 0.04], [-0.1, 0.04], [0.05, 0.04], [0, 0.04]]) // prettier-ignore
    expect(Number(first?.result)).toBeCloseTo(0.05, 12)
    expect(Number(first?.standard_error)).toBeGreaterThan(0.1)
  })

  test('an unknown difference stays unknown, and fewer than three leave all of them unknown', async () => {
    const many = await shrinkAll([[0.1, 0.04], [-0.1, 0.04], [0.05, 0.04], [null, null]]) // prettier-ignore
    expect(many.map(({ result }) => result === null)).toEqual([false, false, false, true])
    const few = await shrinkAll([[0.1, 0.04], [-0.1, 0.04], [null, null]]) // prettier-ignore
    expect(few.map(({ result, standard_error: error }) => [result, error])).toEqual([[null, null], [null, null], [null, null]]) // prettier-ignore
  })

  test('the smaller the group, the nearer to the norm', async () => {
    const [small, , large] = await shrinkAll([[0.3, 0.2], [-0.5, 0.02], [0.3, 0.01], [-0.4, 0.02]]) // prettier-ignore
    expect(Number(small?.result)).toBeLessThan(Number(large?.result))
    expect(Number(small?.standard_error)).toBeGreaterThan(Number(large?.standard_error))
  })
})

describe('facts', () => {
  beforeEach(async () => {
    const { aigul, marat, head } = server.university.teachers
    const known = new Map([[1, aigul], [101, marat], [2, head]]) // prettier-ignore
    const groups = exampleGroups({ courses: 4, years: 2, students: 40 })
    await enterGroups(
      server.own,
      groups.map((group) => ({ ...group, teachers: group.teachers.map((id) => known.get(id) ?? id + 5000) })),
    )
  })
  const factsOf = async (indicator: string, teacherId: number) =>
    (await freezeFacts(server, period)).filter(
      (fact) => fact.indicator === indicator && fact.teacherId === teacherId,
    )

  test('one for each course and term that ended in the period, with its error, its interval and what it rests on', async () => {
    const [fact, ...more] = await factsOf('teaching.performance', server.university.teachers.aigul)
    expect(more).toEqual([])
    expect(fact).toMatchObject({ happenedOn: '2022-01-20', quantity: '20' })
    const { result, standardError, low, high, ...rest } = fact?.attributes as Record<string, number>
    expect(rest).toMatchObject({
      course: 'C0',
      year: 2021,
      term: 1,
      students: 20,
      enrolled: 20,
      coverage: 1,
      normStudents: 60,
      normGroups: 3,
    })
    expect(rest['normByOthers']).toBeCloseTo(40 / 60, 6)
    expect(high! - low!).toBeCloseTo(2 * 1.959964 * standardError!, 5)
    expect(result).toBeGreaterThan(low!)
    expect(result).not.toBe(0)
    expect(server.context.host.errorsOf('teaching.performance')).toEqual({ result: 'standardError' })
  })

  test('plain grades: shares of those whose value is known, absent where it is not', async () => {
    const [fact] = await factsOf('teaching.grades', server.university.teachers.aigul)
    const grades = Object.values(exampleGroups({ courses: 4, years: 2, students: 40 }).find(({ year, teachers }) => year === 2021 && teachers[0] === 1)?.grades ?? {}) // prettier-ignore
    const share = (from: number) =>
      (100 * grades.filter((grade) => (grade ?? 0) >= from).length) / grades.length
    expect(fact?.attributes).toEqual({
      ...{ course: 'C0', year: 2021, term: 1, students: 20, enrolled: 20 },
      ...{
        gradedPercent: 100,
        passedPercent: share(50),
        goodPercent: share(70),
        excellentPercent: share(90),
      },
    })
  })

  test('a rise that nothing explains is unknown until somebody accepted it, and again when it has moved', async () => {
    const { aigul } = server.university.teachers
    await sql`update plugin_teaching.course_result set difference = 1.2, variance = 0.02 where teacher_id = ${aigul} and year = 2021`.execute(
      server.own,
    )
    const attributes = async () => (await factsOf('teaching.performance', aigul))[0]?.attributes
    expect(await attributes()).toMatchObject({ unexplainedRise: true, difference: 1.2 })
    expect(await attributes()).not.toHaveProperty('result')
    const said = sql`insert into plugin_teaching.result_review (teacher_id, course_id, year, term, accepted, reason, difference, account_id, account_name, reviewed_at)
      select teacher_id, course_id, year, term, true, 'Looked at', difference, 1, 'Office', now() from plugin_teaching.course_result
      where teacher_id = ${aigul} and year = 2021`
    await said.execute(server.own)
    expect(await attributes()).toMatchObject({ unexplainedRise: false, result: expect.any(Number) as number })
    await sql`update plugin_teaching.course_result set difference = 1.4 where teacher_id = ${aigul} and year = 2021`.execute(
      server.own,
    )
    expect(await attributes()).not.toHaveProperty('result')
  })
})
