import { expect, test } from 'vitest'
import { appointmentsFile, prepareImport } from '../test-import.ts'

test('values of a list are reported by their names in the language of the reader', async () => {
  const { run, runAll } = await prepareImport()
  await runAll()
  const report = await run('appointments', appointmentsFile.replace('Аға оқытушы', 'Associate professor'), {
    language: 'ru',
  })
  expect(report.lines[0]!.changes).toEqual([
    { field: 'position', title: 'Должность', from: 'Старший преподаватель', to: 'Ассоциированный профессор' },
  ])
})

test('what is unknown is named with the nearest that is known', async () => {
  const { run, runAll } = await prepareImport()
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

test('rates above 2 on a day are warned about but written', async () => {
  const { run, runAll } = await prepareImport()
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
  const { run, runAll } = await prepareImport()
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

test('the field of a post and the citizenship of a teacher are written, changed, and emptied', async () => {
  const { db, run, runAll } = await prepareImport()
  await runAll()
  const kept = async () => ({
    fields: (await db.selectFrom('appointment').select('field').orderBy('starts_on').execute()).map(
      ({ field }) => field,
    ),
    from: (await db.selectFrom('teacher').select('citizenship').orderBy('code').execute()).map(
      ({ citizenship }) => citizenship,
    ),
  })
  await run(
    'appointments',
    appointmentsFile
      .replace('rate,', 'field,rate,')
      .replace('магистр,1', 'магистр,IT,1')
      .replace('PhD,', 'PhD,,'),
  )
  await run(
    'teachers',
    'code,family_name,given_name,citizenship\n001,Сәрсенов,Ерлан,Қазақстан\n002,Ли,Анна,uz\n',
  )
  expect(await kept()).toEqual({ fields: ['IT', null], from: ['KZ', 'UZ'] })
  await run('teachers', 'code,family_name,given_name,citizenship\n002,Ли,Анна,\n')
  expect((await kept()).from).toEqual(['KZ', null])
})
