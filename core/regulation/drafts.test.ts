import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Finding } from '../contract/problem.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { copyAsDraft, createDraft } from './create-draft.ts'
import { exampleDocument } from './example-document.ts'
import { toYaml } from './export-document.ts'
import { importText } from './import-draft.ts'
import { approveVersion } from './move-version.ts'
import type { Approval } from './move-version.ts'
import { readHistory } from './read-history.ts'
import { saveDraft } from './save-draft.ts'
import { findPrevious, getVersion } from './versions.ts'

let database: TestDatabase
let accounts: TestUniversity['accounts']
beforeAll(async () => {
  database = await createTestDatabase()
  accounts = (await createTestUniversity(database.db)).accounts
})
afterAll(async () => {
  await database.drop()
})

const at = new Date('2026-06-30T09:00:00Z')
const refused = (code: string): unknown => expect.objectContaining({ code })
type Account = keyof TestUniversity['accounts']

const create = async (code: string, changes: Record<string, unknown> = {}) =>
  await createDraft(database.db, exampleDocument({ code, ...changes }), { accountId: accounts.office, at })
async function save(
  id: number,
  changes: Record<string, unknown>,
  {
    account = 'office',
    revision,
    text = null,
  }: { account?: Account; revision?: number; text?: string | null } = {},
) {
  const version = await getVersion(database.db, id)
  await saveDraft(database.db, id, {
    document: { ...version.document, ...changes },
    text,
    revision: revision ?? version.revision,
    accountId: accounts[account],
    at,
  })
  return await getVersion(database.db, id)
}
async function approve(
  id: number,
  {
    account = 'management',
    check = [],
    accepted = [],
  }: { account?: Account; check?: readonly Finding[]; accepted?: Approval['accepted'] } = {},
) {
  const { revision } = await getVersion(database.db, id)
  const approval = { accountId: accounts[account], at, revision, accepted, check: () => check }
  await approveVersion(database.db, id, approval)
}

test('a change of a draft is a revision with who and when; the same document again is none', async () => {
  const id = await create('saved')
  expect(await save(id, { source: 'order 2' })).toMatchObject({
    revision: 2,
    document: { source: 'order 2' },
  })
  expect(await save(id, { source: 'order 2' })).toMatchObject({ revision: 2 })
  const history = await readHistory(database.db, id)
  expect(history.map(({ action, account, revision }) => [action, account, revision])).toEqual([
    ['create', 'Office', 1],
    ['edit', 'Office', 2],
  ])
})

test('nobody overwrites what they have not seen, and what is approved is what was looked at', async () => {
  const id = await create('raced')
  await save(id, { source: 'order 2' })
  await expect(save(id, { source: 'order 3' }, { revision: 1 })).rejects.toMatchObject({
    code: 'regulation-revision',
    status: 409,
    params: { revision: 2 },
  })
  const stale = { accountId: accounts.management, at, revision: 1, accepted: [], check: () => [] }
  await expect(approveVersion(database.db, id, stale)).rejects.toEqual(refused('regulation-revision'))
  expect((await getVersion(database.db, id)).document.source).toBe('order 2')
})

test('two people who save at once: one is refused and nothing is lost', async () => {
  const id = await create('at-once')
  const saves = await Promise.allSettled(
    ['order 2', 'order 3'].map(async (source) => await save(id, { source }, { revision: 1 })),
  )
  expect(saves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await readHistory(database.db, id)).toHaveLength(2)
})

test('a draft keeps its code; it takes a free label only; an approved version is not edited', async () => {
  const id = await create('named', { version: '1' })
  await create('named', { version: '2' })
  await expect(save(id, { code: 'other' })).rejects.toEqual(refused('regulation-code-fixed'))
  await expect(save(id, { version: '2' })).rejects.toEqual(refused('regulation-version-exists'))
  expect(await save(id, { version: '3' })).toMatchObject({ version: '3' })
  await approve(id)
  await expect(save(id, { source: 'order 9' })).rejects.toEqual(refused('regulation-version-fixed'))
})

test('a new draft says what the version it comes from says, under a label that is free', async () => {
  const id = await create('copied')
  await approve(id)
  const copy = await copyAsDraft(database.db, id, { version: '2', accountId: accounts.office, at })
  const { document } = await getVersion(database.db, id)
  expect(await getVersion(database.db, copy)).toMatchObject({
    state: 'draft',
    document: { ...document, version: '2' },
  })
  await expect(
    copyAsDraft(database.db, id, { version: '2', accountId: accounts.office, at }),
  ).rejects.toEqual(refused('regulation-version-exists'))
  await expect(create('copied')).rejects.toEqual(refused('regulation-version-exists'))
})

test('whoever wrote any part of a draft does not approve it, also if others edited it afterwards', async () => {
  const id = await create('second-person')
  await save(id, { source: 'order 2' }, { account: 'management' })
  await expect(approve(id, { account: 'office' })).rejects.toMatchObject({
    code: 'regulation-own-draft',
    status: 403,
  })
  await expect(approve(id, { account: 'management' })).rejects.toEqual(refused('regulation-own-draft'))
  await approve(id, { account: 'dean' })
  expect((await getVersion(database.db, id)).state).toBe('approved')
})

test('a warning is accepted with a reason, which is recorded; an error never is', async () => {
  const id = await create('warned')
  const warning: Finding = {
    path: '/criteria/0',
    code: 'regulation.cap-idle',
    params: { clause: '1.1' },
    severity: 'warning',
  }
  await expect(approve(id, { check: [warning] })).rejects.toMatchObject({
    code: 'regulation-warnings-open',
    issues: [{ path: '/criteria/0' }],
  })
  const accepted = [{ path: '/criteria/0', code: 'regulation.cap-idle', reason: ' ' }]
  await expect(approve(id, { check: [warning], accepted })).rejects.toEqual(
    refused('regulation-warnings-open'),
  )
  const reasoned = [{ ...accepted[0]!, reason: 'the senate wants it so' }]
  const error: Finding = { ...warning, severity: 'error' }
  await expect(approve(id, { check: [error], accepted: reasoned })).rejects.toEqual(
    refused('regulation-has-issues'),
  )
  await approve(id, { check: [warning], accepted: reasoned })
  expect((await readHistory(database.db, id)).at(-1)).toMatchObject({
    action: 'approve',
    accepted: [{ code: 'regulation.cap-idle', params: { clause: '1.1' }, reason: 'the senate wants it so' }],
  })
})

test('comments of an imported file stay through edits here, into a copy and into the export', async () => {
  const by = { accountId: accounts.office, at, replace: false }
  const text = `# Decided on 3 March\n${toYaml(exampleDocument({ code: 'commented' }))}`
  const id = await importText(database.db, text, by)
  const edited = await save(id, { source: 'order 2' })
  expect(edited.text).toMatch(/^# Decided on 3 March\n/)
  expect(edited.text).toContain('source: order 2')
  const copy = await copyAsDraft(database.db, id, { version: '2', accountId: accounts.office, at })
  expect((await getVersion(database.db, copy)).text).toMatch(/^# Decided on 3 March\n[^]*version: '2'/)
  const rewritten = `# Decided on 4 March\n${toYaml(edited.document)}`
  expect((await save(id, {}, { text: rewritten })).text).toBe(rewritten)
})

test('a file does not replace a draft that somebody changed here, unless it is meant', async () => {
  const document = exampleDocument({ code: 'imported' })
  const file = (source: string) => toYaml({ ...document, source })
  const by = { accountId: accounts.office, at, replace: false }
  const id = await importText(database.db, file('order 1'), by)
  expect(await importText(database.db, file('order 2'), by)).toBe(id)
  await save(id, { source: 'order 3' }, { account: 'management' })
  await expect(importText(database.db, file('order 4'), by)).rejects.toMatchObject({
    code: 'regulation-draft-edited',
    params: { name: 'Rector' },
  })
  await importText(database.db, file('order 4'), { ...by, replace: true })
  expect((await getVersion(database.db, id)).document.source).toBe('order 4')
})

test('the version approved last before another is known', async () => {
  const ids = [
    await create('line', { version: '1' }),
    await create('line', { version: '2' }),
    await create('line', { version: '3' }),
  ]
  await approve(ids[0]!)
  await approve(ids[1]!)
  const previousOf = async (id: number) => await findPrevious(database.db, await getVersion(database.db, id))
  expect(await previousOf(ids[2]!)).toEqual({ id: ids[1], version: '2' })
  expect(await previousOf(ids[0]!)).toBeNull()
})

test('the history of a version is written once', async () => {
  await create('history')
  const change = database.db.updateTable('regulation_change').set({ hash: 'x' } as never)
  await expect(change.execute()).rejects.toMatchObject({ code: 'UZ001' })
})
