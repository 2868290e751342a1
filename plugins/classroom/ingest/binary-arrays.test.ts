import { createTestDatabase } from '@ustaz/core/testing'
import type { TestDatabase } from '@ustaz/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { binaryArray, binaryTexts } from './binary-arrays.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

/** As PostgreSQL has read it, in its own text. */
async function readBack(type: string, array: Buffer): Promise<string[]> {
  const { rows } = await database.pool.query<{ texts: string[] }>(`select ($1::${type}[])::text[] as texts`, [
    array,
  ])
  return rows[0]!.texts
}

test('numbers come to PostgreSQL as they were', async () => {
  const whole = [0, 1, -1, 4_294_967_295, 4_294_967_296, -4_294_967_297, Number.MAX_SAFE_INTEGER]
  expect(await readBack('bigint', binaryArray('int8', whole))).toEqual(whole.map(String))
  expect(await readBack('smallint', binaryArray('int2', [1, 11]))).toEqual(['1', '11'])
  const broken = [0.1, -40, 1e300, 21.25]
  expect((await readBack('double precision', binaryArray('float8', broken))).map(Number)).toEqual(broken)
  expect(await readBack('bigint', binaryArray('int8', []))).toEqual([])
})

test('moments come to the millisecond, also before 2000', async () => {
  const moments = ['2026-09-01T05:00:00.123Z', '2000-01-01T00:00:00.000Z', '1999-12-31T23:59:59.999Z']
  const array = binaryArray('timestamptz', moments.map(Date.parse))
  expect((await readBack('timestamptz', array)).map((text) => new Date(text).toISOString())).toEqual(moments)
})

test('texts come with every letter', async () => {
  const texts = ['', 'door-1', 'есік', '"{a,b}"', '\\']
  expect(await readBack('text', binaryTexts(texts))).toEqual(texts)
})
