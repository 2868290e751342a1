import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import * as contract from '../contract.ts'
import type { ImportKind } from './kind-names.ts'
import { createTestTeaching } from '../test-teaching.ts'
import type { TestTeaching } from '../test-teaching.ts'

let server: TestTeaching
beforeAll(async () => {
  server = await createTestTeaching()
})
afterAll(async () => {
  await server.close()
})
beforeEach(async () => {
  await sql`truncate plugin_teaching.enrolment, plugin_teaching.group_teacher, plugin_teaching.course_group, plugin_teaching.course,
    plugin_teaching.group_sums, plugin_teaching.course_result, plugin_teaching.result_review restart identity`.execute(
    server.own,
  )
})

const files: Record<ImportKind, string> = {
  courses: 'code,title\nCS-101,Introduction to programming\nCS-102,Data structures\n',
  groups:
    'Group code;Course code;Academic year begins;Term;Grades final on\nG1;CS-101;2025;autumn;20.01.2026\nG2;CS-102;2025;1;2026-01-22\n',
  teachers: 'group,teacher\nG1,Orazbayeva Aigul\nG2,Akhmetov Marat\n',
  grades: 'group,student,grade,attempts,attended\nG1,S-1,"87,5",1,yes\nG1,S-2,,,no\nG2,s-1 ,90 %,2,+\n',
}
const bring = async (
  kind: ImportKind,
  file: string | Buffer = files[kind],
  body: { dryRun?: string; headings?: string } = { dryRun: 'false' },
) => await server.bring(contract.importTable, { params: { kind }, body }, file)
const bringAll = async () => {
  for (const kind of contract.importKinds) expect(await bring(kind)).toMatchObject({ written: true })
}

describe('courses, groups, teachers and grades', () => {
  test('are brought one after the other, and give results at once', async () => {
    await bringAll()
    const results = await server.own
      .selectFrom('course_result')
      .select(['teacher_id', 'enrolled', 'graded', 'attended'])
      .orderBy('teacher_id')
      .execute()
    const { aigul, marat } = server.university.teachers
    expect(results).toEqual([
      { teacher_id: aigul, enrolled: 2, graded: 1, attended: 1 },
      { teacher_id: marat, enrolled: 1, graded: 1, attended: 1 },
    ])
  })

  test('brought again change nothing; a changed cell changes its row and nothing else', async () => {
    await bringAll()
    for (const kind of contract.importKinds) {
      expect((await bring(kind)).counts).toMatchObject({ created: 0, changed: 0, refused: 0 })
    }
    const changed = await bring('grades', 'group,student,grade\nG1,S-2,55\nG1,S-1,87.5\n')
    expect(changed.counts).toMatchObject({ changed: 1, unchanged: 1 })
    expect(changed.lines.find(({ outcome }) => outcome === 'changed')?.changes).toMatchObject([
      { field: 'grade', from: null, to: '55' },
    ])
    const kept = await server.own
      .selectFrom('enrolment')
      .select('attended')
      .where('grade', '=', '55')
      .executeTakeFirst()
    expect(kept?.attended).toBe(false)
  })

  test('the same student is the same in every file, whatever the case and spaces of the code', async () => {
    await bringAll()
    const students = await server.own.selectFrom('enrolment').select('student').distinct().execute()
    expect(students).toHaveLength(2)
  })

  test('what was brought by mistake is taken back, counts no longer, and can be brought again', async () => {
    await bringAll()
    const { aigul } = server.university.teachers
    const resultsOf = async () =>
      await server.own
        .selectFrom('course_result')
        .select('enrolled')
        .where('teacher_id', '=', aigul)
        .execute()
    await bring('grades', 'group,student,enrolled\nG1,S-2,no\n')
    expect(await resultsOf()).toEqual([{ enrolled: 1 }])
    const takenBack = 'group,teacher,taught\nG1,Orazbayeva Aigul,no\n'
    expect((await bring('teachers', takenBack)).counts).toMatchObject({ changed: 1 })
    expect((await bring('teachers', takenBack)).counts).toMatchObject({ unchanged: 1 })
    expect(await resultsOf()).toEqual([])
    await bring('teachers', 'group,teacher,taught\nG1,Orazbayeva Aigul,yes\n')
    expect(await resultsOf()).toEqual([{ enrolled: 1 }])
  })

  test('a dry run says what would be done and writes nothing', async () => {
    expect(await bring('courses', files.courses, {})).toMatchObject({
      dryRun: true,
      written: false,
      counts: { created: 2 },
    })
    expect(await server.own.selectFrom('course').selectAll().execute()).toEqual([])
  })

  test('one line that cannot be taken, and none is: every refused line has its reason', async () => {
    await bringAll()
    const file =
      'group,student,grade,attempts,attended\nG1,S-3,101,1,yes\nG9,S-3,60,1,yes\nG1,S-4,60,0,maybe\nG1,S-5,60,1,yes\nG1,S-5,61,1,yes\n'
    const report = await bring('grades', file)
    expect(report).toMatchObject({ written: false, counts: { lines: 5, refused: 5 } })
    expect(report.lines.map(({ issues }) => issues.map(({ code }) => code))).toEqual([
      ['teaching.grade'],
      ['import.choice-near'],
      ['teaching.attempts', 'teaching.yes-no'],
      ['import.duplicate'],
      ['import.duplicate'],
    ])
    expect(
      report.lines.flatMap(({ issues }) => issues).every(({ message }) => !/^[a-z.-]+$/.test(message)),
    ).toBe(true)
    expect(await server.own.selectFrom('enrolment').selectAll().execute()).toHaveLength(3)
  })

  test('unknown courses, teachers and terms, and marks that do not rise, are refused', async () => {
    await bringAll()
    const group = (line: string) =>
      `code,course,year,term,ended_on,pass_mark,good_mark,excellent_mark\n${line}\n`
    const codes = async (kind: ImportKind, file: string) =>
      (await bring(kind, file)).lines[0]?.issues.map(({ code }) => code)
    expect(await codes('groups', group('G3,MATH,2025,1,2026-01-20,,,'))).toEqual(['import.unknown-code'])
    expect(await codes('groups', group('G3,CS-101,2025,4,2026-01-20,,,'))).toEqual(['teaching.term'])
    expect(await codes('groups', group('G3,CS-101,2025,1,2026-01-20,60,55,90'))).toEqual([
      'teaching.marks-order',
    ])
    expect(await codes('teachers', 'group,teacher\nG1,Nobody\n')).toEqual(['import.unknown-teacher'])
    expect(await codes('groups', group('G3,CS-101,2025,1,2026-01-20,,,95'))).toEqual([])
    const made = await server.own
      .selectFrom('course_group')
      .selectAll()
      .where('code', '=', 'G3')
      .executeTakeFirst()
    expect([made?.pass_mark, made?.good_mark, made?.excellent_mark].map(Number)).toEqual([50, 70, 95])
  })

  test('a person can say which column is which', async () => {
    const file = 'Шифр пары,Как называется\nCS-101,Программирование\n'
    const found = await server.ask('office', contract.getHeadings, { body: {} }, file)
    expect(found.headings).toEqual(['Шифр пары', 'Как называется'])
    const headings = JSON.stringify({ code: 'Шифр пары', title: 'Как называется' })
    expect(await bring('courses', file, { dryRun: 'false', headings })).toMatchObject({
      counts: { created: 1 },
      notices: [],
    })
    const saying = (wrong: string) => ({ params: { kind: 'courses' as const }, body: { headings: wrong } })
    expect(await server.bringInVain(contract.importTable, saying('{"code":"nowhere"}'), file)).toMatchObject({
      code: 'import-heading-unknown',
      status: 422,
    })
    expect(await server.refusal('office', contract.importTable, saying('no json'), file)).toMatchObject({
      code: 'input-invalid',
      status: 400,
    })
  })

  test.for(['csv', 'xlsx'] as const)('the templates can be imported as they are (%s)', async (format) => {
    await sql`update core.teacher set code = 'T-0001' where id = ${server.university.teachers.aigul}`.execute(
      server.own,
    )
    for (const kind of contract.importKinds) {
      const { rawPayload } = await server.send('office', contract.getTemplate, {
        params: { kind },
        query: { format },
      })
      expect(await bring(kind, Buffer.from(rawPayload))).toMatchObject({
        written: true,
        notices: [],
        counts: { created: 1 },
      })
    }
    await sql`update core.teacher set code = 'Orazbayeva Aigul' where id = ${server.university.teachers.aigul}`.execute(
      server.own,
    )
  })

  test('windows-1251 is read with a notice, UTF-8 with a byte order mark without', async () => {
    const text = 'Код дисциплины;Название\nМ-1;Алгебра\n'
    const cp1251 = Buffer.from(Array.from(text, (letter) => toByte(letter.codePointAt(0) ?? 0)))
    const report = await bring('courses', cp1251)
    expect(report).toMatchObject({ counts: { created: 1 }, notices: [{ code: 'import.encoding' }] })
    expect(await bring('courses', `\uFEFF${text}`)).toMatchObject({ counts: { unchanged: 1 }, notices: [] })
  })
})

/** Windows-1251 of Russian letters: А is 0xC0, а is 0xE0, in the order of the alphabet. */
const toByte = (code: number) => (code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code)

describe('who may not', () => {
  test.for(['aigul', 'head', 'dean', 'management', 'nobody'] as const)(
    '%s imports nothing',
    async (account) => {
      const refused = { status: 403, code: 'not-allowed' }
      const kind = { params: { kind: 'courses' as const }, body: {} }
      expect(await server.refusal(account, contract.importTable, kind, files.courses)).toMatchObject(refused)
      expect(
        await server.refusal(account, contract.importMoodle, { body: { group: 'G1' } }, files.grades),
      ).toMatchObject(refused)
      expect(await server.refusal(account, contract.getHeadings, { body: {} }, files.grades)).toMatchObject(
        refused,
      )
      const template = { params: { kind: 'courses' as const }, query: {} }
      expect(await server.refusal(account, contract.getTemplate, template)).toMatchObject(refused)
    },
  )

  test('a form without a file, and a file that is no table', async () => {
    const moodle = { body: { group: 'G1' } }
    expect(await server.refusal('office', contract.importMoodle, moodle)).toMatchObject({
      code: 'import-file-missing',
    })
    const picture = readFileSync(process.execPath).subarray(0, 4096)
    expect(await server.bringInVain(contract.importMoodle, moodle, picture)).toMatchObject({
      status: 415,
    })
  })
})
