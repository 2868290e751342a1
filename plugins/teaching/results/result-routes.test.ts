import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as contract from '../contract.ts'
import { createTestTeaching, enterGroups } from '../test-teaching.ts'
import type { TestGroup, TestTeaching } from '../test-teaching.ts'
import { exampleGroups } from './example-groups.ts'

let server: TestTeaching
let groups: TestGroup[]
const year = 2021
beforeAll(async () => {
  server = await createTestTeaching()
  const { aigul, marat, head, elsewhere } = server.university.teachers
  const known = new Map([[1, aigul], [101, marat], [2, head], [102, elsewhere]]) // prettier-ignore
  groups = exampleGroups({ courses: 4, years: 2, students: 40 }).map((group) => ({
    ...group,
    teachers: group.teachers.map((id) => known.get(id) ?? id + 5000),
  }))
})
afterAll(async () => {
  await server.close()
})
beforeEach(async () => {
  await enterGroups(server.own, groups)
})

const list = async (account: Parameters<TestTeaching['ask']>[0], more: object = {}) =>
  await server.ask(account, contract.listResults, { query: { year, ...more } })
const teachersOf = ({ items }: Awaited<ReturnType<typeof list>>) =>
  items.map(({ teacherId }) => teacherId).sort()
const keyOf = async (teacher: number) => {
  const row = await server.own
    .selectFrom('course_result')
    .selectAll()
    .where('teacher_id', '=', teacher)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  return { teacher, course: row.course_id, year, term: 1 }
}

describe('who sees what', () => {
  test('teachers their own, heads and deans those of the unit, office and management all', async () => {
    const { aigul, marat, head } = server.university.teachers
    expect(teachersOf(await list('aigul'))).toEqual([aigul])
    expect(teachersOf(await list('head'))).toEqual([aigul, marat, head].sort())
    expect(teachersOf(await list('dean'))).toEqual([aigul, marat, head].sort())
    expect((await list('office')).total).toBe(8)
    expect((await list('management')).total).toBe(8)
    expect((await server.ask('aigul', contract.listYears, {})).years).toEqual([2021, 2020])
  })

  test("another's result is not found, by whatever way it is asked for", async () => {
    const { aigul, marat, elsewhere } = server.university.teachers
    const missing = { status: 404, code: 'teaching.result-not-found' }
    expect(await server.refusal('aigul', contract.getResult, { params: await keyOf(marat) })).toMatchObject(
      missing,
    )
    expect(
      await server.refusal('head', contract.getResult, { params: await keyOf(elsewhere) }),
    ).toMatchObject(missing)
    expect(
      await server.refusal('dean', contract.getResult, { params: await keyOf(elsewhere) }),
    ).toMatchObject(missing)
    expect((await list('aigul', { teacher: marat })).total).toBe(0)
    expect((await server.ask('aigul', contract.getResult, { params: await keyOf(aigul) })).teacherId).toBe(
      aigul,
    )
    expect(await server.refusal('nobody', contract.listResults, { query: { year } })).toMatchObject({
      status: 403,
    })
  })

  test('no answer holds a student or a single grade', async () => {
    const answers = [
      (await server.send('office', contract.listResults, { query: { year } })).body,
      (
        await server.send('office', contract.getResult, {
          params: await keyOf(server.university.teachers.aigul),
        })
      ).body,
    ].join(' ')
    const students = groups.flatMap(({ grades }) => Object.keys(grades))
    expect(students.filter((student) => answers.includes(`"${student}"`))).toEqual([])
    expect(answers).not.toMatch(/student"|grades"/)
  })
})

describe('a result', () => {
  test('has its distribution, counted student by student, and the same figures as the list', async () => {
    const { aigul } = server.university.teachers
    const detail = await server.ask('aigul', contract.getResult, { params: await keyOf(aigul) })
    const [listed] = (await list('aigul')).items
    expect(detail).toMatchObject({ ...listed })
    const count = (wanted: boolean, from: number) =>
      groups
        .filter(
          ({ course, teachers, year: of }) =>
            course === 'C0' && (teachers[0] === aigul && of === year) === wanted,
        )
        .flatMap(({ grades }) => Object.values(grades))
        .filter((grade) => grade !== null && Math.min(90, Math.floor(grade / 10) * 10) === from).length
    expect(detail.distribution).toEqual(
      Array.from({ length: 10 }, (_, i) => ({
        from: i * 10,
        own: count(true, i * 10),
        norm: count(false, i * 10),
      })),
    )
    expect(detail.distribution.reduce((sum, { norm }) => sum + norm, 0)).toBe(60)
  })

  test('of fewer than 5 students is hidden whole, from the office too', async () => {
    const { aigul } = server.university.teachers
    const few = groups.map((group) =>
      group.teachers[0] === aigul && group.year === year
        ? { ...group, grades: Object.fromEntries(Object.entries(group.grades).slice(0, 4)) }
        : group,
    )
    await enterGroups(server.own, few)
    for (const account of ['aigul', 'office'] as const) {
      const detail = await server.ask(account, contract.getResult, { params: await keyOf(aigul) })
      expect(detail).toMatchObject({
        unknown: 'hidden',
        mean: null,
        result: null,
        difference: null,
        distribution: [],
      })
      expect(Object.values(detail.shares).every((share) => share === null)).toBe(true)
    }
  })

  test('without a norm says so', async () => {
    const { aigul } = server.university.teachers
    await enterGroups(server.own, groups.filter(({ course, teachers, year: of }) => course !== 'C0' || (teachers[0] === aigul && of === year))) // prettier-ignore
    expect((await list('aigul')).items[0]).toMatchObject({ unknown: 'no-norm', result: null, normMean: null })
  })

  test('is found by a part of the course, page by page', async () => {
    expect((await list('office', { search: 'c1' })).items.map(({ course }) => course.code)).toEqual([
      'C1',
      'C1',
    ])
    const second = await list('office', { page: 3, pageSize: 3 })
    expect([second.total, second.items.length]).toEqual([8, 2])
    expect((await list('office', { page: 9, pageSize: 3 })).total).toBe(8)
  })
})

describe('a rise that nothing explains', () => {
  const raise = async (teacher: number) => {
    const raised = groups.map((group) =>
      group.teachers[0] === teacher && group.year === year
        ? {
            ...group,
            grades: Object.fromEntries(
              Object.entries(group.grades).map(([name, grade]) => [name, Math.min(100, (grade ?? 0) + 14)]),
            ),
          }
        : group,
    )
    await enterGroups(server.own, raised)
  }
  const said = { accepted: true, reason: 'Marked anew by a second teacher: the same grades' }

  test('is marked and its result withheld, until the office accepts it with a reason', async () => {
    const { aigul } = server.university.teachers
    await raise(aigul)
    const params = await keyOf(aigul)
    expect(await server.ask('aigul', contract.getResult, { params })).toMatchObject({
      risen: true,
      unknown: 'rise',
      result: null,
      review: null,
    })
    expect((await list('office', { rises: true })).items.map(({ teacherId }) => teacherId)).toEqual([aigul])
    const seen = await server.ask('office', contract.reviewResult, { params, body: said })
    expect(seen).toMatchObject({
      risen: true,
      unknown: null,
      review: { accepted: true, by: 'Office', reason: said.reason },
    })
    expect(Number(seen.result)).toBeGreaterThan(0.3)
    await server.ask('office', contract.reviewResult, {
      params,
      body: { accepted: false, reason: 'The key was published before the exam' },
    })
    expect(await server.ask('aigul', contract.getResult, { params })).toMatchObject({
      unknown: 'rise',
      result: null,
      review: { accepted: false },
    })
    expect(await server.own.selectFrom('result_review').selectAll().execute()).toHaveLength(2)
  })

  test('is accepted by nobody else, not without a reason, and not where there is none', async () => {
    const { aigul } = server.university.teachers
    await raise(aigul)
    const params = await keyOf(aigul)
    for (const account of ['aigul', 'head', 'dean', 'management', 'nobody'] as const) {
      expect(await server.refusal(account, contract.reviewResult, { params, body: said })).toMatchObject({
        status: 403,
      })
    }
    const bare = { params, body: { ...said, reason: ' ' } }
    expect(await server.refusal('office', contract.reviewResult, bare)).toMatchObject({ status: 400 })
    const gone = { params: { ...params, term: 2 }, body: said }
    expect(await server.refusal('office', contract.reviewResult, gone)).toMatchObject({
      code: 'teaching.result-not-found',
    })
  })

  test('is not accepted by the teacher, though the account be of the office as well', async () => {
    const { aigul } = server.university.teachers
    await raise(aigul)
    await sql`insert into core.account_role (account_id, role) values (${server.university.accounts.aigul}, 'office')`.execute(
      server.own,
    )
    const refused = await server.refusal('aigul', contract.reviewResult, {
      params: await keyOf(aigul),
      body: said,
    })
    expect(refused).toMatchObject({ status: 403, code: 'teaching.review-own' })
    await sql`delete from core.account_role where account_id = ${server.university.accounts.aigul} and role = 'office'`.execute(
      server.own,
    )
  })
})
