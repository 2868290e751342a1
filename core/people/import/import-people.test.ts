import { sql } from 'kysely'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { appointmentsFile, prepareImport, teachersFile, unitsFile } from './test-import.ts'
import type { TestImport } from './test-import.ts'

type Db = TestImport['db']

/** Every row with the transaction that wrote it. */
async function rowsWithWriter(db: Db): Promise<unknown> {
  const { rows } = await sql`
    select 'unit' as t, xmin::text, ctid::text, to_jsonb(u) as row from unit u
    union all select 'teacher', xmin::text, ctid::text, to_jsonb(t) from teacher t
    union all select 'appointment', xmin::text, ctid::text, to_jsonb(a) from appointment a
    union all select 'leave', xmin::text, ctid::text, to_jsonb(l) from leave l
    order by 1, 4`.execute(db)
  return rows
}

const count = async (db: Db, table: 'unit' | 'teacher' | 'appointment' | 'leave') =>
  (
    await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

test('units, teachers, appointments and leave are written as the files say', async () => {
  const { db, run, runAll } = await prepareImport()
  await runAll()
  const { rows } = await sql`
    select t.code, t.family_name, t.given_name, t.patronymic, t.sex, t.birth_year, t.service_from, u.code as unit, p.code as parent,
      a.position, a.degree, a.rate, a.starts_on, a.ends_on
    from appointment a join teacher t on t.id = a.teacher_id join unit u on u.id = a.unit_id join unit p on p.id = u.parent_id
    order by t.code`.execute(db)
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
  expect(await db.selectFrom('leave').select(['kind', 'starts_on', 'ends_on']).execute()).toEqual([
    { kind: 'sick', starts_on: '2025-02-03', ends_on: '2025-02-21' },
  ])
})

test('a dry run says what would be done and writes nothing', async () => {
  const { db, run } = await prepareImport()
  const report = await run('units', unitsFile, { dryRun: true })
  expect(report).toMatchObject({ dryRun: true, written: false, counts: { lines: 3, created: 3, refused: 0 } })
  expect(report.lines.map(({ line, key, outcome }) => [line, key, outcome])).toEqual([
    [2, 'CS', 'created'],
    [3, 'FIT', 'created'],
    [4, 'UNI', 'created'],
  ])
  expect(await count(db, 'unit')).toBe(0)
})

test('the same files again touch no row', async () => {
  const { db, run, runAll } = await prepareImport()
  await runAll()
  const before = await rowsWithWriter(db)
  const reports = await Promise.all([
    run('units', unitsFile),
    run('teachers', teachersFile),
    run('appointments', appointmentsFile),
  ])
  expect(reports.map(({ counts }) => counts.unchanged)).toEqual([3, 2, 2])
  expect(await rowsWithWriter(db)).toEqual(before)
})

test('only changed lines are written, and the report says from what to what', async () => {
  const { db, run, runAll } = await prepareImport()
  await runAll()
  const writers = async () =>
    (
      await sql<{ code: string; xmin: string }>`select code, xmin::text from teacher order by code`.execute(
        db,
      )
    ).rows
  const before = await writers()
  const changed = teachersFile.replace(';Анна;', ';Аннa-Мария;').replace('Аннa', 'Анна')
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
  const { db, run, runAll } = await prepareImport()
  await runAll()
  await run('teachers', 'code,family_name,given_name,patronymic\n001,Сәрсенов,Ерлан,\n')
  const row = await db.selectFrom('teacher').selectAll().where('code', '=', '001').executeTakeFirstOrThrow()
  expect(row).toMatchObject({ patronymic: null, birth_year: 1980, sex: 'male', service_from: '2015-09-01' })
})

test('one line with an issue, and nothing of the file is written', async () => {
  const { db, run } = await prepareImport()
  const report = await run('teachers', `${teachersFile}003;Ким;;;;;\n`)
  expect(report).toMatchObject({ written: false, counts: { lines: 3, created: 2, refused: 1 } })
  expect(report.lines[2]).toMatchObject({
    line: 4,
    outcome: 'refused',
    issues: [{ path: 'given_name', code: 'import.required', message: 'Given name: must be filled in.' }],
  })
  expect(await count(db, 'teacher')).toBe(0)
})

test('a key given twice is reported at both lines', async () => {
  const { run } = await prepareImport()
  const report = await run('teachers', `${teachersFile}\n001;Другой;Человек;;;;\n`, { language: 'ru' })
  expect(
    report.lines.map(({ line, issues }) => [line, issues.map(({ code, params }) => [code, params.lines])]),
  ).toEqual([
    [2, [['import.duplicate', ['5']]]],
    [3, []],
    [5, [['import.duplicate', ['2']]]],
  ])
  expect(report.lines[0]!.issues[0]!.message).toBe('Табельный номер: «001» есть также в строках: 5.')
})

test('a sheet of Excel with dates and numbers says the same as a CSV', async () => {
  const { db, run } = await prepareImport()
  await run('units', unitsFile)
  await run('teachers', teachersFile)
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
    await db.selectFrom('appointment').select(['rate', 'starts_on', 'position']).executeTakeFirstOrThrow(),
  ).toEqual({ rate: '0.750', starts_on: '2020-09-01', position: 'professor' })
})

test('columns that nobody knows and a guessed encoding are noticed', async () => {
  const { run } = await prepareImport()
  const russian = Array.from('code;family_name;given_name;телефон\n1;Орлов;Петр;5\n', (letter) =>
    letter.codePointAt(0)!,
  )
  const bytes = russian.map((code) => (code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code))
  const report = await run('teachers', Buffer.from(bytes))
  expect(report.notices.map(({ code }) => code)).toEqual(['import.encoding', 'import.unknown-columns'])
  expect(report.notices[1]!.message).toBe('Unknown columns were left out: телефон.')
  expect(report.written).toBe(true)
})

test('a file without lines or columns is refused as a whole', async () => {
  const { run } = await prepareImport()
  await expect(run('teachers', 'code,family_name,given_name\n\n')).rejects.toMatchObject({
    code: 'import-file-empty',
  })
  await expect(run('teachers', '\n\n\n\n\n')).rejects.toMatchObject({ code: 'import-columns-missing' })
})
