import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import * as contract from '../contract.ts'
import { createTestTeaching, enterGroups } from '../test-teaching.ts'
import type { TestTeaching } from '../test-teaching.ts'
import { readMoodle } from './moodle.ts'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url))
let server: TestTeaching
beforeAll(async () => {
  server = await createTestTeaching()
})
afterAll(async () => {
  await server.close()
})
beforeEach(async () => {
  await enterGroups(server.own, [{ course: 'CS-101', year: 2025, teachers: [1], grades: {} }])
})

const body = { group: 'G0', dryRun: 'false', studentBy: 'idnumber', maximum: 100 } as const
const bring = async (name: string, more: object = {}) =>
  await server.bring(contract.importMoodle, { body: { ...body, ...more } }, fixture(name))
const stored = async () => {
  const rows = await server.own.selectFrom('enrolment').selectAll().orderBy('student').execute()
  return {
    students: rows.map(({ student }) => student),
    grades: rows.map(({ grade }) => grade && Number(grade)).sort(),
  }
}
const grades = [30, 50, 71, 87.5, 98, null]

describe('a gradebook that Moodle exported', () => {
  test.for(['moodle-en.csv', 'moodle-ru.xlsx', 'moodle-kk.ods'])('%s is read whole', async (name) => {
    const report = await bring(name)
    expect(report).toMatchObject({ written: true, counts: { lines: 6, created: 6, refused: 0 } })
    expect((await stored()).grades).toEqual(grades)
  })

  test('brought again, in another language and format, it changes nothing', async () => {
    await bring('moodle-en.csv')
    const before = await stored()
    expect(await bring('moodle-ru.xlsx')).toMatchObject({ counts: { created: 0, changed: 0, unchanged: 6 } })
    expect(await bring('moodle-kk.ods')).toMatchObject({ counts: { unchanged: 6 } })
    expect(await stored()).toEqual(before)
  })

  test('no name, number or address of a student is stored anywhere', async () => {
    await bring('moodle-en.csv')
    const { rows } = await sql<{ text: string }>`
      select coalesce(string_agg(x::text, ' '), '') as text from (
        select to_jsonb(e) from plugin_teaching.enrolment e union all select to_jsonb(g) from plugin_teaching.course_group g
        union all select to_jsonb(r) from plugin_teaching.course_result r union all select to_jsonb(c) from plugin_teaching.course c
      ) all_rows (x)`.execute(server.own)
    expect(rows[0]?.text).toContain('87.5')
    expect(rows[0]?.text).not.toMatch(/Nurlanova|Aliya|S-00\d|example\.kz/i)
    expect((await stored()).students.every((student) => /^[0-9a-f]{24}$/.test(student))).toBe(true)
  })

  test('by address the students are others, so one way must be kept to', async () => {
    await bring('moodle-en.csv')
    expect(await bring('moodle-en.csv', { studentBy: 'email' })).toMatchObject({ counts: { created: 6 } })
  })

  test('another column and another greatest grade can be named: 40 of 50 points are 80 percent', async () => {
    await bring('moodle-en.csv', { item: 'quiz: exam (real)', maximum: 50 })
    expect((await stored()).grades).toEqual([24, 50, 67, 80, 98, null])
  })
})

describe('what cannot be taken is refused with its reason', () => {
  const cells = (header: string[], ...rows: string[][]) => ({ rows: [header, ...rows], notices: [] })
  const read = (header: string[], ...rows: string[][]) => readMoodle(cells(header, ...rows), body)
  const refusal = (code: string) => expect.objectContaining({ code: `teaching.${code}` }) as Error

  test('a file without the students, without a total, or with letters only', () => {
    expect(() => read(['First name', 'Course total (Real)'])).toThrow(refusal('moodle-student'))
    expect(() => read(['ID number', 'Quiz: Exam (Real)'])).toThrow(refusal('moodle-total'))
    expect(() => read(['ID number', 'Course total (Letter)'])).toThrow(refusal('moodle-letters'))
    expect(() => read(['Индивидуальный номер', 'Итоговая оценка за курс (Буква)'])).toThrow(
      refusal('moodle-letters'),
    )
    const named = { ...body, item: 'Course total (Letter)' }
    expect(() => readMoodle(cells(['ID number', 'Course total (Letter)']), named)).toThrow(
      refusal('moodle-letters'),
    )
  })

  test('lines keep their numbers, and a grade that is none goes on to be refused there', async () => {
    const file = 'ID number,Course total (Real)\nS-1,50\n\nS-2,excellent\n,60\n'
    const report = await server.bring(contract.importMoodle, { body: { ...body } }, file)
    expect(report).toMatchObject({ written: false, counts: { lines: 3, refused: 2 } })
    const refused = report.lines.filter(({ outcome }) => outcome === 'refused')
    expect(refused.map(({ line, issues }) => [line, issues[0]?.code])).toEqual([[4, 'teaching.grade'], [5, 'import.required']]) // prettier-ignore
    expect(refused[0]?.issues[0]?.message).toContain('excellent')
    expect((await stored()).students).toEqual([])
  })

  test('points above the maximum are no percent', async () => {
    const file = 'ID number,Course total (Real)\nS-1,51\n'
    const report = await server.bring(contract.importMoodle, { body: { ...body, maximum: 50 } }, file)
    expect(report.lines[0]?.issues.map(({ code }) => code)).toEqual(['teaching.grade'])
  })

  test('a group that is not there', async () => {
    const report = await server.bring(
      contract.importMoodle,
      { body: { ...body, group: 'G1' } },
      fixture('moodle-en.csv'),
    )
    expect(report).toMatchObject({ written: false, counts: { refused: 6 } })
    expect(report.lines[0]?.issues[0]?.message).toContain('G0')
  })
})
