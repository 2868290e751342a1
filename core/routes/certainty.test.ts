import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Certainty, CertaintyBand, CertaintyRow, Page, RankingRow, Run } from '../contract/index.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { publishExample } from '../publication/example-publication.ts'
import { startCertaintyWorker } from '../rating/certainty/run/certainty-worker.ts'
import { recordExampleRegulation } from '../rating/run-worker.example.ts'
import { createRunQueue, startRunWorker } from '../rating/run-worker.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

type Account = keyof TestUniversity['accounts']

let server: TestApp
let university: TestUniversity
let runId: number
let trialId: number

beforeAll(async () => {
  server = await createTestApp({ found: await loadListedPlugins() })
  const { db, jobs, host, log } = server.context
  university = await createTestUniversity(db)
  const regulationVersionId = await recordExampleRegulation(db, {
    indicator: 'methodical.mooc',
    weighting: 'shares.points',
  })
  await sql`update core.appointment set position = 'lecturer'`.execute(db)
  await createRunQueue(jobs)
  await startRunWorker({ db, jobs, sources: host, log })
  const period = { periodFrom: '2025-09-01', periodTo: '2026-08-31' }
  const start = async (purpose: 'official' | 'trial') => {
    const { id } = (
      await answer('POST', '/runs', { payload: { regulationVersionId, ...period, purpose } })
    ).json<Run>()
    await until(async () => (await ask<Run>(`/runs/${id}`)).state === 'done')
    return id
  }
  runId = await start('official')
  await publishExample(db, runId)
  trialId = await start('trial')
}, 90_000)
afterAll(async () => {
  await server.close()
})

/** Waits up to a minute. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come true within a minute')
}

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
async function ask<T>(url: string, options: Parameters<typeof answer>[2] = {}): Promise<T> {
  const response = await answer('GET', url, options)
  expect(response.statusCode, response.body).toBe(200)
  return response.json<T>()
}
const teachersAs = async (as: Account, query = '') =>
  await ask<Page<CertaintyRow>>(`/runs/${runId}/certainty/teachers?${query}`, { as })

describe('before it is worked out', () => {
  it('is queued for an official run, nothing for a trial, and the ranking has no intervals yet', async () => {
    expect(await ask<Certainty>(`/runs/${runId}/certainty`)).toMatchObject({ state: 'queued', summary: null })
    expect(await ask<Certainty>(`/runs/${trialId}/certainty`)).toMatchObject({ state: 'none', summary: null })
    const { items } = await ask<Page<RankingRow>>(`/runs/${runId}/ranking`)
    expect(items.map(({ certainty }) => certainty)).toEqual([null, null, null, null])
    expect((await teachersAs('office')).items).toEqual([])
  })

  it('is asked for by who may start runs, and nobody else', async () => {
    for (const as of ['aigul', 'head', 'dean', 'management', 'nobody'] as const)
      expect((await answer('POST', `/runs/${trialId}/certainty`, { as })).statusCode, as).toBe(403)
    const asked = await answer('POST', `/runs/${trialId}/certainty`)
    expect(asked.json()).toMatchObject({ state: 'queued' })
  })

  it('is about finished runs that exist', async () => {
    expect((await answer('GET', '/runs/9999/certainty')).statusCode).toBe(404)
    await sql`insert into core.run (purpose, regulation_version_id, period_from, period_to, requested_by, state)
      select purpose, regulation_version_id, period_from, period_to, requested_by, 'cancelled' from core.run where id = ${runId}`.execute(
      server.context.db,
    )
    const { rows } = await sql<{ id: number }>`select max(id) as id from core.run`.execute(server.context.db)
    for (const [method, address] of [
      ['GET', 'certainty'],
      ['POST', 'certainty'],
      ['GET', 'certainty/bands'],
      ['GET', 'certainty/teachers'],
    ] as const)
      // prettier-ignore
      expect((await answer(method, `/runs/${rows[0]!.id}/${address}`)).statusCode, address).toBe(409)
  })
})

describe('when it is worked out', () => {
  beforeAll(async () => {
    const { db, jobs, host, log } = server.context
    await startCertaintyWorker({ db, jobs, sources: host, log })
    for (const id of [runId, trialId])
      await until(async () => (await ask<Certainty>(`/runs/${id}/certainty`)).state === 'done')
  }, 90_000)

  it('says what was open and what moves places, with leagues by name', async () => {
    const { summary, settings, fraction } = await ask<Certainty>(`/runs/${runId}/certainty`, {
      as: 'management',
    })
    expect(fraction).toBe(1)
    expect(settings).toMatchObject({ replications: 1000, weights: { kind: 'relative', range: '0.25' } })
    expect(summary!.replications).toEqual({ asked: 1000, failed: 0 })
    expect(summary!.leagues).toEqual([
      {
        league: 'all',
        title: { kk: 'all', ru: 'all', en: 'all' },
        teachers: 4,
        bands: 1,
        largestBand: 4,
        meanWidth: 1,
      },
    ])
  })

  it('shows intervals in the ranking and bands with their places', async () => {
    const { items } = await ask<Page<RankingRow>>(`/runs/${runId}/ranking`)
    // Nobody has any points: all share the first place.
    expect(items.map(({ certainty }) => certainty)).toEqual(Array(4).fill({ lower: 1, upper: 1, band: 1 }))
    const bands = await ask<Page<CertaintyBand>>(`/runs/${runId}/certainty/bands?league=all`)
    expect(bands).toEqual({
      items: [{ league: 'all', band: 1, teachers: 4, firstPlace: 1, lastPlace: 1 }],
      total: 1,
      page: 1,
      pageSize: 50,
    })
    expect((await ask<Page<CertaintyBand>>(`/runs/${runId}/certainty/bands?league=other`)).items).toEqual([])
  })

  it('lets the office see all teachers, a head and a dean their unit, a teacher only the own row', async () => {
    const codes = async (as: Account, query = '') =>
      (await teachersAs(as, query)).items.map(({ teacherId }) => teacherId).sort()
    const { aigul, marat, head, elsewhere } = university.teachers
    expect(await codes('office')).toEqual([aigul, marat, head, elsewhere].sort())
    expect(await codes('management', `unit=${university.units.humanities}`)).toEqual([elsewhere])
    for (const as of ['head', 'dean'] as const)
      expect(await codes(as, `unit=${university.units.university}`), as).toEqual([aigul, marat, head].sort())
    expect(await codes('elsewhere')).toEqual([elsewhere])
    expect(await codes('aigul', 'band=1&league=all')).toEqual([aigul])
    expect((await answer('GET', `/runs/${runId}/certainty/teachers`, { as: 'nobody' })).statusCode).toBe(403)
    expect((await answer('GET', `/runs/${runId}/certainty`, { as: 'nobody' })).statusCode).toBe(403)
  })

  it('is paged, with each teacher once', async () => {
    const pages = await Promise.all(
      [1, 2, 3].map(async (page) => await teachersAs('office', `pageSize=2&page=${page}`)),
    )
    expect(pages.map(({ items, total }) => [items.length, total])).toEqual([[2, 4], [2, 4], [0, 4]]) // prettier-ignore
    expect(new Set(pages.flatMap(({ items }) => items.map(({ code }) => code))).size).toBe(4)
    expect(pages[0]!.items[0]).toMatchObject({ place: 1, lower: 1, upper: 1, median: 1, band: 1, failedShare: 0 }) // prettier-ignore
  })

  it('stays as it is when it is asked for again', async () => {
    const before = await ask<Certainty>(`/runs/${runId}/certainty`)
    expect((await answer('POST', `/runs/${runId}/certainty`)).json()).toEqual(before)
  })

  it('says in the language of the reader why it failed', async () => {
    await sql`update core.run_certainty set state = 'failed', summary = null,
      failure = '{"code": "certainty-crashed", "params": {}}' where run_id = ${trialId}`.execute(
      server.context.db,
    )
    const failures = await Promise.all(
      ['kk', 'ru', 'en'].map(
        async (language) => (await ask<Certainty>(`/runs/${trialId}/certainty`, { language })).failure,
      ),
    )
    expect(new Set(failures).size).toBe(3)
    expect(failures[2]).toMatch(/Ask for it again/)
  })
})
