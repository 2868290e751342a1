import { createTestDatabase } from '@ustaz/core/testing'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { doiCache } from './doi-cache.ts'
import type { PublicationTables } from './tables.ts'

const owner = { owner: 'publications', folder: new URL('./migrations/', import.meta.url) }
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Kysely<PublicationTables>
beforeAll(async () => {
  database = await createTestDatabase([owner])
  db = (database.db as unknown as Kysely<PublicationTables>).withSchema('plugin_publications')
})
afterAll(() => database.drop())

test('an answer is kept until a newer one replaces it', async () => {
  const cache = doiCache(db)
  const fetchedAt = new Date('2025-03-01T10:00:00Z')
  expect(await cache.get('10.1000/a')).toBeNull()
  await cache.put('10.1000/a', { status: 'not-found', answer: null, fetchedAt })
  expect(await cache.get('10.1000/a')).toEqual({ status: 'not-found', answer: null, fetchedAt })
  const later = {
    status: 'found' as const,
    answer: { DOI: '10.1000/a', title: ['Т'] },
    fetchedAt: new Date('2025-03-02T10:00:00Z'),
  }
  await cache.put('10.1000/a', later)
  expect(await cache.get('10.1000/a')).toEqual(later)
})
