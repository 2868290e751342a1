import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { remindOfAppeals } from '../appeals/appeal-reminders.ts'
import type { AppealDetail, Notice, Page, Run } from '../contract/index.ts'
import { createMailQueue } from '../mail/queue-mail.ts'
import { createRatedUniversity } from '../routes/rated-university.example.ts'
import type { Account, RatedUniversity } from '../routes/rated-university.example.ts'

const text = { kk: 'x', ru: 'x', en: 'The commission' }
let there: RatedUniversity
let run: Run
let appeal: number

beforeAll(async () => {
  // Appeals: filed within five days of the publication, answered within three more.
  there = await createRatedUniversity({ id: '15', title: text, days: 5, answeredBy: text, answerDays: 3 })
  await createMailQueue(there.server.context.jobs)
  await there.enter('aigul', 'A course that counts')
  await there.enter('marat', 'A course of Marat')
  run = await there.rate()
  const { context } = there.server
  const mail = { smtpUrl: 'smtp://127.0.0.1:1', from: 'ustaz@university.example' }
  context.config = { ...context.config, mail }
  const { aigul, marat, elsewhere } = there.university.accounts
  for (const [id, language, wantsMail] of [
    [aigul, 'ru', true],
    [marat, 'kk', false],
    [elsewhere, 'en', true],
  ] as const)
    await context.db
      .updateTable('account')
      .set({ email: `${id}@university.example`, language, wants_mail: wantsMail })
      .where('id', '=', id)
      .execute()
}, 90_000)
afterAll(async () => {
  await there.server.close()
})

const post = async (url: string, payload: object, as: Account = 'office') =>
  await there.answer(url, { method: 'POST', as, payload })
const publish = async (id: number, payload: object) => {
  const answer = await post(`/runs/${id}/publication`, { note: 'Minutes', ...payload })
  expect(answer.statusCode, answer.body).toBe(200)
}
/** What an account has not read yet; reads it. */
const told = async (as: Account, language = 'en') => {
  const { items } = await there.ask<Page<Notice>>('/notices?unread=true', { as, language })
  await post('/notices/read', {}, as)
  return items
}
const kinds = async (as: Account) => (await told(as)).map(({ kind }) => kind)
const everybody = ['aigul', 'marat', 'head', 'elsewhere', 'dean', 'office', 'administrator'] as const
const kindsOfAll = async () => {
  const found: [Account, string[]][] = []
  for (const as of everybody) found.push([as, await kinds(as)])
  return Object.fromEntries(found.filter(([, list]) => list.length > 0))
}
const { mails, on } = {
  mails: async () => {
    const { rows } = await sql<{ recipient: string; subject: string; text: string }>`
      with gone as (delete from core.mail returning *) select recipient, subject, text from gone order by id`.execute(
      there.server.database.db,
    )
    return rows
  },
  on: (day: string) => ({ ...there.server.context, now: () => new Date(`${day}T03:00:00Z`) }),
}

describe('a preliminary publication', () => {
  it('is told to nobody while the run is in its shadow period', async () => {
    await sql`insert into core.shadow (run_id, created_by, created_at, state)
      values (${run.id}, ${there.university.accounts.office}, now(), 'review')`.execute(
      there.server.database.db,
    )
    await publish(run.id, { state: 'preliminary' })
    expect(await kindsOfAll()).toEqual({})
    expect(await mails()).toEqual([])
  })

  it('is told, when that has ended, to those who can see their own result, with the last day and never with points', async () => {
    await there.server.database.db
      .updateTable('account')
      .set({ locked_at: new Date() })
      .where('id', '=', there.university.accounts.elsewhere)
      .execute()
    const ended = await post(`/runs/${run.id}/shadow/moves`, { action: 'end' }, 'management')
    expect(ended.statusCode, ended.body).toBe(200)
    // Whoever is locked out cannot ask what was told meanwhile: asked afterwards, nothing was.
    await there.server.database.db.updateTable('account').set({ locked_at: null }).execute()
    const [notice] = await told('aigul', 'ru')
    const { aigul } = there.university.teachers
    expect(notice).toMatchObject({
      kind: 'results-preliminary',
      link: `/runs/${run.id}/teachers/${aigul}`,
      text: expect.stringMatching(/Апелляции принимаются по 2026-07-05 включительно/) as string,
    })
    expect(notice!.text).not.toMatch(/\b10\b/)
    expect(await kindsOfAll()).toEqual({ marat: ['results-preliminary'], head: ['results-preliminary'] })
    // Marat wants no mail, the head has no address, Anna is locked out.
    const letters = await mails()
    expect(letters.map(({ recipient }) => recipient)).toEqual([
      `${there.university.accounts.aigul}@university.example`,
    ])
    expect(letters[0]!.subject).toBe('Ustaz: Опубликованы предварительные результаты')
    expect(letters[0]!.text).toContain(`/runs/${run.id}/teachers/${aigul}`)
  })

  it('is followed by one reminder when the last day is near', async () => {
    await remindOfAppeals(on('2026-07-02'))
    expect(await kindsOfAll()).toEqual({})
    await remindOfAppeals(on('2026-07-03'))
    await remindOfAppeals(on('2026-07-03'))
    await remindOfAppeals(on('2026-07-05'))
    const close = ['appeals-close']
    expect(await kindsOfAll()).toEqual({ aigul: close, marat: close, head: close, elsewhere: close })
    expect(await mails()).toHaveLength(2)
  })
})

describe('an appeal', () => {
  it('is told to who names reviewers, and by mail to nobody yet', async () => {
    const filed = await post(
      `/runs/${run.id}/appeals`,
      { subject: 'standing', clause: 'N', reason: 'Not right' },
      'aigul',
    )
    expect(filed.statusCode, filed.body).toBe(200)
    appeal = filed.json<AppealDetail>().id
    const [notice] = await told('office')
    expect(notice).toMatchObject({ kind: 'appeal-filed', link: `/appeals/${appeal}` })
    expect(notice!.text).toContain('2026-07-08')
    expect(await kindsOfAll()).toEqual({})
    expect(await mails()).toEqual([])
  })

  it('is told to the reviewer it is given to, and reminded of before an answer is due', async () => {
    await remindOfAppeals(on('2026-07-06'))
    expect(await kindsOfAll()).toEqual({ office: ['appeals-unassigned'] })
    const { elsewhere, management } = there.university.accounts
    for (const accountId of [management, elsewhere]) {
      const assigned = await post(`/appeals/${appeal}/reviewer`, { accountId })
      expect(assigned.statusCode, assigned.body).toBe(200)
    }
    expect(await kinds('management')).toEqual(['appeal-assigned'])
    expect(await kindsOfAll()).toEqual({ elsewhere: ['appeal-assigned'] })
    await remindOfAppeals(on('2026-07-07'))
    await remindOfAppeals(on('2026-07-08'))
    expect(await kindsOfAll()).toEqual({ elsewhere: ['appeals-due'] })
    expect((await mails()).map(({ subject }) => subject)).toEqual([
      'Ustaz: An appeal is yours to review',
      'Ustaz: Answers to appeals are due on 2026-07-08',
    ])
  })

  it('is answered to the appellant alone, with the reason', async () => {
    const answer = {
      outcome: 'upheld',
      reason: 'The post was recorded wrongly',
      corrections: [{ kind: 'person', reason: 'The post' }],
    }
    const refused = await post(`/appeals/${appeal}/answer`, answer, 'management')
    expect(refused.statusCode).toBe(403)
    expect(await kindsOfAll()).toEqual({})
    const answered = await post(`/appeals/${appeal}/answer`, answer, 'elsewhere')
    expect(answered.statusCode, answered.body).toBe(200)
    const [notice] = await told('aigul')
    expect(notice).toMatchObject({ kind: 'appeal-upheld', text: 'The answer: The post was recorded wrongly' })
    expect(await kindsOfAll()).toEqual({})
    const letters = await mails()
    expect(letters).toHaveLength(1)
    expect(letters[0]!.text).toContain('The post was recorded wrongly')
  })
})

describe('a run that takes the place of a published one', () => {
  let corrected: number
  it('is told to those whose result is another one', async () => {
    await sql`update core.appointment set position = 'assistant' where teacher_id = ${there.university.teachers.aigul}`.execute(
      there.server.database.db,
    )
    const request = await post(`/runs/${run.id}/correction`, {})
    expect(request.statusCode, request.body).toBe(200)
    corrected = request.json<{ runId: number }>().runId
    await there.finish(corrected)
    const { rows } = await sql<{ teacher_id: number }>`
      select a.teacher_id from core.run_teacher a join core.run_teacher b using (teacher_id)
      where a.run_id = ${run.id} and b.run_id = ${corrected}
        and (a.total, a.place, a.status, a.band) is distinct from (b.total, b.place, b.status, b.band)`.execute(
      there.server.database.db,
    )
    expect(rows.map(({ teacher_id: id }) => id)).toContain(there.university.teachers.aigul)
    await publish(corrected, { state: 'preliminary', replaces: run.id })
    const changed = ['aigul', 'marat', 'head', 'elsewhere'].filter((name) =>
      rows.some(({ teacher_id: id }) => id === there.university.teachers[name as 'aigul']),
    )
    expect(changed.length).toBeLessThan(4)
    expect(Object.keys(await kindsOfAll())).toEqual(changed)
  })

  it('is told to all of them once it is final', async () => {
    const { context } = there.server
    const now = context.now
    context.now = () => new Date('2026-07-20T09:00:00Z')
    try {
      await publish(corrected, { state: 'final' })
    } finally {
      context.now = now
    }
    const final = ['results-final']
    expect(await kindsOfAll()).toEqual({ aigul: final, marat: final, head: final, elsewhere: final })
  })
})
