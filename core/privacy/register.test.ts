import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAuditableTables } from '../audit/attach-audit.ts'
import { languages } from '../contract/text.ts'
import { schemaOf } from '../database/migrate.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { readDeclarations, readRegister } from './register.ts'

let server: TestApp
beforeAll(async () => {
  server = await createTestApp({ found: await loadListedPlugins() })
}, 60_000)
afterAll(async () => {
  await server.close()
})

/** Columns that say of a person nothing but by which number it acted; the accounts behind the numbers are in the register. */
const whoActed = /^(created_by|uploaded_by|requested_by|approved_by|moved_by|asked_by|decided_by|account_id)$/
/** Columns that hold data of a person wherever they stand. */
const tellsOfPerson =
  /^(teacher_id|teacher_ids|fact_teacher_id|.*_name|name|email|recipient|orcid|sex|birth_year|citizenship|patronymic|answer|phone|iin)$/
/** What is called like that and is not of a person, or is in a table that is not of persons. */
const notOfPersons = new Map(
  `
  core.unit.name                 of a unit
  core.snapshot_unit.name        of a unit
  core.run_line.fact_teacher_id  by number whose fact a line of a head counts
  core.position.name             of a position
  core.degree.name               of a degree
  core.indicator.name            of an indicator
  core.weighting.name            of a weighting
  core.migration.name            of a file
  core.audit_entry.table_name    of a table
  core.api_token.name            of a token
  core.data_access.teacher_ids   whose data were read: given to the person with the accesses, without names
  classroom.device.name          of a sensor
  classroom.quarantine.device_name  of a sensor
  classroom.announcement.device_name  of a sensor
  classroom.ingest_process.name  of a process
  classroom.room.name            of a room
  core.mail.recipient            gone with the mail after a while; erased with the person
`
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}/) as [string, string]),
)

test('every column that holds data of a person is declared', async () => {
  const undeclared: string[] = []
  const declarations = readDeclarations(server.context.host)
  const owners = ['core', ...server.context.host.plugins().map(({ id }) => id)]
  let looked = 0
  for (const owner of owners) {
    const data = declarations.find((declaration) => declaration.owner === owner)?.data ?? {}
    for (const { name, columns } of await readAuditableTables(server.database.pool, schemaOf(owner))) {
      const declared = new Set([...(data[name]?.columns ?? []), ...Object.values(data[name]?.person ?? {})])
      for (const column of columns) {
        looked += 1
        const path = `${owner}.${name}.${column.name}`
        if (!tellsOfPerson.test(column.name) || whoActed.test(column.name)) continue
        if (!declared.has(column.name) && !notOfPersons.has(path)) undeclared.push(path)
      }
    }
  }
  expect(looked).toBeGreaterThan(200)
  expect(undeclared).toEqual([])
})

test('what is declared is there: tables, columns, what is erased', async () => {
  const missing: string[] = []
  for (const { owner, data } of readDeclarations(server.context.host)) {
    const tables = await readAuditableTables(server.database.pool, schemaOf(owner))
    for (const [name, { columns, person, erase, texts }] of Object.entries(data)) {
      const there = tables.find((table) => table.name === name)?.columns.map((column) => column.name) ?? []
      const named = [
        ...columns,
        ...Object.values(person ?? {}),
        ...Object.keys(texts ?? {}),
        ...(typeof erase === 'string' ? [] : Object.keys(erase)),
      ]
      missing.push(
        ...named.filter((column) => !there.includes(column)).map((column) => `${owner}.${name}.${column}`),
      )
    }
  }
  expect(missing).toEqual([])
})

test.each(languages)('each line has all its words in %s, and readers from the rights table', (language) => {
  const entries = readRegister(server.context.host, language)
  expect(entries.length).toBeGreaterThan(20)
  expect(JSON.stringify(entries)).not.toContain('personalData.')
  const teacher = entries.find(({ owner, table }) => owner === 'core' && table === 'evidence')
  expect(teacher?.readers).toEqual(expect.arrayContaining(['head', 'dean', 'office']))
  expect(teacher?.readers).not.toContain('administrator')
})

test('the register can be read and taken along as a table by anybody', async () => {
  const response = await server.app.inject({
    url: '/api/privacy/register/export?format=csv',
    headers: { 'x-ustaz-account': String(await anybody()), 'accept-language': 'en' },
  })
  const rows: string[][] = parse(response.body, { bom: true })
  expect(rows[0]).toEqual([
    'Owner',
    'Table',
    'Column',
    'What it says',
    'What for',
    'Legal basis',
    'Retention',
    'Who may read',
    'On erasure',
  ])
  expect(rows).toContainEqual(expect.arrayContaining(['core', 'teacher', 'family_name', 'family name']))
  expect(rows).toContainEqual(expect.arrayContaining(['expert', 'sheet', 'answer']))
})

async function anybody(): Promise<number> {
  const { db } = server.database
  const { id } = await db
    .insertInto('account')
    .values({ name: 'Anybody', teacher_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('account_role').values({ account_id: id, role: 'technician', unit_id: null }).execute()
  return id
}
