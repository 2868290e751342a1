import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { openDatabase } from './connection.ts'
import { migrate } from './migrate.ts'

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'ustaz-migrations-'))
})
afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

async function write(name: string, sql: string): Promise<void> {
  await writeFile(join(folder, name), sql)
}
async function run(pool = database.pool): Promise<string[]> {
  return await migrate(pool, [{ owner: 'sample-one', folder: pathToFileURL(`${folder}/`) }])
}
async function select(query: string): Promise<unknown[]> {
  return (await database.pool.query<Record<string, unknown>>(query)).rows
}

test("runs an owner's files in their order, once, in a schema of its own", async () => {
  await write('0002-fill.sql', 'insert into thing values (7)')
  await write('0001-thing.sql', 'create table thing (id int)')
  expect(await run()).toEqual(['sample-one/0001-thing.sql', 'sample-one/0002-fill.sql'])
  expect(await run()).toEqual([])
  expect(await select('select id from plugin_sample_one.thing')).toEqual([{ id: 7 }])
})

test('a file that fails is undone as a whole and named with the line', async () => {
  await write('0001-thing.sql', 'create table thing (id int)')
  await write('0002-broken.sql', 'create table other (id int);\n\ninsert into absent values (1)')
  await expect(run()).rejects.toThrow(
    'Migration sample-one/0002-broken.sql line 3 failed and was undone: relation "absent" does not exist',
  )
  expect(await select("select to_regclass('plugin_sample_one.other')::text as other")).toEqual([
    { other: null },
  ])
  await write('0002-broken.sql', 'create table other (id int)')
  expect(await run()).toEqual(['sample-one/0002-broken.sql'])
})

test('a file that was edited after it ran is refused, and so is everything after it', async () => {
  await write('0001-thing.sql', 'create table thing (id int)')
  await run()
  await write('0001-thing.sql', 'create table thing (id bigint)')
  await write('0002-more.sql', 'create table more (id int)')
  await expect(run()).rejects.toMatchObject({ code: 'migration-edited' })
  expect(await select("select to_regclass('plugin_sample_one.more')::text as more")).toEqual([{ more: null }])
})

test('line ends of another system are no edit', async () => {
  await write('0001-thing.sql', 'create table thing (\n  id int\n)')
  await run()
  await write('0001-thing.sql', 'create table thing (\r\n  id int\r\n)')
  expect(await run()).toEqual([])
})

test('two processes that start at once run each file once', async () => {
  await write('0001-slow.sql', 'select pg_sleep(0.3); create table thing (id int)')
  const other = openDatabase(database.url)
  const ran = await Promise.all([run(), run(other.pool)])
  await other.close()
  expect(ran.flat()).toEqual(['sample-one/0001-slow.sql'])
})

test.each([
  ['first.sql', 'its name must look like 0001-what.sql'],
  ['0001-other.sql', 'there is another file with the number 0001'],
])('the file name %s beside 0001-thing.sql is refused', async (name, reason) => {
  await write('0001-thing.sql', '')
  await write(name, '')
  await expect(run()).rejects.toThrow(reason)
})

test('a server that does not answer is named as such', async () => {
  const nowhere = openDatabase('postgresql://ustaz@127.0.0.1:1/ustaz')
  await expect(run(nowhere.pool)).rejects.toThrow(
    'The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL',
  )
  await nowhere.close()
})
