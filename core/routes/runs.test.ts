import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fairness, RankingRow, Run, TraceLine } from '../contract/index.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { publishExample } from '../publication/example-publication.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { recordExampleRegulation } from '../rating/run-worker.example.ts'
import { createRunQueue, startRunWorker } from '../rating/run-worker.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

type Account = keyof TestUniversity['accounts']
const period = { periodFrom: '2025-09-01', periodTo: '2026-08-31' }

let server: TestApp
let university: TestUniversity
let regulationVersionId: number
let run: Run

beforeAll(async () => {
  server = await createTestApp({ found: await loadListedPlugins() })
  university = await createTestUniversity(server.database.db)
  regulationVersionId = await recordExampleRegulation(server.database.db, {
    indicator: 'methodical.mooc',
    weighting: 'shares.points',
  })
  await sql`insert into core.evidence (indicator, data, title, happened_on, state, participant_count, affiliated_count, created_by)
    values ('methodical.mooc', '{}', 'A course', '2026-01-15', 'approved', 1, 1, ${university.accounts.office})`.execute(
    server.database.db,
  )
  await sql`insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name)
    select e.id, 1, ${university.teachers.aigul}, 'A' from core.evidence e`.execute(server.database.db)
  // The head's position stays unknown: blocked.
  await sql`update core.appointment set position = 'lecturer' where teacher_id <> ${university.teachers.head}`.execute(
    server.database.db,
  )
  const { db, jobs, host, log } = server.context
  await createRunQueue(jobs)
  await startRunWorker({ db, jobs, sources: host, log })
  run = await finish(await ask<Run>('POST', '/runs', { payload: { regulationVersionId, ...period } }))
  await publishExample(db, run.id)
}, 60_000)
afterAll(async () => {
  await server.close()
})

async function answer(
  method: 'GET' | 'POST',
  url: string,
  options: { as?: Account; language?: string; payload?: object } = {},
) {
  return await server.app.inject({
    method,
    url: `/api${url}`,
    headers: {
      'x-ustaz-account': String(university.accounts[options.as ?? 'office']),
      'accept-language': options.language ?? 'en',
    },
    ...(options.payload ? { payload: options.payload } : {}),
  })
}
async function ask<T>(
  method: 'GET' | 'POST',
  url: string,
  options: Parameters<typeof answer>[2] = {},
): Promise<T> {
  const response = await answer(method, url, options)
  expect(response.statusCode, response.body).toBe(200)
  return response.json<T>()
}
async function finish({ id }: Run): Promise<Run> {
  for (let tries = 0; tries < 300; tries++) {
    const found = await ask<Run>('GET', `/runs/${id}`)
    if (found.state !== 'queued' && found.state !== 'running') return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`run ${id} did not finish`)
}
const rankingAs = async (as: Account, query = '', language = 'en') =>
  await ask<{ items: RankingRow[]; total: number }>('GET', `/runs/${run.id}/ranking?${query}`, {
    as,
    language,
  })

describe('a run over HTTP', () => {
  it('finishes with counts, hash, weights and the names of what it was made by', () => {
    expect(run).toMatchObject({ state: 'done', progress: null, failure: null, weights: { A: '1' } })
    expect(run.counts!.teachers).toBeGreaterThan(1)
    expect(run.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('shows a total that is the sum of its lines, each with clause, fact and evidence', async () => {
    const result = await ask<{ result: RankingRow; exactTotal: string; lines: TraceLine[] }>(
      'GET',
      `/runs/${run.id}/teachers/${university.teachers.aigul}`,
    )
    expect(result.exactTotal).toBe('5')
    expect(result.lines.map(({ kind, clause, amount }) => [kind, clause, amount])).toEqual([
      ['points', 'a', '10'],
      ['norm', 'N', '-5'],
    ])
    expect(result.lines[0]!.fact).toMatchObject({ indicator: 'methodical.mooc', evidenceTitle: 'A course' })
  })

  it('answers 304 to whoever has the ranking already', async () => {
    const first = await answer('GET', `/runs/${run.id}/ranking`)
    const again = await server.app.inject({
      method: 'GET',
      url: `/api/runs/${run.id}/ranking`,
      headers: {
        'x-ustaz-account': String(university.accounts.office),
        'accept-language': 'en',
        'if-none-match': first.headers.etag,
      },
    })
    expect(again.statusCode).toBe(304)
  })

  it('refuses what cannot be, with what to do, in the language asked for', async () => {
    const backwards = { regulationVersionId, periodFrom: '2026-08-31', periodTo: '2025-09-01' }
    const problems = await Promise.all(
      ['kk', 'ru', 'en'].map(async (language) =>
        (await answer('POST', '/runs', { payload: backwards, language })).json<{
          code: string
          detail: string
        }>(),
      ),
    )
    expect(problems.map(({ code }) => code)).toEqual(Array(3).fill('period-backwards'))
    expect(new Set(problems.map(({ detail }) => detail)).size).toBe(3)
    expect((await answer('GET', '/runs/9999')).statusCode).toBe(404)
    expect((await answer('GET', `/runs/${run.id}/ranking?sort=nothing`)).json()).toMatchObject({
      code: 'sort-unknown',
    })
    expect((await answer('POST', `/runs/${run.id}/cancel`)).statusCode).toBe(409)
  })
})

describe('who sees which results', () => {
  it('lets the office see all, a head the own department, a teacher only the own result', async () => {
    const all = await rankingAs('office')
    const own = await rankingAs('aigul')
    expect(own.items.map(({ teacherId }) => teacherId)).toEqual([university.teachers.aigul])
    expect(all.total).toBe(run.counts!.teachers)
    const department = await rankingAs('head')
    expect(department.total).toBeLessThan(all.total)
    expect(new Set(department.items.map(({ departmentId }) => departmentId)).size).toBe(1)
  })

  it("answers a teacher's question for another's result as if it were not there", async () => {
    const all = await rankingAs('office')
    const other = all.items.find(({ teacherId }) => teacherId !== university.teachers.aigul)!
    const response = await answer('GET', `/runs/${run.id}/teachers/${other.teacherId}`, { as: 'aigul' })
    expect(response.statusCode).toBe(404)
    const history = await ask<{ items: unknown[] }>('GET', `/teachers/${other.teacherId}/results`, {
      as: 'aigul',
    })
    expect(history.items).toEqual([])
  })

  it('lets nobody but the office start or cancel a run', async () => {
    for (const as of ['aigul', 'head', 'dean', 'management', 'nobody'] as const) {
      expect(
        (await answer('POST', '/runs', { as, payload: { regulationVersionId, ...period } })).statusCode,
        as,
      ).toBe(403)
      expect((await answer('POST', `/runs/${run.id}/cancel`, { as })).statusCode, as).toBe(403)
    }
  })
})

describe('the ranking as a file', () => {
  it('has a header in the language asked for and a line for each teacher', async () => {
    const response = await answer('GET', `/runs/${run.id}/ranking/export?format=csv`, { language: 'ru' })
    const lines = response.body
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n')
    expect(lines[0]).toContain('Место,ФИО')
    expect(lines).toHaveLength(run.counts!.teachers + 1)
  })

  it('is a workbook where one is asked for', async () => {
    const response = await answer('GET', `/runs/${run.id}/ranking/export?format=xlsx`)
    expect(response.rawPayload.subarray(0, 2).toString()).toBe('PK')
  })
})

it('says in words why a teacher is blocked', async () => {
  const { items } = await rankingAs('office', 'status=blocked', 'en')
  expect(items.map(({ teacherId, total, place }) => [teacherId, total, place])).toEqual([
    [university.teachers.head, null, null],
  ])
  expect(items[0]!.reasons.map(({ code, message }) => [code, message])).toEqual([
    ['position-unknown', 'The position is unknown: the personnel office must enter it in the appointment.'],
  ])
})

it('compares units and follows them over the years', async () => {
  const { items } = await ask<{ items: { teachers: number; scored: number; sum: string | null }[] }>(
    'GET',
    `/runs/${run.id}/units?kind=faculty`,
  )
  expect(items.reduce((sum, { teachers }) => sum + teachers, 0)).toBe(run.counts!.teachers)
  const trends = await ask<{ items: { points: { runId: number }[] }[] }>(
    'GET',
    '/units/trends?kind=university',
  )
  expect(trends.items.flatMap(({ points }) => points.map(({ runId }) => runId))).toEqual([run.id])
})

describe('fairness', () => {
  it('is for the office and the management', async () => {
    for (const as of ['office', 'management'] as const) {
      const { statusCode } = await answer('GET', `/runs/${run.id}/fairness`, { as })
      expect(statusCode, as).toBe(200)
    }
    for (const as of ['head', 'dean'] as const) {
      expect((await answer('GET', `/runs/${run.id}/fairness`, { as })).statusCode, as).toBe(403)
    }
  })
  it('hides everybody where no group has five people, and says how many there are', async () => {
    const { dimensions, count } = (await answer('GET', `/runs/${run.id}/fairness`)).json<Fairness>()
    expect(dimensions.map(({ dimension }) => dimension)).toContain('sex')
    for (const { groups, hidden } of dimensions) {
      expect(groups).toEqual([])
      expect(hidden.people).toBe(count)
    }
  })
})
