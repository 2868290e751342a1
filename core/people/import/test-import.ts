import { onTestFinished } from 'vitest'
import type { ImportReport } from '../../contract/resources/people.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import type { ImportKindName } from './definition.ts'
import { importPeople } from './import-people.ts'
import type { ImportOrder } from './import-people.ts'

export const unitsFile = `code,kind,parent,name_kk,name_ru,name_en
CS,кафедра,FIT,Компьютерлік ғылымдар,Компьютерные науки,Computer science
FIT,Faculty,UNI,Ақпараттық технологиялар,Информационные технологии,Information technology
UNI,university,,Университет,Университет,University
`
export const teachersFile = `Табельный номер;Фамилия;Имя;Отчество;Пол;Год рождения;Дата приёма на работу
001;Сәрсенов;Ерлан;Қайратұлы;ер;1980;01.09.2015
002;Ли;Анна;;Ж;;
`
export const appointmentsFile = `teacher,unit,position,degree,rate,starts_on,ends_on
001,CS,Аға оқытушы,магистр,1,01.09.2020,
002,CS,Ассоциированный профессор,PhD,"0,5",2021-09-01,30.06.2024
`

export interface TestImport {
  db: TestDatabase['db']
  /** Imports a text as CSV or a file's content; in English and for good, unless the order says otherwise. */
  run(kind: ImportKindName, file: string | Buffer, order?: Partial<ImportOrder>): Promise<ImportReport>
  /** The three files above. */
  runAll(): Promise<void>
}

/** An empty database for one test. */
export async function prepareImport(): Promise<TestImport> {
  const database = await createTestDatabase()
  onTestFinished(database.drop)
  const run: TestImport['run'] = async (kind, file, order = {}) => {
    const content = typeof file === 'string' ? Buffer.from(file) : file
    return await importPeople(database.db, { kind, content, dryRun: false, language: 'en', ...order })
  }
  const runAll = async () => {
    await run('units', unitsFile)
    await run('teachers', teachersFile)
    await run('appointments', appointmentsFile)
  }
  return { db: database.db, run, runAll }
}
