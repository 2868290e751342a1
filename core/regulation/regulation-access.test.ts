import { afterAll, beforeAll, expect, test } from 'vitest'
import { findActor } from '../access/actor.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestAccount, TestUniversity } from '../evidence/test-university.ts'
import type { RegulationAccess } from '../plugin/access.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { exampleDocument, exampleSupply } from './example-document.ts'
import { importDraft } from './import-draft.ts'
import { approveVersion } from './move-version.ts'
import { readHistory } from './read-history.ts'
import { regulationAccess } from './regulation-access.ts'
import { getVersion } from './versions.ts'

let database: TestDatabase
let university: TestUniversity
let regulations: RegulationAccess
beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  university = await createTestUniversity(db)
  const now = () => new Date('2026-06-30T09:00:00Z')
  regulations = regulationAccess({ db, host: exampleSupply, now }, 'test')
})
afterAll(async () => {
  await database.drop()
})

const actor = async (name: TestAccount) => (await findActor(database.db, university.accounts[name]))!
const draft = async (code: string, changes: Record<string, unknown> = {}) =>
  await importDraft(database.db, exampleDocument({ code, ...changes }), university.accounts.office)
const shares = (...values: number[]) => ({ id: 'test.shares', params: { shares: values } })
const refused = (code: string): unknown => expect.objectContaining({ code })
const set = async (id: number, change: Partial<Parameters<RegulationAccess['setWeighting']>[2]> = {}) => {
  const { hash } = await getVersion(database.db, id)
  await regulations.setWeighting(await actor('office'), id, {
    weighting: shares(60, 40),
    hash,
    reason: 'minutes 5',
    ...change,
  })
}

test('drafts are offered with their areas to who may write regulations, and no version that is fixed', async () => {
  const id = await draft('offered')
  const fixed = await draft('fixed')
  const by = {
    accountId: university.accounts.management,
    at: new Date(),
    revision: 1,
    accepted: [],
    check: () => [],
  }
  await approveVersion(database.db, fixed, by)
  const drafts = await regulations.listDrafts(await actor('office'))
  expect(drafts.map((one) => one.id)).toEqual([id])
  expect(drafts[0]).toMatchObject({
    code: 'offered',
    state: 'draft',
    areas: [{ id: 'A1', title: { en: 'Books' } }],
    weighting: shares(100),
  })
  expect(await regulations.find(await actor('aigul'), fixed)).toMatchObject({ state: 'approved' })
  expect(await regulations.find(await actor('aigul'), 999_999)).toBeNull()
})

test.each(['aigul', 'head', 'dean', 'management', 'nobody'] as const)(
  '%s may neither list drafts nor weigh one',
  async (name) => {
    const id = await draft(`kept-from-${name}`)
    const asker = await actor(name)
    const { hash } = await getVersion(database.db, id)
    await expect(regulations.listDrafts(asker)).rejects.toEqual(refused('not-allowed'))
    await expect(
      regulations.setWeighting(asker, id, { weighting: shares(100), hash, reason: 'none' }),
    ).rejects.toMatchObject({
      code: 'not-allowed',
      status: 403,
    })
  },
)

test('who has no role may not read either', async () => {
  await expect(regulations.find(await actor('nobody'), 1)).rejects.toEqual(refused('not-allowed'))
})

test('a weighting takes the place of the one there was, with who and why; nothing else of the draft changes', async () => {
  const id = await draft('weighed')
  const before = await getVersion(database.db, id)
  await set(id)
  const after = await getVersion(database.db, id)
  expect(after.document).toEqual({ ...before.document, weighting: shares(60, 40) })
  expect(after.hash).not.toBe(before.hash)
  expect(after.revision).toBe(before.revision + 1)
  expect((await readHistory(database.db, id)).at(-1)).toMatchObject({
    action: 'edit',
    account: 'Office',
    reason: 'minutes 5',
  })
})

test("another plugin's weighting, one that nobody has, and wrong parameters are refused", async () => {
  const id = await draft('refusing')
  await expect(set(id, { weighting: { id: 'shares.mean', params: {} } })).rejects.toMatchObject({
    code: 'weighting-foreign',
    status: 403,
  })
  await expect(set(id, { weighting: { id: 'test.gone', params: {} } })).rejects.toMatchObject({
    code: 'regulation-has-issues',
    issues: [{ code: 'regulation.weighting-unknown' }],
  })
  await expect(set(id, { weighting: shares(60) })).rejects.toMatchObject({
    code: 'regulation-has-issues',
    issues: [{ path: '/weighting/params', code: 'test.not-100', params: { total: 60 } }],
  })
  expect((await getVersion(database.db, id)).document.weighting).toEqual(shares(100))
})

test('a draft that somebody changed meanwhile is not overwritten', async () => {
  const id = await draft('meanwhile')
  const { hash } = await getVersion(database.db, id)
  await draft('meanwhile', { source: 'order 2' })
  await expect(set(id, { hash })).rejects.toMatchObject({ code: 'regulation-changed', status: 409 })
  expect((await getVersion(database.db, id)).document).toMatchObject({
    source: 'order 2',
    weighting: shares(100),
  })
})

test('an approved version, one that a run was computed by, and one that is not there are left alone', async () => {
  const approved = await draft('approved')
  const by = {
    accountId: university.accounts.management,
    at: new Date(),
    revision: 1,
    accepted: [],
    check: () => [],
  }
  await approveVersion(database.db, approved, by)
  await expect(set(approved)).rejects.toMatchObject({ code: 'regulation-version-fixed', status: 409 })
  const tried = await draft('tried')
  await database.db
    .insertInto('run')
    .values({
      purpose: 'trial',
      regulation_version_id: tried,
      requested_by: university.accounts.office,
      period_from: '2025-09-01',
      period_to: '2026-08-31',
    })
    .execute()
  await expect(set(tried)).rejects.toMatchObject({ code: 'regulation-version-used', status: 409 })
  const office = await actor('office')
  const change = { weighting: shares(100), hash: 'x', reason: 'none' }
  await expect(regulations.setWeighting(office, 999_999, change)).rejects.toEqual(
    refused('regulation-not-found'),
  )
})
