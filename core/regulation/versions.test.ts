import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Finding } from '../contract/problem.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { hashDocument } from '../rating/document/canonical-json.ts'
import { exampleDocument } from './example-document.ts'
import { importDraft } from './import-draft.ts'
import { approveVersion, retireVersion } from './move-version.ts'
import type { Approval } from './move-version.ts'
import { getVersion, listVersions } from './versions.ts'

let database: TestDatabase
let office: number
let management: number
beforeAll(async () => {
  database = await createTestDatabase()
  const { accounts } = await createTestUniversity(database.db)
  office = accounts.office
  management = accounts.management
})
afterAll(async () => {
  await database.drop()
})

const at = new Date('2026-06-30T09:00:00Z')
const approve = async (id: number, changes: Partial<Approval> = {}) => {
  const revision = (
    await database.db
      .selectFrom('regulation_version')
      .select('revision')
      .where('id', '=', id)
      .executeTakeFirst()
  )?.revision
  const approval = {
    accountId: management,
    at,
    revision: revision ?? 1,
    accepted: [],
    check: () => [],
    ...changes,
  }
  await approveVersion(database.db, id, approval)
}
const retire = async (id: number) => await retireVersion(database.db, id, { accountId: management, at })
const draft = async (code: string, changes: Record<string, unknown> = {}) =>
  await importDraft(database.db, exampleDocument({ code, ...changes }), office)
const refused = (code: string): unknown => expect.objectContaining({ code })

test('an imported document is a draft with the hash of its content and comes back as it was', async () => {
  const document = exampleDocument({ code: 'kept' })
  const version = await getVersion(database.db, await draft('kept'))
  expect(version).toMatchObject({ code: 'kept', version: '1', state: 'draft', approvedAt: null })
  expect(version.document).toEqual(document)
  expect(version.hash).toBe(hashDocument(document))
  expect(hashDocument(version.document)).toBe(version.hash)
})

test('a draft of the same version is replaced, another version stands beside it', async () => {
  const id = await draft('grows')
  expect(await draft('grows', { source: 'order 2' })).toBe(id)
  expect((await getVersion(database.db, id)).document.source).toBe('order 2')
  expect(await draft('grows', { version: '2' })).not.toBe(id)
})

test('two imports of one version at once leave one draft', async () => {
  const ids = await Promise.all([draft('raced'), draft('raced', { source: 'order 2' }), draft('raced')])
  expect(new Set(ids).size).toBe(1)
})

test('a draft is approved once, with who and when; then it is neither replaced nor edited', async () => {
  const id = await draft('approved')
  await approve(id)
  expect(await getVersion(database.db, id)).toMatchObject({ state: 'approved', approvedAt: at.toISOString() })
  await expect(approve(id)).rejects.toEqual(refused('regulation-move-refused'))
  await expect(draft('approved', { source: 'order 2' })).rejects.toEqual(refused('regulation-version-fixed'))
  const edit = database.db.updateTable('regulation_version').set({ hash: 'x' }).where('id', '=', id)
  await expect(edit.execute()).rejects.toMatchObject({ code: 'UZ001' })
  await expect(
    database.db.deleteFrom('regulation_version').where('id', '=', id).execute(),
  ).rejects.toMatchObject({ code: 'UZ001' })
})

test('importing the very same document again changes nothing, also when it is approved', async () => {
  const id = await draft('again')
  await approve(id)
  expect(await draft('again')).toBe(id)
  expect((await getVersion(database.db, id)).state).toBe('approved')
})

test('a draft with faults is not approved, and the refusal lists them', async () => {
  const id = await draft('faulty')
  const fault: Finding = {
    path: '/criteria/0/area',
    code: 'regulation.area-unknown',
    params: { clause: '1.1' },
    severity: 'error',
  }
  await expect(approve(id, { check: () => [fault] })).rejects.toMatchObject({
    code: 'regulation-has-issues',
    status: 422,
    params: { count: 1 },
    issues: [fault],
  })
  expect((await getVersion(database.db, id)).state).toBe('draft')
})

test('only an approved version is retired', async () => {
  const id = await draft('retired')
  await expect(retire(id)).rejects.toEqual(refused('regulation-move-refused'))
  await approve(id)
  await retire(id)
  expect((await getVersion(database.db, id)).state).toBe('retired')
  await expect(approve(id)).rejects.toEqual(refused('regulation-move-refused'))
})

test('a draft by which a trial run was computed is not replaced by another document', async () => {
  const id = await draft('tried')
  const period = { period_from: '2025-09-01', period_to: '2026-08-31' }
  await database.db
    .insertInto('run')
    .values({ purpose: 'trial', regulation_version_id: id, requested_by: office, ...period })
    .execute()
  expect(await draft('tried')).toBe(id)
  await expect(draft('tried', { source: 'order 2' })).rejects.toEqual(refused('regulation-version-used'))
})

test('a version that is not there is not found', async () => {
  await expect(getVersion(database.db, 999_999)).rejects.toMatchObject({
    code: 'regulation-not-found',
    status: 404,
  })
  await expect(approve(999_999)).rejects.toEqual(refused('regulation-not-found'))
})

test('versions are listed newest first, by state and page', async () => {
  await draft('older')
  const newest = await draft('newest')
  const all = await listVersions(database.db, { page: 1, pageSize: 200 })
  expect(all.items[0]?.id).toBe(newest)
  expect(all.total).toBe(all.items.length)
  const second = await listVersions(database.db, { page: 2, pageSize: 1 })
  expect(second.items).toEqual(all.items.slice(1, 2))
  const retired = await listVersions(database.db, { page: 1, pageSize: 200, state: 'retired' })
  expect(retired.items.map(({ code }) => code)).toEqual(['retired'])
})
