import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { EvidenceCopy, EvidenceCopyDetail, EvidenceDetail, Page } from '../../contract/index.ts'
import { createTestApproval } from '../../approval/test-approval.ts'
import type { TestApproval } from '../../approval/test-approval.ts'
import { findBroken, person } from '../test-university.ts'
import { copyMatching } from './copy-matching.ts'
import { findCopies } from './find-copies.ts'
import { likenessFeatures } from './likeness.ts'
import { titleLikeness } from './title-likeness.ts'

let approval: TestApproval
beforeAll(async () => {
  approval = await createTestApproval()
})
afterEach(async () => {
  expect(await findBroken(approval.context.db)).toEqual([])
})
afterAll(async () => await approval.close())

const title = (name: string, more: object = {}) => ({ data: { title: name, pages: 120, ...more } })
const aigul = (fields: object = {}) =>
  person('Оразбаева А.', { teacherId: approval.university.teachers.aigul, role: 'lead', ...fields })
const marat = (fields: object = {}) =>
  person('Ахметов М.', { teacherId: approval.university.teachers.marat, role: 'member', ...fields })
const pairs = async (account: string) =>
  ((await approval.as(account, 'GET', '/evidence/copies?pageSize=50')).body as Page<EvidenceCopy>).items
const entry = async (id: number) =>
  (await approval.as('office', 'GET', `/evidence/${id}`)).body as EvidenceDetail
const detail = async (account: string, id: number) =>
  (await approval.as(account, 'GET', `/evidence/copies/${id}`)).body as EvidenceCopyDetail & { code: string }

/** Two copies by Aigul, the second with Marat; answers the pair as the office sees it. */
async function pairOf(name: string, first: object = {}, second: object = {}): Promise<EvidenceCopyDetail> {
  const { enterWork, context } = approval
  const a = await enterWork({ ...title(name), participants: [aigul()], ...first })
  await enterWork({
    ...title(`${name}.`, { doi: `10.1/${name}` }),
    participants: [marat(), aigul()],
    ...second,
  })
  await findCopies(context)
  const found = (await pairs('office')).find((one) => one.first.id === a.id)
  expect(found, name).toBeDefined()
  return await detail('office', found!.id)
}
type Side = 'first' | 'second'
async function merge(account: string, pair: EvidenceCopyDetail, keep: Side, changes: object = {}) {
  const kept = pair[keep]
  const { status, body } = await approval.as(account, 'POST', `/evidence/copies/${pair.id}/merging`, {
    keptId: kept.id,
    revisions: { first: pair.first.revision, second: pair.second.revision },
    data: kept.data,
    happenedOn: kept.happenedOn,
    participants: pair.united[keep],
    reason: 'One book',
    ...changes,
  })
  return { status, ...(body as { code?: string; evidenceId?: number; issues?: { code: string }[] }) }
}

test('two entries with one title in which a teacher takes part in both are a pair, found once however often it is looked', async () => {
  const { enterWork, context } = approval
  const a = await enterWork(title('Theory of numbers'))
  const b = await enterWork(title('theory of NUMBERS!'))
  await enterWork({ ...title('Theory of numbers'), participants: [marat()] }, 'marat')
  await enterWork(title('Theory of sets'))
  expect(await findCopies(context)).toBe(1)
  expect(await findCopies(context)).toBe(0)
  expect(await pairs('office')).toMatchObject([
    { verdict: 'perhaps', first: { id: a.id, teachers: ['Оразбаева А.'] }, second: { id: b.id } },
  ])
})

test('what is done again with the same name is no copy: dates more than a month apart, also when they are moved there later', async () => {
  const { enterWork, context } = approval
  const on = (happenedOn: string) => enterWork({ ...title('Accreditation of the programme'), happenedOn })
  const first = await on('2025-03-01')
  await on('2026-03-01')
  expect(await findCopies(context)).toBe(0)
  const near = await on('2025-04-01')
  expect(await findCopies(context)).toBe(1)
  const listed = async () => (await pairs('office')).filter((pair) => pair.first.id === first.id)
  expect(await listed()).toMatchObject([{ second: { id: near.id } }])
  await sql`update core.evidence set happened_on = '2025-04-02' where id = ${near.id}`.execute(context.db)
  expect(await findCopies(context)).toBe(0)
  expect(await listed()).toEqual([])
})

test('the one that stays gets the files, the participants and what was chosen of the other; history and log say so', async () => {
  const pair = await pairOf('Algebra')
  const { context, upload, as, university } = approval
  await upload('aigul', pair.second.id, { name: 'b.txt', content: 'a second file' })
  const now = await detail('office', pair.id)
  expect(now.united.first.map(({ name }) => name)).toEqual(['Оразбаева А.', 'Ахметов М.'])
  const data = { ...now.first.data, doi: '10.1/Algebra' }
  const merged = await merge('office', now, 'first', { data })
  expect(merged).toMatchObject({ status: 200, evidenceId: now.first.id })
  const kept = await entry(now.first.id)
  expect(kept).toMatchObject({ state: 'draft', identity: '10.1/Algebra', data })
  expect(kept.participants.map(({ teacherId }) => teacherId)).toEqual([
    university.teachers.aigul,
    university.teachers.marat,
  ])
  expect(kept.files.map(({ name }) => name)).toEqual(['a.pdf', 'b.txt'])
  expect(kept.history.at(-1)).toMatchObject({ action: 'merge', account: 'Office', reason: 'One book' })
  const other = await entry(now.second.id)
  expect(other).toMatchObject({ state: 'rejected', mergedInto: now.first.id })
  expect(other.files).toHaveLength(2)
  expect(await pairs('office')).not.toContainEqual(expect.objectContaining({ id: pair.id }))
  const { rows } = await sql<{ table_name: string }>`
    select distinct table_name from core.audit_entry where account_id = ${approval.id('office')}
      and table_name in ('core.evidence_copy', 'core.evidence', 'core.evidence_file', 'core.evidence_participant') order by 1`.execute(
    context.db,
  )
  expect(rows.map(({ table_name: table }) => table)).toEqual([
    'core.evidence',
    'core.evidence_copy',
    'core.evidence_file',
    'core.evidence_participant',
  ])
  const notices = (await as('marat', 'GET', '/notices')).body as { items: { kind: string; link: string }[] }
  expect(notices.items[0]).toMatchObject({ kind: 'evidence-merged', link: `/evidence/${now.first.id}` })
})

test('shares of the two together never exceed the whole, and no teacher is left out', async () => {
  const half = { share: '0.6' }
  const pair = await pairOf(
    'Shares',
    { participants: [aigul(half)] },
    { participants: [marat(half), aigul()] },
  )
  expect(pair.united.first.map(({ share }) => share)).toEqual(['0.6', null])
  expect(pair.united.second.map(({ share }) => share)).toEqual(['0.6', null])
  const both = [aigul(half), marat(half)]
  expect(await merge('office', pair, 'first', { participants: both })).toMatchObject({
    status: 409,
    code: 'shares-too-many',
  })
  const dropped = await merge('office', pair, 'first', { participants: [aigul(half)] })
  expect(dropped).toMatchObject({ status: 400, issues: [{ code: 'participant-dropped' }] })
  expect((await entry(pair.second.id)).state).toBe('draft')
  const agreed = [aigul(half), marat({ share: '0.4' })]
  expect((await merge('office', pair, 'first', { participants: agreed })).status).toBe(200)
})

test('what was approved and changes goes through approval again; unchanged it stays approved', async () => {
  const approve = async (id: number) => {
    await approval.move('aigul', id, 'submit')
    for (const account of ['head', 'dean', 'library', 'science']) await approval.go(account, id, 'approve')
    expect((await entry(id)).state).toBe('approved')
  }
  const changed = await pairOf('Approved and changed')
  await approve(changed.first.id)
  const read = await detail('office', changed.id)
  expect(read.keepable).toEqual([changed.first.id])
  expect(await merge('office', read, 'second')).toMatchObject({ status: 422, code: 'copies-keep-other' })
  expect((await merge('office', read, 'first')).status).toBe(200)
  expect((await entry(changed.first.id)).state).toBe('submitted')
  expect(await approval.turnsOf(changed.first.id)).toEqual(['S1 head cs'])

  const same = await pairOf('Approved as it is', {}, { participants: [aigul()] })
  await approve(same.first.id)
  expect((await merge('office', await detail('office', same.id), 'first')).status).toBe(200)
  expect((await entry(same.first.id)).state).toBe('approved')
})

test('what waits in a stage waits no longer once it is merged into another', async () => {
  const pair = await pairOf('Waiting')
  for (const id of [pair.first.id, pair.second.id]) await approval.move('aigul', id, 'submit')
  expect((await merge('office', await detail('office', pair.id), 'second')).status).toBe(200)
  expect(await approval.turnsOf(pair.first.id)).toEqual([])
  expect(await approval.turnsOf(pair.second.id)).toEqual(['S1 head cs'])
})

test('a copy that is opened again stands for itself, and is a pair once more', async () => {
  const pair = await pairOf('Mistaken')
  expect((await merge('office', pair, 'first')).status).toBe(200)
  expect(await approval.go('aigul', pair.second.id, 'reopen', 'x')).toBe('403 evidence-not-allowed')
  expect(await approval.go('office', pair.second.id, 'reopen', 'Two editions')).toBe('200 draft')
  expect(await entry(pair.second.id)).toMatchObject({ mergedInto: null, state: 'draft' })
  expect((await pairs('office')).map(({ id }) => id)).toContain(pair.id)
  const apart = async (account: string) =>
    (await approval.as(account, 'POST', `/evidence/copies/${pair.id}/separation`, { reason: 'Two editions' }))
      .status
  expect(await apart('office')).toBe(200)
  expect(await apart('office')).toBe(409)
  await findCopies(approval.context)
  expect((await pairs('office')).map(({ id }) => id)).not.toContain(pair.id)
  expect(await merge('office', await detail('office', pair.id), 'first')).toMatchObject({
    status: 409,
    code: 'copies-decided',
  })
})

test('a structural unit sees the pairs of which both came to it, and nobody decides about own works', async () => {
  const { move, go, as, id } = approval
  const pair = await pairOf('For the library')
  const refused = async (account: string) => [
    (await as(account, 'GET', '/evidence/copies')).status,
    (await as(account, 'GET', `/evidence/copies/${pair.id}`)).status,
    (await merge(account, pair, 'first')).status,
    (await as(account, 'POST', `/evidence/copies/${pair.id}/separation`, { reason: 'x' })).status,
  ]
  for (const account of ['aigul', 'head', 'dean', 'management', 'nobody'])
    expect(await refused(account), account).toEqual([403, 403, 403, 403])
  // Neither has come to the library, then one of them.
  expect(await refused('library')).toEqual([200, 404, 404, 404])
  const toLibrary = async (entryId: number) => {
    await move('aigul', entryId, 'submit')
    for (const account of ['head', 'dean']) await go(account, entryId, 'approve')
  }
  await toLibrary(pair.first.id)
  expect(await refused('library')).toEqual([200, 404, 404, 404])
  expect(await pairs('library')).toEqual([])
  await toLibrary(pair.second.id)
  expect((await pairs('library')).map((one) => one.id)).toEqual([pair.id])
  expect(await pairs('sport')).toEqual([])
  const current = await detail('library', pair.id)
  const { university } = approval
  const { id: relative } = (
    await as('office', 'POST', '/approval/relatives', {
      accountId: id('library'),
      teacherId: university.teachers.marat,
    })
  ).body as { id: number }
  expect(await merge('library', current, 'first')).toMatchObject({ status: 403, code: 'copies-concerned' })
  expect(await pairs('library')).toEqual([])
  await as('office', 'DELETE', `/approval/relatives/${relative}`)
  const stale = { ...current, first: { ...current.first, revision: current.first.revision - 1 } }
  expect(await merge('library', stale, 'first')).toMatchObject({ status: 409, code: 'evidence-revision' })
  expect((await merge('library', current, 'first')).status).toBe(200)
})

test('of two who merge at the same moment one is told that it is done', async () => {
  const pair = await pairOf('Race')
  const answers = await Promise.all([
    merge('office', pair, 'first'),
    merge('office', pair, 'second'),
    merge('office', pair, 'first'),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
})

test('a page of pairs is read by the index of open ones', async () => {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain select c.id from core.evidence_copy c where c.decision is null and c.verdict <> 'different'
    order by c.verdict desc, c.id limit 20`.execute(approval.context.db)
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/evidence_copy_open|Seq Scan/)
})

test('what was decided of pairs is there to be learned from, as the two were before they were merged', async () => {
  const { db, host } = approval.context
  const examples = async () => await copyMatching(db, host).examples(AbortSignal.timeout(10_000))
  const before = (await examples()).length
  const one = await pairOf(
    'Learned',
    {},
    { data: { title: 'Learned.', pages: 300 }, participants: [aigul()] },
  )
  const data = { title: 'Learned', pages: 300 }
  expect((await merge('office', one, 'first', { data })).status).toBe(200)
  const two = await pairOf('Learned apart')
  await approval.as('office', 'POST', `/evidence/copies/${two.id}/separation`, { reason: 'Two' })
  const found = await examples()
  expect(found).toHaveLength(before + 2)
  const of = (id: number) => found.find(({ key }) => key === String(id))!.candidates[0]!
  expect(of(one.id).right).toBe(true)
  // Pages were 120 and 300 when they were looked at, though 300 stayed.
  expect(of(one.id).features[likenessFeatures.indexOf('agreeing')]).toBe(0)
  expect(of(two.id).right).toBe(false)
  expect(of(two.id).features[likenessFeatures.indexOf('agreeing')]).toBe(1)
})

test('titles are learned from as they were when they were nearly one, though one of them stayed', async () => {
  const { db, host } = approval.context
  const [name, slip] = ['Introduction to the theory of sets', 'Introduction to teh theory of sets']
  const pair = await pairOf(name, {}, title(slip))
  const data = { ...pair.first.data, title: slip }
  expect((await merge('office', pair, 'first', { data })).status).toBe(200)
  const found = await copyMatching(db, host).examples(AbortSignal.timeout(10_000))
  const { features, right } = found.find(({ key }) => key === String(pair.id))!.candidates[0]!
  expect(right).toBe(true)
  expect(features[likenessFeatures.indexOf('title')]).toBeCloseTo(titleLikeness(name, slip), 9)
})
