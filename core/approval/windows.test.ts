import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Approval } from '../contract/regulation/approval.ts'
import { approvalSchema } from '../contract/regulation/approval.ts'
import type { QueueItem } from '../contract/resources/approval.ts'
import type { EvidenceDetail } from '../contract/resources/evidence.ts'
import { createTestApproval } from './test-approval.ts'
import type { TestApproval } from './test-approval.ts'
import { testStages } from './test-stages.ts'
import { periodFrom, windowsOf } from './windows.ts'

const windows = (changes: object): Approval => approvalSchema.parse({ stages: testStages, ...changes })

test.each([
  ['2025-09-01', '2025-09-01'],
  ['2026-08-31', '2025-09-01'],
  ['2025-08-31', '2024-09-01'],
])('%s falls in the period that begins on %s', (day, from) => {
  expect(periodFrom('09-01', day)).toBe(from)
})

test('days of a window are told by the period the day of the work falls in', () => {
  const approval = windows({
    entering: { opens: { day: '10-01' }, closes: { day: '06-10' } },
    approving: { closes: { day: '01-31', yearsAfter: 1 } },
  })
  // By hand: the period 2025-09-01 .. 2026-08-31; 31 January first comes in 2026, a year later is 2027.
  expect(windowsOf({ approval, periodStart: '09-01' }, '2026-05-01')).toEqual({
    opens: '2025-10-01',
    closes: '2026-06-10',
    decidesUntil: '2027-01-31',
  })
  // A calendar year that is entered until 20 January of the next.
  const calendar = windows({ entering: { closes: { day: '01-20', yearsAfter: 1 } } })
  expect(windowsOf({ approval: calendar, periodStart: '01-01' }, '2025-12-31').closes).toBe('2026-01-20')
  expect(windowsOf({ approval: null, periodStart: '01-01' }, '2025-12-31').closes).toBeNull()
})

/** The clock of the tests stands on 2026-06-30; works are of 2026-05-01. */
async function withWindows(changes: object): Promise<TestApproval> {
  return await createTestApproval({ approval: { stages: testStages, ...changes } })
}
let approval: TestApproval
const detail = async (id: number) =>
  (await approval.as('office', 'GET', `/evidence/${id}`)).body as EvidenceDetail

describe('on the last day', () => {
  beforeAll(async () => {
    approval = await withWindows({
      entering: { opens: { day: '06-30' }, closes: { day: '06-30' } },
      approving: { closes: { day: '06-30' } },
    })
  })
  afterAll(async () => await approval.close())

  test('everything can still be done', async () => {
    const id = await approval.submitted()
    for (const account of ['head', 'dean', 'library', 'science']) await approval.go(account, id, 'approve')
    expect(await detail(id)).toMatchObject({
      state: 'approved',
      approval: { opens: '2026-06-30', closes: '2026-06-30', decidesUntil: '2026-06-30', locked: false },
    })
  })
})

describe('before the first day', () => {
  beforeAll(async () => {
    approval = await withWindows({ entering: { opens: { day: '07-01' } } })
  })
  afterAll(async () => await approval.close())

  test('drafts are written, and submitting is refused with the day', async () => {
    const { id } = await approval.enterWork()
    const { status, body } = await approval.move('aigul', id, 'submit')
    expect([status, body.code, body.params]).toEqual([409, 'window-not-open', { day: '2026-07-01' }])
    expect(await approval.go('office', id, 'submit', 'because')).toBe('409 window-not-open')
  })
})

describe('after entering has closed', () => {
  beforeAll(async () => {
    approval = await withWindows({
      entering: { closes: { day: '06-29' }, late: 'with-reason' },
      approving: { closes: { day: '08-31' } },
    })
  })
  afterAll(async () => await approval.close())

  test('a teacher submits nothing new; the office does, with a reason, and it is marked as late', async () => {
    const { id } = await approval.enterWork()
    const { body } = await approval.move('aigul', id, 'submit', 'I was ill')
    expect([body.code, body.params]).toEqual(['window-closed', { day: '2026-06-29' }])
    expect(await approval.go('office', id, 'submit')).toBe('422 late-reason-missing')
    expect(await approval.go('office', id, 'submit', 'order 7')).toBe('200 submitted')
    expect((await detail(id)).history.filter(({ late }) => late)).toMatchObject([
      { action: 'submit', reason: 'order 7' },
    ])
  })

  test('what was returned may be submitted again until deciding closes', async () => {
    const { id } = await approval.enterWork()
    await approval.go('office', id, 'submit', 'order 7')
    expect(await approval.go('head', id, 'return', 'pages')).toBe('200 returned')
    expect(await approval.go('aigul', id, 'submit')).toBe('200 submitted')
  })
})

describe('after deciding has closed', () => {
  let hanging: number
  let approved: number
  beforeAll(async () => {
    approval = await createTestApproval()
    hanging = await approval.submitted()
    approved = await approval.submitted({ data: { title: 'B', pages: 1, doi: '10.1/b' } })
    for (const account of ['head', 'dean', 'library', 'science'])
      await approval.go(account, approved, 'approve')
    const { db } = approval.context
    const [version] = await db.selectFrom('regulation_version').select(['id', 'document']).execute()
    const approving = { closes: { day: '06-29', yearsAfter: 0 }, late: 'with-reason', lateBy: ['dean'] }
    const document = { ...version!.document, approval: { stages: testStages, approving } }
    await approval.context.pool.query(`alter table core.regulation_version disable trigger user;
      update core.regulation_version set document = '${JSON.stringify(document)}';
      update core.evidence_turn set closes_on = '2026-06-29' where closed_at is null`)
  })
  afterAll(async () => await approval.close())

  test('what hangs stays unapproved, and the office has a list of it', async () => {
    expect(await approval.go('head', hanging, 'approve')).toBe('409 approval-closed')
    expect(await approval.go('head', hanging, 'return', 'late')).toBe('409 approval-closed')
    expect(await approval.go('office', hanging, 'approve', 'late')).toBe('409 approval-closed')
    const { body } = await approval.as('office', 'GET', '/approval/waiting?closed=true')
    expect((body as { items: QueueItem[] }).items).toMatchObject([{ evidenceId: hanging, closed: true }])
    expect((await detail(hanging)).state).toBe('submitted')
  })

  test('what is approved is locked: not reopened, not joined, not judged, but as the regulation allows the late', async () => {
    const { as, go, university } = approval
    expect((await detail(approved)).approval.locked).toBe(true)
    expect(await go('office', approved, 'reopen', 'wrong')).toBe('409 approval-closed')
    const joining = {
      identity: '10.1/b',
      teacherId: university.teachers.marat,
      role: 'member',
      ordinal: null,
    }
    const joined = await as('marat', 'POST', `/evidence/${approved}/participants`, joining)
    expect((joined.body as { code: string }).code).toBe('approval-closed')
    const { revision } = await detail(approved)
    const judged = await as('office', 'PUT', `/evidence/${approved}/points`, {
      points: '5',
      reason: 'x',
      revision,
    })
    expect((judged.body as { code: string }).code).toBe('approval-closed')
    expect(await go('dean', approved, 'reopen', 'order 9')).toBe('200 draft')
    expect((await detail(approved)).history.at(-1)).toMatchObject({ action: 'reopen', late: true })
  })
})
