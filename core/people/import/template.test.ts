import { afterAll, beforeEach, expect, test } from 'vitest'
import { importKinds } from '../../contract/resources/people.ts'
import { languages } from '../../contract/text.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { importPeople } from './import-people.ts'
import { importTemplate } from './template.ts'

const databases: TestDatabase[] = []
let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  databases.push(database)
})
afterAll(async () => {
  await Promise.all(databases.map((each) => each.drop()))
})

/** What the examples stand under. */
const university = `code,kind,parent,name_kk,name_ru,name_en
UNI,university,,u,u,u
FIT,faculty,UNI,f,f,f
`

const cases = [...languages.map((language) => [language, 'csv'] as const), ['ru', 'xlsx'] as const]

test.for(cases)(
  'the examples of the templates can be imported one after the other (%s, %s)',
  async ([language, format]) => {
    const { db } = database
    const order = { dryRun: false, language }
    await importPeople(db, { ...order, kind: 'units', content: Buffer.from(university) })
    for (const kind of importKinds) {
      const { content } = await importTemplate(kind, format, language)
      const report = await importPeople(db, { ...order, kind, content: Buffer.from(content as Buffer) })
      expect(report).toMatchObject({ written: true, notices: [], counts: { lines: 1, created: 1 } })
    }
  },
)

test('a template opens rightly in Excel: byte order mark, and a semicolon where the comma is the decimal sign', async () => {
  const { content, name, mediaType } = await importTemplate('leaves', 'csv', 'ru')
  expect([name, mediaType]).toEqual(['Отпуска.csv', 'text/csv; charset=utf-8'])
  expect(content).toBe(
    '\uFEFFТабельный номер;Вид отпуска;Начало;Окончание\r\nT-0001;больничный;2025-02-03;2025-02-21\r\n',
  )
})
