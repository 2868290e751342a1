import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import type { ImportReport } from '../../contract/resources/people.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import type { ImportKindName } from './definition.ts'
import { importPeople } from './import-people.ts'
import type { ImportOrder } from './import-people.ts'

const databases: TestDatabase[] = []
let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  databases.push(database)
})
afterAll(async () => {
  await Promise.all(databases.map((each) => each.drop()))
})

async function run(
  kind: ImportKindName,
  csv: string | Buffer,
  order: Partial<ImportOrder> = {},
): Promise<ImportReport> {
  const content = typeof csv === 'string' ? Buffer.from(csv) : csv
  return await importPeople(database.db, { kind, content, dryRun: false, language: 'en', ...order })
}

const units = `code,kind,parent,name_kk,name_ru,name_en
CS,кафедра,FIT,Компьютерлік ғылымдар,Компьютерные науки,Computer science
FIT,Faculty,UNI,Ақпараттық технологиялар,Информационные технологии,Information technology
UNI,university,,Университет,Университет,University
`
const teachers = `Табельный номер;Фамилия;Имя;Отчество;Пол;Год рождения;Дата приёма на работу
001;Сәрсенов;Ерлан;Қайратұлы;ер;1980;01.09.2015
002;Ли;Анна;;Ж;;
`
const appointments = `teacher,unit,position,degree,rate,starts_on,ends_on
001,CS,Аға оқытушы,магистр,1,01.09.2020,
002,CS,Ассоциированный профессор,PhD,"0,5",2021-09-01,30.06.2024
`

async function runAll(): Promise<void> {
  for (const [kind, csv] of [
    ['units', units],
    ['teachers', teachers],
    ['appointments', appointments],
  ] as const) {
    expect((await run(kind, csv)).written).toBe(true)
  }
}

/** Every row with the transaction that wrote it. */
async function rowsWithWriter(): Promise<unknown> {
  const { rows } = await sql`
    select 'unit' as t, xmin::text, ctid::text, to_jsonb(u) as row from unit u
    union all select 'teacher', xmin::text, ctid::text, to_jsonb(t) from teacher t
    union all select 'appointment', xmin::text, ctid::text, to_jsonb(a) from appointment a
    union all select 'leave', xmin::text, ctid::text, to_jsonb(l) from leave l
    order by 1, 4`.execute(database.db)
  return rows
}

const count = async (table: 'unit' | 'teacher' | 'appointment' | 'leave') =>
  (
    await database.db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

test('units, teachers, appointments and leave are written as the files say', async () => {
  await runAll()
  const { rows } = await sql`
    select t.code, t.family_name, t.given_name, t.patronymic, t.sex, t.birth_year, t.service_from, u.code as unit, p.code as parent,
      a.position, a.degree, a.rate, a.starts_on, a.ends_on
    from appointment a join teacher t on t.id = a.teacher_id join unit u on u.id = a.unit_id join unit p on p.id = u.parent_id
    order by t.code`.execute(database.db)
  expect(rows).toEqual([
    {
      ...{ code: '001', family_name: 'Сәрсенов', given_name: 'Ерлан', patronymic: 'Қайратұлы', sex: 'male' },
      ...{ birth_year: 1980, service_from: '2015-09-01', unit: 'CS', parent: 'FIT' },
      ...{
        position: 'senior-lecturer',
        degree: 'master',
        rate: '1.000',
        starts_on: '2020-09-01',
        ends_on: null,
      },
    },
    {
      ...{ code: '002', family_name: 'Ли', given_name: 'Анна', patronymic: null, sex: 'female' },
      ...{ birth_year: null, service_from: null, unit: 'CS', parent: 'FIT', position: 'associate-professor' },
      ...{ degree: 'phd', rate: '0.500', starts_on: '2021-09-01', ends_on: '2024-06-30' },
    },
  ])
  const leaves = await run('leaves', 'teacher;kind;starts_on;ends_on\n001;больничный;03.02.2025;21.02.2025\n')
  expect(leaves).toMatchObject({ written: true, counts: { created: 1 } })
  expect(await database.db.selectFrom('leave').select(['kind', 'starts_on', 'ends_on']).execute()).toEqual([
    { kind: 'sick', starts_on: '2025-02-03', ends_on: '2025-02-21' },
  ])
})

test('a dry run says what would be done and writes nothing', async () => {
  const report = await run('units', units, { dryRun: true })
  expect(report).toMatchObject({ dryRun: true, written: false, counts: { lines: 3, created: 3, refused: 0 } })
  expect(report.lines.map(({ line, key, outcome }) => [line, key, outcome])).toEqual([
    [2, 'CS', 'created'],
    [3, 'FIT', 'created'],
    [4, 'UNI', 'created'],
  ])
  expect(await count('unit')).toBe(0)
})

test('the same files again touch no row', async () => {
  await runAll()
  const before = await rowsWithWriter()
  const reports = await Promise.all([
    run('units', units),
    run('teachers', teachers),
    run('appointments', appointments),
  ])
  expect(reports.map(({ counts }) => counts.unchanged)).toEqual([3, 2, 2])
  expect(await rowsWithWriter()).toEqual(before)
})

test('only changed lines are written, and the report says from what to what', async () => {
  await runAll()
  const writers = async () =>
    (
      await sql<{ code: string; xmin: string }>`select code, xmin::text from teacher order by code`.execute(
        database.db,
      )
    ).rows
  const before = await writers()
  const changed = teachers.replace(';Анна;', ';Аннa-Мария;').replace('Аннa', 'Анна')
  const report = await run('teachers', changed, { language: 'kk' })
  expect(report.counts).toEqual({ lines: 2, created: 0, changed: 1, unchanged: 1, refused: 0 })
  expect(report.lines[1]).toMatchObject({
    line: 3,
    outcome: 'changed',
    changes: [{ field: 'given_name', title: 'Аты', from: 'Анна', to: 'Анна-Мария' }],
  })
  const after = await writers()
  expect(after[0]).toEqual(before[0])
  expect(after[1]!.xmin).not.toBe(before[1]!.xmin)
})

test('a column that the file has not stays as it is, an empty cell makes the value unknown', async () => {
  await runAll()
  await run('teachers', 'code,family_name,given_name,patronymic\n001,Сәрсенов,Ерлан,\n')
  const row = await database.db
    .selectFrom('teacher')
    .selectAll()
    .where('code', '=', '001')
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ patronymic: null, birth_year: 1980, sex: 'male', service_from: '2015-09-01' })
})

test('values of a list are reported by their names in the language of the reader', async () => {
  await runAll()
  const report = await run('appointments', appointments.replace('Аға оқытушы', 'Associate professor'), {
    language: 'ru',
  })
  expect(report.lines[0]!.changes).toEqual([
    { field: 'position', title: 'Должность', from: 'Старший преподаватель', to: 'Ассоциированный профессор' },
  ])
})

test('one line with an issue, and nothing of the file is written', async () => {
  const report = await run('teachers', `${teachers}003;Ким;;;;;\n`)
  expect(report).toMatchObject({ written: false, counts: { lines: 3, created: 2, refused: 1 } })
  expect(report.lines[2]).toMatchObject({
    line: 4,
    outcome: 'refused',
    issues: [{ path: 'given_name', code: 'import.required', message: 'Given name: must be filled in.' }],
  })
  expect(await count('teacher')).toBe(0)
})

test('what is unknown is named with the nearest that is known', async () => {
  await runAll()
  const csv = 'teacher,unit,position,rate,starts_on\n0O1,XYZ,Сеньор преподаватель,3,1.1.2020\n'
  const [line] = (await run('appointments', csv)).lines
  expect(line!.issues.map(({ path, code, params }) => [path, code, params.near])).toEqual([
    ['position', 'import.choice-near', 'Senior lecturer'],
    ['rate', 'import.rate', undefined],
    ['teacher', 'import.unknown-teacher-near', '001'],
    ['unit', 'import.unknown-unit', undefined],
  ])
  expect(line!.issues[2]!.message).toBe(
    'Personnel number: there is no teacher with the personnel number “0O1”. Did you mean “001”?',
  )
})

test('a key given twice is reported at both lines', async () => {
  const report = await run('teachers', `${teachers}\n001;Другой;Человек;;;;\n`, { language: 'ru' })
  expect(
    report.lines.map(({ line, issues }) => [line, issues.map(({ code, params }) => [code, params.lines])]),
  ).toEqual([
    [2, [['import.duplicate', ['5']]]],
    [3, []],
    [5, [['import.duplicate', ['2']]]],
  ])
  expect(report.lines[0]!.issues[0]!.message).toBe('Табельный номер: «001» есть также в строках: 5.')
})

test('rates above 2 on a day are warned about but written', async () => {
  await runAll()
  const csv =
    'teacher,unit,rate,starts_on,ends_on\n001,FIT,"1,5",2024-01-01,2024-12-31\n002,FIT,1.5,2024-01-01,\n'
  const report = await run('appointments', csv)
  expect(report.written).toBe(true)
  // 001: 1 since 2020 and 1.5 = 2.5; 002: 0.5 until June and 1.5 = 2.
  expect(report.lines.map(({ warnings }) => warnings.map(({ params }) => params))).toEqual([
    [{ total: 2.5, day: '2024-01-01' }],
    [],
  ])
})

test('a post or leave cannot end before it begins', async () => {
  await runAll()
  const report = await run(
    'appointments',
    'teacher,unit,rate,starts_on,ends_on\n001,FIT,1,2024-01-02,2024-01-01\n',
  )
  expect(report.lines[0]!.issues[0]).toMatchObject({ path: 'ends_on', code: 'import.ends-before-start' })
  // The first day stands in the database, the last in the file.
  const later = await run('leaves', 'teacher,kind,starts_on,ends_on\n001,other,2024-01-02,2024-01-01\n')
  expect(later.counts.refused).toBe(1)
})

test('a unit must stand under one of higher rank, in the file and in what is known', async () => {
  await runAll()
  const head = 'code,kind,parent,name_kk,name_ru,name_en\n'
  const codes = async (line: string) =>
    (await run('units', head + line, { dryRun: true })).lines.flatMap(({ issues }) =>
      issues.map(({ code }) => code),
    )
  expect(await codes('A,faculty,,a,a,a')).toEqual(['import.parent-missing'])
  expect(await codes('A,university,UNI,a,a,a')).toEqual(['import.university-below'])
  expect(await codes('A,faculty,CS,a,a,a')).toEqual(['import.parent-rank'])
  expect(await codes('A,department,FTI,a,a,a')).toEqual(['import.unknown-unit-near'])
  expect(await codes('FIT,department,UNI,a,a,a')).toEqual(['import.unit-above'])
  expect(await codes('A,faculty,B,a,a,a\nB,faculty,A,a,a,a')).toEqual([
    'import.parent-rank',
    'import.parent-rank',
  ])
})

test('a sheet of Excel with dates and numbers says the same as a CSV', async () => {
  await run('units', units)
  await run('teachers', teachers)
  const day = { value: new Date('2020-09-01T00:00:00Z'), format: 'dd.mm.yyyy' }
  const header = ['Ставка', 'Табель нөмірі', 'Бөлімше коды', 'Басталу күні', 'Лауазымы']
  const content = await writeXlsxFile([
    header,
    [0.75, '001', 'CS', day, 'профессор'],
    [null, null, null, null, null],
  ]).toBuffer()
  expect(await run('appointments', content)).toMatchObject({
    written: true,
    counts: { lines: 1, created: 1 },
  })
  expect(
    await database.db
      .selectFrom('appointment')
      .select(['rate', 'starts_on', 'position'])
      .executeTakeFirstOrThrow(),
  ).toEqual({ rate: '0.750', starts_on: '2020-09-01', position: 'professor' })
})

test('columns that nobody knows and a guessed encoding are noticed', async () => {
  const russian = [...'code;family_name;given_name;телефон\n1;Орлов;Петр;5\n'].map((letter) =>
    letter.codePointAt(0)!,
  )
  const bytes = russian.map((code) => (code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code))
  const report = await run('teachers', Buffer.from(bytes))
  expect(report.notices.map(({ code }) => code)).toEqual(['import.encoding', 'import.unknown-columns'])
  expect(report.notices[1]!.message).toBe('Unknown columns were left out: телефон.')
  expect(report.written).toBe(true)
})

test('a file without lines or columns is refused as a whole', async () => {
  await expect(run('teachers', 'code,family_name,given_name\n\n')).rejects.toMatchObject({
    code: 'import-file-empty',
  })
  await expect(run('teachers', '\n\n\n\n\n')).rejects.toMatchObject({ code: 'import-columns-missing' })
})

test('two imports at once do not mix: the second finds what the first has written', async () => {
  const reports = await Promise.all([
    run('teachers', teachers),
    run('teachers', teachers),
    run('teachers', teachers),
  ])
  expect(reports.map(({ counts }) => counts.created).sort()).toEqual([0, 0, 2])
  expect(reports.map(({ counts }) => counts.unchanged).sort()).toEqual([0, 2, 2])
})

test('thousands of lines are written together, and the report lists those that matter', async () => {
  const line = (i: number) => `N${i},Тегі${i},Аты${i},${i === 8000 ? 'кісі' : 'ер'}\n`
  const csv = `code,family_name,given_name,sex\n${Array.from({ length: 8000 }, (_, i) => line(i + 1)).join('')}`
  const refused = await run('teachers', csv)
  expect(refused).toMatchObject({ written: false, counts: { lines: 8000, refused: 1 }, omitted: 3000 })
  expect(refused.lines).toHaveLength(5000)
  expect(refused.lines.at(-1)).toMatchObject({ line: 8001, outcome: 'refused' })
  const report = await run('teachers', csv.replace('кісі', 'ер'))
  expect(report).toMatchObject({ written: true, counts: { created: 8000 } })
  expect(await count('teacher')).toBe(8000)
})
