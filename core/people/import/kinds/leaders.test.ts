import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { prepareImport } from '../test-import.ts'

const file =
  'Табельный номер;Код подразделения;Начало;Окончание\n001;CS;01.09.2024;\n002;FIT;01.09.2021;31.08.2024\n'

test('leaders are written as the file says, and ended by a later one', async () => {
  const { db, run, runAll } = await prepareImport()
  await runAll()
  const led = async () =>
    (
      await sql`select t.code as teacher, u.code as unit, l.starts_on, l.ends_on from leadership l
        join teacher t on t.id = l.teacher_id join unit u on u.id = l.unit_id order by 1`.execute(db)
    ).rows
  expect(await run('leaders', file)).toMatchObject({ written: true, counts: { created: 2 } })
  expect(await led()).toEqual([
    { teacher: '001', unit: 'CS', starts_on: '2024-09-01', ends_on: null },
    { teacher: '002', unit: 'FIT', starts_on: '2021-09-01', ends_on: '2024-08-31' },
  ])
  expect(await run('leaders', file)).toMatchObject({ counts: { unchanged: 2 } })
  const ended = 'teacher,unit,starts_on,ends_on\n001,CS,2024-09-01,2026-01-31\n'
  expect(await run('leaders', ended)).toMatchObject({ counts: { changed: 1 } })
  expect((await led())[0]).toMatchObject({ ends_on: '2026-01-31' })
})

test('who or what is unknown, and an end before the start, are refused', async () => {
  const { run, runAll } = await prepareImport()
  await runAll()
  const report = await run('leaders', 'teacher,unit,starts_on,ends_on\n009,XYZ,2024-09-01,2024-08-31\n')
  expect(report.lines[0]!.issues.map(({ path, code }) => [path, code])).toEqual([
    ['teacher', 'import.unknown-teacher-near'],
    ['unit', 'import.unknown-unit'],
    ['ends_on', 'import.ends-before-start'],
  ])
})
