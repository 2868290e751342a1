import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { openDatabase } from './connection.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

async function select(expression: string): Promise<unknown> {
  const { rows } = await database.pool.query<{ value: unknown }>(`select ${expression} as value`)
  return rows[0]!.value
}

test.each([
  ['0.1 + 0.20::numeric(20, 10)', '0.3000000000'],
  ['12345678901234567890.123456789::numeric', '12345678901234567890.123456789'],
  ["date '2025-12-31'", '2025-12-31'],
  ['9007199254740991::bigint', 9007199254740991],
  ['count(*)', 1],
  ["timestamptz '2026-01-02 03:04:05+06'", new Date('2026-01-01T21:04:05Z')],
  ['array[0.10, null]::numeric[]', ['0.10', null]],
  ["array[date '2024-02-29']", ['2024-02-29']],
  ['array[1, null]::bigint[]', [1, null]],
  ['\'{"kk": "Ғылым"}\'::jsonb', { kk: 'Ғылым' }],
])('reads %s as %j', async (expression, expected) => {
  expect(await select(expression)).toEqual(expected)
})

test('refuses a bigint that a number cannot hold exactly', async () => {
  await expect(select('9007199254740993::bigint')).rejects.toThrow('9007199254740993 is too large')
})

test('a connection goes on after a value that cannot be read', async () => {
  await expect(select('9223372036854775807::bigint')).rejects.toThrow(RangeError)
  expect(await select('1')).toBe(1)
})

test('looks for tables in core, then public, and works in UTC', async () => {
  expect(await select("current_setting('search_path')")).toBe('core,public')
  expect(await select("current_setting('timezone')")).toBe('UTC')
})

test('cancels a statement that takes longer than it may', async () => {
  const impatient = openDatabase(database.url, { statementTimeoutSeconds: 1 })
  await expect(impatient.pool.query('select pg_sleep(20)')).rejects.toThrow('statement timeout')
  await impatient.close()
})
