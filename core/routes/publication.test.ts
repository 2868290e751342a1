import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Run, RunPublication, TableSetting } from '../contract/index.ts'
import { writeRun } from '../rating/results/comparison/example-runs.ts'
import { exampleDocument } from '../regulation/example-document.ts'
import { createRatedUniversity, examplePeriod } from './rated-university.example.ts'
import type { Account, RatedUniversity } from './rated-university.example.ts'

let there: RatedUniversity
let run: Run
let later: Run
beforeAll(async () => {
  there = await createRatedUniversity()
  await there.enter('aigul', 'A course')
  run = await there.rate()
  later = await there.rate()
}, 90_000)
afterAll(async () => {
  await there.server.close()
})

const publish = async (id: number, payload: object, as: Account = 'office') =>
  await there.answer(`/runs/${id}/publication`, {
    method: 'POST',
    as,
    payload: { note: 'Minutes 4', ...payload },
  })
const withdraw = async (id: number, reason = 'A fault in the list of journals') =>
  await there.answer(`/runs/${id}/publication/withdrawal`, { method: 'POST', payload: { reason } })
const codeOf = (response: Awaited<ReturnType<typeof publish>>) => response.json<{ code: string }>().code
const seenBy = async (as: Account) =>
  (await there.ask<{ items: Run[] }>('/runs', { as })).items.map(({ id }) => id)

describe('before the publication', () => {
  it('nobody but office and management sees anything of a run', async () => {
    for (const as of ['aigul', 'head', 'dean', 'administrator'] as const) {
      expect(await seenBy(as), as).toEqual([])
      expect(codeOf(await there.answer(`/runs/${run.id}`, { as })), as).toBe('run-unpublished')
    }
    for (const as of ['office', 'management'] as const) expect(await seenBy(as)).toEqual([later.id, run.id])
  })

  it('a run is published by office or management only', async () => {
    for (const as of ['aigul', 'head', 'dean', 'administrator', 'nobody'] as const)
      expect((await publish(run.id, { state: 'preliminary' }, as)).statusCode, as).toBe(403)
  })

  it('a run whose stored rows hash otherwise, a trial, and one that is not there are refused', async () => {
    const written = await writeRun(there.server.database.db, exampleDocument(), [])
    expect(codeOf(await publish(written, { state: 'preliminary' }))).toBe('publication-unverified')
    const trial = await there.ask<Run>('/runs', {
      method: 'POST',
      payload: { regulationVersionId: there.regulationVersionId, ...examplePeriod, purpose: 'trial' },
    })
    await there.finish(trial.id)
    expect(codeOf(await publish(trial.id, { state: 'preliminary' }))).toBe('publication-trial')
    expect(codeOf(await publish(99_999, { state: 'preliminary' }))).toBe('run-not-found')
    expect((await publish(run.id, { state: 'preliminary', note: ' ' })).statusCode).toBe(400)
  })
})

describe('a regulation that knows no appeal', () => {
  it('is published as preliminary with the days that whoever publishes names, and counted in days from then', async () => {
    const first = await publish(run.id, { state: 'preliminary', terms: { days: 5, answerDays: 3 } })
    expect(first.statusCode, first.body).toBe(200)
    expect(first.json<RunPublication>()).toMatchObject({
      // The clock of the test stands at 30/6/2026.
      current: { state: 'preliminary', by: 'Office', appealsUntil: '2026-07-05', answersUntil: '2026-07-08' },
      terms: null,
      others: [],
    })
    expect(first.json<RunPublication>().current!.hash).toBe(run.hash)
    expect(await seenBy('aigul')).toEqual([run.id])
    expect(await seenBy('administrator')).toEqual([run.id])
    expect(codeOf(await publish(run.id, { state: 'preliminary' }))).toBe('publication-again')
  })

  it('is not final while appeals may still be filed', async () => {
    expect(codeOf(await publish(run.id, { state: 'final' }))).toBe('publication-appeals-running')
  })

  it('has one published run of a period at a time: the next says which it replaces', async () => {
    expect(codeOf(await publish(later.id, { state: 'preliminary' }))).toBe('publication-other')
    expect((await there.ask<RunPublication>(`/runs/${later.id}/publication`)).others).toEqual([
      { runId: run.id, state: 'preliminary' },
    ])
    const replaced = await publish(later.id, { state: 'preliminary', replaces: run.id })
    expect(replaced.statusCode, replaced.body).toBe(200)
    const old = await there.ask<RunPublication>(`/runs/${run.id}/publication`, { as: 'aigul' })
    expect(old.history.map(({ state, replacedBy }) => [state, replacedBy])).toEqual([
      ['replaced', later.id],
      ['preliminary', null],
    ])
    expect(await seenBy('aigul')).toEqual([later.id, run.id])
    expect(codeOf(await publish(run.id, { state: 'preliminary', replaces: 99_999 }))).toBe(
      'publication-other',
    )
  })

  it('becomes final, is withdrawn with a reason, and nothing of it is deleted', async () => {
    expect((await publish(later.id, { state: 'final' })).statusCode).toBe(200)
    expect(codeOf(await publish(later.id, { state: 'preliminary' }))).toBe('publication-again')
    expect((await withdraw(later.id, '  ')).statusCode).toBe(400)
    expect((await withdraw(later.id)).statusCode).toBe(200)
    expect(codeOf(await withdraw(later.id))).toBe('publication-not-published')
    expect(await seenBy('aigul')).toEqual([run.id])
    expect(codeOf(await there.answer(`/runs/${later.id}/publication`, { as: 'aigul' }))).toBe(
      'run-unpublished',
    )
    const { history } = await there.ask<RunPublication>(`/runs/${later.id}/publication`)
    expect(history.map(({ state }) => state)).toEqual(['withdrawn', 'final', 'preliminary'])
    expect(codeOf(await publish(run.id, { state: 'final', replaces: later.id }))).toBe(
      'publication-replaces-nothing',
    )
    for (const statement of ['delete from core.publication', "update core.publication set note = 'x'"])
      await expect(there.server.database.pool.query(statement)).rejects.toThrow(/frozen/)
  })
})

describe('a regulation that says how to appeal', () => {
  const text = { kk: 'x', ru: 'x', en: 'The commission' }
  let other: RatedUniversity
  let strict: Run
  beforeAll(async () => {
    other = await createRatedUniversity({ id: '15', title: text, days: 7, answeredBy: text, answerDays: 2 })
    strict = await other.rate()
  }, 90_000)
  afterAll(async () => {
    await other.server.close()
  })
  const publishThere = async (payload: object) =>
    await other.answer(`/runs/${strict.id}/publication`, {
      method: 'POST',
      payload: { note: 'x', ...payload },
    })

  it('is published as preliminary first, with the days it names and no others', async () => {
    expect(codeOf(await publishThere({ state: 'final' }))).toBe('publication-preliminary-first')
    const terms = { days: 1, answerDays: 1 }
    expect(codeOf(await publishThere({ state: 'preliminary', terms }))).toBe('publication-terms')
    expect((await publishThere({ state: 'preliminary' })).json<RunPublication>()).toMatchObject({
      current: { appealsUntil: '2026-07-07', answersUntil: '2026-07-09' },
      terms: { clause: '15', days: 7, answerDays: 2, answeredBy: { en: 'The commission' } },
    })
  })
})

describe('the table by name', () => {
  const table = async (as: Account) => await there.answer(`/runs/${run.id}/table`, { as })
  const turn = async (isOn: boolean, as: Account) =>
    await there.answer('/settings/table-by-name', {
      method: 'POST',
      as,
      payload: { isOn, reason: 'Decision of the council' },
    })

  it('is off until administrator or management turn it on, on record', async () => {
    expect(codeOf(await table('office'))).toBe('table-by-name-off')
    for (const as of ['aigul', 'head', 'dean', 'office', 'nobody'] as const)
      expect((await turn(true, as)).statusCode, as).toBe(403)
    expect((await turn(true, 'administrator')).json<TableSetting>()).toMatchObject({
      isOn: true,
      history: [{ isOn: true, by: 'Administrator', reason: 'Decision of the council' }],
    })
  })

  it('then shows who has which place to everybody, and nothing more', async () => {
    const { items, total } = (await table('elsewhere')).json<{
      items: Record<string, unknown>[]
      total: number
    }>()
    expect(total).toBe(4)
    expect(Object.keys(items[0]!).sort()).toEqual(
      [
        'teacherId',
        'familyName',
        'givenName',
        'patronymic',
        'departmentId',
        'position',
        'league',
        'place',
        'total',
      ].sort(),
    )
    expect(items.map(({ place, total: points }) => [place, points])).toEqual([
      [1, '5.00'],
      [2, '-5.00'],
      [2, '-5.00'],
      [2, '-5.00'],
    ])
  })

  it('shows no run that is not published, and goes again when it is turned off', async () => {
    for (const as of ['office', 'aigul'] as const)
      expect(codeOf(await there.answer(`/runs/${later.id}/table`, { as })), as).toBe('run-unpublished')
    await turn(false, 'management')
    expect(codeOf(await table('aigul'))).toBe('table-by-name-off')
  })
})
