import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  Appeal,
  AppealDetail,
  AppealStatistics,
  Page,
  RankingRow,
  Run,
  RunCorrection,
  RunPublication,
  TeacherResult,
} from '../contract/index.ts'
import { createRatedUniversity } from './rated-university.example.ts'
import type { Account, RatedUniversity } from './rated-university.example.ts'

const text = { kk: 'x', ru: 'x', en: 'The commission' }
let there: RatedUniversity
let run: Run
let forgotten: number
let counted: number
/** Appeals of the story below, by what they are about. */
const filed: Record<string, number> = {}

beforeAll(async () => {
  there = await createRatedUniversity({ id: '15', title: text, days: 5, answeredBy: text, answerDays: 3 })
  counted = await there.enter('aigul', 'A course that counts')
  await there.enter('marat', 'A course of Marat')
  await there.enter('marat', 'A doubtful course of Marat')
  await there.enter('elsewhere', 'A course of Anna')
  run = await there.rate()
  forgotten = await there.enter('aigul', 'A course that was approved too late')
}, 90_000)
afterAll(async () => {
  await there.server.close()
})

const post = async (url: string, payload: object, as: Account) =>
  await there.answer(url, { method: 'POST', as, payload })
const file = async (payload: object, as: Account = 'aigul') =>
  await post(`/runs/${run.id}/appeals`, { reason: 'It is not right', ...payload }, as)
const publish = async (id: number, payload: object) =>
  await post(`/runs/${id}/publication`, { note: 'Minutes', ...payload }, 'office')
const codeOf = (response: Awaited<ReturnType<typeof post>>) => response.json<{ code: string }>().code
const assign = async (
  id: number,
  account: keyof RatedUniversity['university']['accounts'],
  as: Account = 'office',
) => await post(`/appeals/${id}/reviewer`, { accountId: there.university.accounts[account] }, as)
const idOf = (response: Awaited<ReturnType<typeof post>>) => {
  expect(response.statusCode, response.body).toBe(200)
  return response.json<AppealDetail>().id
}

describe('filing', () => {
  it('waits for the publication', async () => {
    expect(codeOf(await file({ subject: 'line', lineNo: 1 }))).toBe('run-unpublished')
    expect((await publish(run.id, { state: 'preliminary' })).statusCode).toBe(200)
  })

  it('is about a line of the own trace, own evidence, or the own standing, once each', async () => {
    filed['line'] = idOf(await file({ subject: 'line', lineNo: 1 }, 'marat'))
    filed['evidence'] = idOf(await file({ subject: 'evidence', evidenceId: forgotten, clause: 'a' }))
    filed['standing'] = idOf(await file({ subject: 'standing', clause: 'N' }, 'elsewhere'))
    expect(codeOf(await file({ subject: 'evidence', evidenceId: forgotten, clause: 'a' }))).toBe(
      'appeal-twice',
    )
    for (const wrong of [
      { subject: 'line', lineNo: 99 },
      { subject: 'evidence', evidenceId: 99_999 },
      { subject: 'standing', clause: 'nothing' },
    ])
      expect(codeOf(await file(wrong)), wrong.subject).toBe('appeal-subject')
    // Evidence of another is none of Anna's.
    expect(codeOf(await file({ subject: 'evidence', evidenceId: counted }, 'elsewhere'))).toBe(
      'appeal-subject',
    )
    expect((await file({ subject: 'line', lineNo: 1, reason: ' ' })).statusCode).toBe(400)
    for (const as of ['dean', 'office', 'management', 'nobody'] as const)
      expect((await file({ subject: 'line', lineNo: 1 }, as)).statusCode, as).toBe(403)
  })

  it('says until when an answer is due, and what it is about', async () => {
    const appeal = await there.ask<AppealDetail>(`/appeals/${filed['line']}`, { as: 'marat' })
    // Published on 30/6/2026: filed until 5/7, answered until 8/7.
    expect(appeal).toMatchObject({
      state: 'filed',
      answerUntil: '2026-07-08',
      ageDays: 0,
      isOverdue: false,
      clause: 'a',
      line: { kind: 'points', amount: '10' },
      actions: ['attach', 'withdraw'],
      history: [{ action: 'file', by: 'Марат' }],
    })
  })

  it('is over after the last day, with that day in the message', async () => {
    const { context } = there.server
    const now = context.now
    context.now = () => new Date('2026-07-06T00:00:00Z')
    try {
      const late = await there.answer(`/runs/${run.id}/appeals`, {
        method: 'POST',
        as: 'aigul',
        payload: { subject: 'line', lineNo: 1, reason: 'x' },
        language: 'ru',
      })
      expect([late.statusCode, late.json<{ detail: string }>().detail]).toEqual([
        409,
        'Апелляции принимались по 2026-07-05 включительно.',
      ])
    } finally {
      context.now = now
    }
  })

  it('takes a file whose content is what it says, for the appellant to add and for those concerned to read', async () => {
    const send = async (as: Account, content: Buffer) => {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(content)]), '../../letter.pdf')
      const encoded = new Response(form)
      return await there.server.app.inject({
        method: 'POST',
        url: `/api/appeals/${filed['evidence']}/files`,
        headers: {
          'x-ustaz-account': String(there.university.accounts[as as 'aigul']),
          'content-type': encoded.headers.get('content-type')!,
        },
        payload: Buffer.from(await encoded.arrayBuffer()),
      })
    }
    expect((await send('aigul', Buffer.from('<html><script>'))).statusCode).toBe(415)
    expect((await send('marat', Buffer.from('%PDF-1.4\n'))).statusCode).toBe(404)
    const sent = await send('aigul', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'))
    const [attached] = sent.json<AppealDetail>().files
    expect(attached, sent.body).toMatchObject({ name: 'letter.pdf', mediaType: 'application/pdf' })
    const address = `/teachers/${there.university.teachers.aigul}/appeals/${filed['evidence']}/files/${attached!.id}`
    const download = await there.answer(address, { as: 'office' })
    expect(download.headers['content-type']).toBe('application/octet-stream')
    for (const as of ['marat', 'head', 'dean', 'nobody'] as const)
      expect([403, 404], as).toContain((await there.answer(address, { as })).statusCode)
  })
})

describe('who sees an appeal', () => {
  it('the appellant, office and management, and nobody else', async () => {
    for (const as of ['aigul', 'office', 'management'] as const)
      expect((await there.answer(`/appeals/${filed['evidence']}`, { as })).statusCode, as).toBe(200)
    for (const as of ['marat', 'elsewhere', 'head', 'dean', 'administrator'] as const) {
      expect(codeOf(await there.answer(`/appeals/${filed['evidence']}`, { as })), as).toBe('appeal-not-found')
      expect((await there.answer('/appeals', { as })).statusCode, as).toBe(403)
      expect((await there.answer(`/runs/${run.id}/appeals/statistics`, { as })).statusCode, as).toBe(403)
      expect((await there.answer(`/runs/${run.id}/correction`, { as })).statusCode, as).toBe(403)
    }
    const own = await there.ask<Page<Appeal>>('/appeals/own', { as: 'marat' })
    expect(own.items.map(({ id }) => id)).toEqual([filed['line']])
    const all = await there.ask<Page<Appeal>>('/appeals?pageSize=2')
    expect([all.total, all.items.length]).toEqual([3, 2])
  })
})

describe('the reviewer', () => {
  it('is refused where not independent, and assigned by the office only', async () => {
    const id = filed['evidence']!
    expect(codeOf(await assign(id, 'aigul'))).toBe('reviewer-appellant')
    // The head passed the evidence; the dean leads the faculty.
    expect(codeOf(await assign(id, 'head'))).toBe('reviewer-decided')
    expect(codeOf(await assign(id, 'dean'))).toBe('reviewer-leads')
    expect(codeOf(await assign(id, 'nobody'))).toBe('reviewer-unknown')
    const { db } = there.server.database
    await sql`insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name)
      values (${forgotten}, 2, ${there.university.teachers.marat}, 'M')`.execute(db)
    expect(codeOf(await assign(id, 'marat'))).toBe('reviewer-co-author')
    await sql`insert into core.relative (account_id, teacher_id, created_by, created_at)
      select ${there.university.accounts.management}, ${there.university.teachers.aigul}, ${there.university.accounts.office}, now()`.execute(
      db,
    )
    expect(codeOf(await assign(id, 'management'))).toBe('reviewer-relative')
    for (const as of ['aigul', 'head', 'management'] as const)
      expect((await assign(id, 'elsewhere', as)).statusCode, as).toBe(403)
    const { items } = await there.ask<Page<{ accountId: number; objection: string | null }>>(
      `/appeals/${id}/reviewers?pageSize=200`,
    )
    expect(
      items.find(({ accountId }) => accountId === there.university.accounts.elsewhere)?.objection,
    ).toBeNull()
    expect((await assign(id, 'elsewhere')).json<AppealDetail>()).toMatchObject({
      state: 'in-review',
      reviewer: 'Анна',
    })
    expect((await assign(filed['line']!, 'elsewhere')).statusCode).toBe(200)
    expect((await assign(filed['standing']!, 'management')).statusCode).toBe(200)
  })

  it('alone answers, always with a reason, upholding always with what is to be corrected', async () => {
    const answer = async (id: number, payload: object, as: Account) =>
      await post(`/appeals/${id}/answer`, payload, as)
    const upheld = {
      outcome: 'upheld',
      reason: 'It was approved within the period',
      corrections: [{ kind: 'evidence', evidenceId: forgotten, reason: 'Approved on time' }],
    }
    for (const as of ['aigul', 'office', 'management'] as const)
      expect((await answer(filed['evidence']!, upheld, as)).statusCode, as).toBe(403)
    expect((await answer(filed['evidence']!, upheld, 'marat')).statusCode).toBe(404)
    for (const wrong of [{ ...upheld, corrections: [] }, { ...upheld, reason: '' }, { outcome: 'rejected' }])
      expect((await answer(filed['evidence']!, wrong, 'elsewhere')).statusCode).toBe(400)
    expect((await answer(filed['evidence']!, upheld, 'elsewhere')).json()).toMatchObject({ state: 'upheld' })
    expect(codeOf(await answer(filed['evidence']!, upheld, 'elsewhere'))).toBe('appeal-state')
    const removed = {
      outcome: 'upheld',
      reason: 'The course was not the own one',
      corrections: [{ kind: 'remove', factNo: 1, reason: 'Not the own one' }],
    }
    expect((await answer(filed['line']!, removed, 'elsewhere')).statusCode).toBe(200)
    expect(codeOf(await post(`/runs/${run.id}/correction`, {}, 'office'))).toBe('correction-open')
    const rejected = { outcome: 'rejected', reason: 'The norm is that of the position' }
    expect((await answer(filed['standing']!, rejected, 'management')).json()).toMatchObject({
      state: 'rejected',
    })
    const seen = await there.ask<AppealDetail>(`/appeals/${filed['standing']}`, { as: 'elsewhere' })
    expect(seen).toMatchObject({ answer: 'The norm is that of the position', actions: [] })
    expect(seen.history.map(({ action }) => action)).toEqual(['file', 'assign', 'reject'])
  })

  it('is not asked about what was withdrawn', async () => {
    const id = idOf(await file({ subject: 'line', lineNo: 1 }))
    expect((await post(`/appeals/${id}/withdrawal`, { reason: '' }, 'marat')).statusCode).toBe(404)
    expect((await post(`/appeals/${id}/withdrawal`, { reason: 'A mistake' }, 'aigul')).json()).toMatchObject({
      state: 'withdrawn',
    })
    expect(codeOf(await assign(id, 'elsewhere'))).toBe('appeal-state')
  })

  it('and the statistics tell what became of appeals, clause by clause', async () => {
    const { items } = await there.ask<AppealStatistics>(`/runs/${run.id}/appeals/statistics`, {
      as: 'management',
    })
    expect(
      items.map(({ clause, filed: all, upheld, rejected, withdrawn, share }) => [
        clause,
        all,
        upheld,
        rejected,
        withdrawn,
        share,
      ]),
    ).toEqual([
      ['a', 3, 2, 0, 1, 1],
      ['N', 1, 0, 1, 0, 0],
    ])
  })
})

describe('the new run', () => {
  let corrected: number
  const totals = async (id: number) =>
    Object.fromEntries(
      (await there.ask<Page<RankingRow>>(`/runs/${id}/ranking`)).items.map(({ familyName, total, place }) => [
        familyName,
        [total, place],
      ]),
    )

  it('carries out every upheld appeal and changes nobody else but places, whatever happened since', async () => {
    // Evidence that others got approved after the freeze must not come in.
    await there.enter('elsewhere', 'A later course of Anna')
    await there.enter('head', 'A later course of the head')
    for (const as of ['aigul', 'head', 'management'] as const)
      expect((await post(`/runs/${run.id}/correction`, {}, as)).statusCode, as).toBe(403)
    const { runId } = (await post(`/runs/${run.id}/correction`, {}, 'office')).json<{ runId: number }>()
    corrected = runId
    expect(await there.finish(runId)).toMatchObject({ state: 'done', failure: null, purpose: 'official' })
    expect(await totals(run.id)).toEqual({
      Ахметов: ['15.00', 1],
      Оразбаева: ['5.00', 2],
      Семёнова: ['5.00', 2],
      Ким: ['-5.00', 4],
    })
    expect(await totals(runId)).toEqual({
      Ахметов: ['5.00', 2],
      Оразбаева: ['15.00', 1],
      Семёнова: ['5.00', 2],
      Ким: ['-5.00', 4],
    })
    expect(codeOf(await post(`/runs/${run.id}/correction`, {}, 'office'))).toBe('correction-there')
  })

  it('names what it changed, and the comparison of the two runs shows the same', async () => {
    const { correction } = await there.ask<{ correction: RunCorrection }>(`/runs/${corrected}/correction`)
    expect(correction).toMatchObject({
      baseRunId: run.id,
      dependsOn: [],
      dependents: [],
      counts: { dependents: 0, moved: 0 },
      isExplained: true,
    })
    expect(
      correction.appellants.map(({ familyName, before, after }) => [familyName, before.total, after.total]),
    ).toEqual([
      ['Ахметов', '15', '5'],
      ['Оразбаева', '5', '15'],
    ])
    expect(await there.ask(`/runs/${run.id}/correction`)).toEqual({ correction: null })
    const movers = await there.ask<Page<{ familyName: string; totalChange: string }>>(
      `/runs/${corrected}/compare/${run.id}/teachers?sort=total`,
    )
    expect(movers.items.map(({ familyName, totalChange }) => [familyName, totalChange])).toEqual([
      ['Ахметов', '-10'],
      ['Оразбаева', '10'],
      ['Ким', '0'],
      ['Семёнова', '0'],
    ])
  })

  it('is verified, shows the counted evidence to the appellant after its publication, and takes the place of the old one', async () => {
    const verified = await there.ask<{ recorded: string; found: string }>(`/runs/${corrected}/verification`)
    expect(verified.found).toBe(verified.recorded)
    expect(
      codeOf(
        await there.answer(`/runs/${corrected}/teachers/${there.university.teachers.aigul}`, { as: 'aigul' }),
      ),
    ).toBe('run-unpublished')
    expect(codeOf(await publish(run.id, { state: 'final' }))).toBe('publication-appeals-running')
    const { context } = there.server
    const now = context.now
    context.now = () => new Date('2026-07-06T00:00:00Z')
    try {
      expect(codeOf(await publish(run.id, { state: 'final' }))).toBe('publication-upheld-open')
      const published = await publish(corrected, { state: 'final', replaces: run.id })
      expect(published.json<RunPublication>(), published.body).toMatchObject({ current: { state: 'final' } })
      expect(codeOf(await file({ subject: 'line', lineNo: 1 }))).toBe('appeal-closed')
    } finally {
      context.now = now
    }
    const result = await there.ask<TeacherResult>(
      `/runs/${corrected}/teachers/${there.university.teachers.aigul}`,
      { as: 'aigul' },
    )
    expect(result.lines.map(({ fact, amount }) => [fact?.evidenceTitle ?? null, amount])).toEqual(
      expect.arrayContaining([
        ['A course that counts', '10'],
        ['A course that was approved too late', '10'],
      ]),
    )
    const appeal = await there.ask<AppealDetail>(`/appeals/${filed['evidence']}`, { as: 'aigul' })
    expect(appeal.correctedBy).toBe(corrected)
    expect((await there.ask<AppealStatistics>(`/runs/${corrected}/appeals/statistics`)).items[0]!.filed).toBe(
      3,
    )
  })
})
