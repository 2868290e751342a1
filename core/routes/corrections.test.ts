import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AppealDetail, Page, Problem, RankingRow, Run, RunPublication } from '../contract/index.ts'
import { createRatedUniversity } from './rated-university.example.ts'
import type { Account, RatedUniversity } from './rated-university.example.ts'

const text = { kk: 'x', ru: 'x', en: 'The commission' }
let there: RatedUniversity
let run: Run
beforeAll(async () => {
  there = await createRatedUniversity({ id: '15', title: text, days: 5, answeredBy: text, answerDays: 3 })
  await there.enter('aigul', 'A course that counts')
  await there.enter('marat', 'A course of Marat')
  run = await there.rate()
}, 90_000)
afterAll(async () => {
  await there.server.close()
})

const post = async (url: string, payload: object, as: Account = 'office') =>
  await there.answer(url, { method: 'POST', as, payload })
const publish = async (id: number, more: object = {}) =>
  await post(`/runs/${id}/publication`, { state: 'preliminary', note: 'Minutes 5', ...more })
const totalOf = async (id: number, familyName: string) =>
  (await there.ask<Page<RankingRow>>(`/runs/${id}/ranking`)).items.find(
    (row) => row.familyName === familyName,
  )?.total

const fact = {
  indicator: 'methodical.mooc',
  happenedOn: '2026-03-01',
  quantity: '2',
  role: null,
  participants: 1,
  share: null,
  attributes: { title: 'A course of the archive', platform: 'own' },
  ordinal: null,
  affiliated: 1,
  expertPoints: null,
}
const answerWith = (changes: object) => ({
  outcome: 'upheld',
  reason: 'It stands in the archive',
  corrections: [{ kind: 'add', fact: { ...fact, ...changes }, reason: 'Found in the archive' }],
})

it('a fact is put in by an upheld appeal only as its indicator and the regulation know it, and then it counts', async () => {
  expect((await publish(run.id)).statusCode).toBe(200)
  const filed = await post(
    `/runs/${run.id}/appeals`,
    { subject: 'standing', clause: 'N', reason: 'x' },
    'aigul',
  )
  const { id } = filed.json<AppealDetail>()
  await post(`/appeals/${id}/reviewer`, { accountId: there.university.accounts.elsewhere })
  const answer = async (changes: object) =>
    await post(`/appeals/${id}/answer`, answerWith(changes), 'elsewhere')
  for (const [changes, path] of [
    [{ indicator: 'methodical.textbook' }, '/indicator'],
    [{ indicator: 'nothing.known' }, '/indicator'],
    [{ attributes: { title: 'x', platform: 'elsewhere' } }, '/attributes/platform'],
    [{ attributes: { platform: 'own' } }, '/attributes/title'],
    [{ attributes: { title: 'a\0b', platform: 'own' } }, '/attributes/title'],
    [{ role: 'author' }, '/role'],
  ] as const) {
    const refused = await answer(changes)
    expect(refused.statusCode, JSON.stringify(changes)).toBe(422)
    const { code, issues } = refused.json<Problem>()
    expect([code, issues[0]!.path]).toEqual(['correction-invalid', `/corrections/0/fact${path}`])
  }
  expect((await answer({ quantity: '-1' })).statusCode).toBe(400)
  const upheld = (await answer({ attributes: { ...fact.attributes, unheardOf: 1 } })).json<AppealDetail>()
  expect(upheld.corrections[0]).toMatchObject({
    kind: 'add',
    // What the schema does not know is gone, what it fills in is there.
    fact: { attributes: { title: 'A course of the archive', platform: 'own', address: null } },
  })
  const { runId } = (await post(`/runs/${run.id}/correction`, {})).json<{ runId: number }>()
  expect(await there.finish(runId)).toMatchObject({ state: 'done', failure: null })
  // 10 for each course, less the norm of 5: one course, then two more.
  expect([await totalOf(run.id, 'Оразбаева'), await totalOf(runId, 'Оразбаева')]).toEqual(['5.00', '25.00'])
})

it('a correction that changed what nothing explains is published with a reason only, and the reason stays on record', async () => {
  await there.enter('marat', 'A course that was entered meanwhile')
  const other = await there.rate()
  // As if the worker had frozen anew what it was to leave alone.
  await sql`insert into core.run_correction (run_id, base_run_id) values (${other.id}, ${run.id})`.execute(
    there.server.database.db,
  )
  const refused = await publish(other.id, { replaces: run.id })
  expect([refused.statusCode, refused.json<Problem>().code]).toEqual([409, 'publication-unexplained'])
  expect((await publish(other.id, { replaces: run.id, unexplained: ' ' })).statusCode).toBe(400)
  const before = await there.ask<RunPublication>(`/runs/${other.id}/publication`)
  expect(before.current).toBeNull()
  const order = {
    note: 'Minutes 6',
    state: 'preliminary' as const,
    replaces: run.id,
    unexplained: 'Both were frozen anew',
  }
  const open = await post(`/runs/${other.id}/publication`, order)
  // The upheld appeal above is not carried out by this run.
  expect(open.json<Problem>().code).toBe('publication-upheld-open')
  await sql`insert into core.run_correction_appeal (run_correction_id, appeal_id)
    select c.id, a.id from core.run_correction c, core.appeal a where c.run_id = ${other.id}`.execute(
    there.server.database.db,
  )
  const published = await post(`/runs/${other.id}/publication`, order)
  expect(published.json<RunPublication>().current, published.body).toMatchObject({
    state: 'preliminary',
    note: 'Minutes 6\nPublished with changes that nothing explains, because: Both were frozen anew',
  })
})
