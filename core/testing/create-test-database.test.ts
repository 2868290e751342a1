import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from './create-test-database.ts'
import type { TestDatabase } from './create-test-database.ts'

describe('a test database', () => {
  let one: TestDatabase
  let other: TestDatabase

  beforeAll(async () => {
    one = await createTestDatabase()
    other = await createTestDatabase()
  })
  afterAll(async () => {
    await one.drop()
    await other.drop()
  })

  test("has core's tables", async () => {
    const units = await one.db.selectFrom('unit').select('code').execute()
    expect(units).toEqual([])
  })

  test('shares no rows with another', async () => {
    const unit = { kind: 'university', code: 'u', name: '{}' } as const
    await one.db.insertInto('unit').values(unit).execute()
    const { rows } = await other.pool.query('select 1 from unit')
    expect(rows).toEqual([])
  })
})
