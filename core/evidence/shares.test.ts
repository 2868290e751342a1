import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestEvidence } from './test-evidence.ts'
import type { TestEvidence } from './test-evidence.ts'
import { person } from './test-university.ts'
import type { TestAccount } from './test-university.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
})
afterAll(async () => await evidence.close())

const confirm = async (account: TestAccount, id: number, share: string) =>
  await evidence.ask(account, 'POST', `/evidence/${id}/shares/confirmation`, { share })

/** A work of Aigul and Marat, submitted by Aigul. */
async function submitShared(shares: readonly [string, string]): Promise<number> {
  const { aigul, marat } = evidence.university.teachers
  const participants = [
    person('A', { teacherId: aigul, role: 'lead', share: shares[0] }),
    person('M', { teacherId: marat, role: 'member', share: shares[1] }),
  ]
  const { id } = await evidence.enterWork({ participants })
  expect((await evidence.move('aigul', id, 'submit')).status).toBe(200)
  return id
}

test('whoever submits agrees with the own share; nothing is approved before the co-authors have', async () => {
  const id = await submitShared(['0.6', '0.4'])
  const early = await evidence.move('head', id, 'approve')
  expect([early.status, early.body.code]).toEqual([422, 'evidence-incomplete'])
  expect(early.body.issues).toEqual([
    expect.objectContaining({
      path: '/participants',
      code: 'share-unconfirmed',
      message: 'M has not confirmed the share yet.',
    }),
  ])
  const seen = await confirm('marat', id, '0.40')
  expect(seen.body.shares.map(({ name, confirmedAt }) => [name, confirmedAt !== null])).toEqual([
    ['A', true],
    ['M', true],
  ])
  expect((await evidence.move('head', id, 'approve')).body.state).toBe('approved')
})

test('a share that has changed since it was confirmed is to be confirmed again', async () => {
  const id = await submitShared(['0.6', '0.4'])
  await confirm('marat', id, '0.4')
  await evidence.move('head', id, 'return', 'Look at the shares')
  const { body } = await evidence.ask('aigul', 'GET', `/evidence/${id}`)
  const participants = body.participants.map((one) => ({ ...one, share: one.name === 'M' ? '0.3' : '0.7' }))
  const { indicator, data, happenedOn, revision } = body
  await evidence.ask('aigul', 'PUT', `/evidence/${id}`, {
    indicator,
    data,
    happenedOn,
    revision,
    participants,
  })
  await evidence.move('aigul', id, 'submit')
  const stale = await confirm('marat', id, '0.4')
  expect([stale.status, stale.body.code, stale.body.params]).toEqual([409, 'share-changed', { share: '0.3' }])
  expect((await evidence.move('head', id, 'approve')).status).toBe(422)
  await confirm('marat', id, '0.3')
  expect((await evidence.move('head', id, 'approve')).status).toBe(200)
})

test('nobody confirms for another, and who takes no part does not learn of it', async () => {
  const id = await submitShared(['0.5', '0.5'])
  expect((await confirm('head', id, '0.5')).body.code).toBe('share-not-yours')
  expect((await confirm('elsewhere', id, '0.5')).body.code).toBe('evidence-not-found')
  expect((await confirm('office', id, '0.5')).body.code).toBe('not-allowed')
  expect((await confirm('marat', id, '0')).status).toBe(400)
})

test('shares above the whole are refused by the database, also of two that are written at the same moment', async () => {
  const { db } = evidence.context
  const id = await submitShared(['0.2', '0.2'])
  const add = async (ordinal: number, share: string) =>
    await db.transaction().execute(async (trx) => {
      await sql`insert into core.evidence_participant (evidence_id, ordinal, name, share) values (${id}, ${ordinal}, 'X', ${share})`.execute(
        trx,
      )
      await sql`select pg_sleep(0.2)`.execute(trx)
    })
  const outcomes = await Promise.allSettled([add(3, '0.4'), add(4, '0.4'), add(5, '0.4')])
  const refused = outcomes.filter((one) => one.status === 'rejected')
  expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(['UZ003', 'UZ003'])
  const { rows } =
    await sql`select sum(share)::text as sum from core.evidence_participant where evidence_id = ${id}`.execute(
      db,
    )
  expect(rows).toEqual([{ sum: '0.8' }])
})

test('a draft with too much becomes nothing else, whatever writes the state', async () => {
  const { db } = evidence.context
  const { aigul } = evidence.university.teachers
  const participants = [
    person('A', { teacherId: aigul, role: 'lead', share: '0.6' }),
    person('B', { share: '0.400000000001' }),
  ]
  const { id } = await evidence.enterWork({ participants })
  expect((await evidence.move('aigul', id, 'submit')).body.issues.map(({ code }) => code)).toEqual([
    'shares-above-one',
  ])
  for (const state of ['submitted', 'approved'])
    await expect(
      sql`update core.evidence set state = ${state} where id = ${id}`.execute(db),
    ).rejects.toMatchObject({ code: 'UZ003' })
})

test('shares that are confirmed at the same moment by all are confirmed once each', async () => {
  const id = await submitShared(['0.5', '0.5'])
  const answers = await Promise.all(Array.from({ length: 5 }, () => confirm('marat', id, '0.5')))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  const { rows } =
    await sql`select count(*)::int as count from core.share_confirmation where evidence_id = ${id}`.execute(
      evidence.context.db,
    )
  expect(rows).toEqual([{ count: 2 }])
})
