import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GroupComparison, Run } from '../contract/index.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { enterExample, examplePeriod } from '../rating/example-university.ts'
import { createRunQueue, startRunWorker } from '../rating/run-worker.ts'
import { criterionInput, exampleDocument } from '../regulation/example-document.ts'
import { importDraft } from '../regulation/import-draft.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

/** A draft of a regulation tried on the frozen data of an official run, over HTTP and by the worker. */
let server: TestApp
let official: Run
let draftId: number
const accounts: Record<string, number> = {}

/** Books by their sheets: 10 points a sheet, or 20 and at most 100. */
const documentOf = (version: string, points: string, cap: string | null) =>
  exampleDocument({
    version,
    criteria: [
      criterionInput('1.1', {
        indicator: 'methodical.textbook',
        points: { kind: 'per-value', of: 'sheets', points },
        cap,
      }),
    ],
    norms: [],
    eligibility: [],
    bands: [],
    weighting: { id: 'shares.points' },
  })

beforeAll(async () => {
  server = await createTestApp({ found: await loadListedPlugins() })
  const { db } = server.database
  await enterExample(
    server.database,
    Array.from({ length: 30 }, (_, index) => ({
      code: `T${String(index).padStart(2, '0')}`,
      position: index % 2 === 0 ? 'professor' : 'lecturer',
      unit: index < 12 ? 'd' : index < 27 ? 'd2' : 'e',
      rate: index % 6 === 0 ? '0.5' : '1',
      facts: [{ indicator: 'methodical.textbook', attributes: { sheets: index / 2 } }],
    })),
  )
  await sql`update core.teacher set sex = case when id % 10 < 2 then 'male' else 'female' end, birth_year = 1960 + id % 40`.execute(
    db,
  )
  for (const role of ['office', 'management', 'dean', 'teacher']) {
    const { id } = await db
      .insertInto('account')
      .values({ name: role, teacher_id: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.insertInto('account_role').values({ account_id: id, role, unit_id: null }).execute()
    accounts[role] = id
  }
  const approved = await importDraft(db, documentOf('1', '10', null), accounts['office']!)
  await db.updateTable('regulation_version').set({ state: 'approved' }).where('id', '=', approved).execute()
  draftId = await importDraft(db, documentOf('2', '20', '100'), accounts['office']!)
  const { jobs, host, log } = server.context
  await createRunQueue(jobs)
  await startRunWorker({ db, jobs, sources: host, log })
  official = await start({ regulationVersionId: approved, purpose: 'official' })
}, 60_000)
afterAll(async () => {
  await server.close()
})

async function ask(method: 'GET' | 'POST', url: string, options: { as?: string; payload?: object } = {}) {
  const { as = 'office', payload } = options
  const headers = { 'x-ustaz-account': String(accounts[as]), 'accept-language': 'en' }
  return await server.app.inject({ method, url: `/api${url}`, headers, ...(payload ? { payload } : {}) })
}

async function start(body: object): Promise<Run> {
  const period = { periodFrom: examplePeriod.from, periodTo: examplePeriod.to }
  const asked = await ask('POST', '/runs', { payload: { ...period, ...body } })
  expect(asked.statusCode, asked.body).toBe(200)
  const { id } = asked.json<Run>()
  for (let tries = 0; tries < 300; tries++) {
    const run = (await ask('GET', `/runs/${id}`)).json<Run>()
    if (run.state !== 'queued' && run.state !== 'running') return run
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`run ${id} did not finish`)
}

/** Every stored byte of a run and its snapshot. */
async function contentOf(run: Run): Promise<string> {
  const { pool } = server.database
  const parts = ['run_teacher', 'run_area', 'run_line', 'run_unit'].map(
    (table) =>
      `(select string_agg(x::text, '|' order by x::text) from core.${table} x where run_id = ${run.id})`,
  )
  const frozen = [
    'snapshot_unit',
    'snapshot_teacher',
    'snapshot_fact',
    'snapshot_post',
    'snapshot_leader',
  ].map(
    (table) =>
      `(select string_agg(x::text, '|' order by x::text) from core.${table} x where snapshot_id = ${run.snapshotId})`,
  )
  const head = `(select x::text from core.run x where id = ${run.id})`
  const { rows } = await pool.query<{ md5: string }>(
    `select md5(concat_ws('#', ${[head, ...parts, ...frozen].join(', ')})) as md5`,
  )
  return rows[0]!.md5
}

describe('a trial run of a draft on the data of an official run', () => {
  let trial: Run
  let groups: GroupComparison
  it('leaves the official run as it was: its hash before and after, over what is stored', async () => {
    const before = {
      content: await contentOf(official),
      seen: (await ask('GET', `/runs/${official.id}/verification`)).json<{
        recorded: string
        found: string
      }>(),
    }
    expect(before.seen).toMatchObject({ recorded: official.hash, found: official.hash })
    trial = await start({ regulationVersionId: draftId, purpose: 'trial', snapshotId: official.snapshotId })
    expect(trial).toMatchObject({ purpose: 'trial', snapshotId: official.snapshotId, state: 'done' })
    expect((await ask('GET', `/runs/${official.id}/verification`)).json()).toEqual(before.seen)
    expect(await contentOf(official)).toBe(before.content)
    const latest = (await ask('GET', '/runs?purpose=official&state=done')).json<{ items: Run[] }>().items
    expect(latest.map(({ id }) => id)).toEqual([official.id])
  }, 60_000)

  it('is compared with it: who gains and who loses, group by group, by hand', async () => {
    groups = (await ask('GET', `/runs/${trial.id}/compare/${official.id}/groups`)).json<GroupComparison>()
    // Sheets i / 2 for i = 0..29: 5i points before; min(10i, 100) after, so +5i up to 10, 100 - 5i from there, 0 at i = 0 and 20.
    const changes = Array.from({ length: 30 }, (_, i) => Math.min(10 * i, 100) - 5 * i)
    const mean = changes.reduce((sum, change) => sum + change, 0) / 30
    expect(groups.overall.total).toEqual({
      count: 30,
      up: changes.filter((change) => change > 0).length,
      down: changes.filter((change) => change < 0).length,
      same: 2,
      mean: String(Math.round(mean * 100) / 100),
      // Sorted: nine below 0, two 0, then 5, 5, 10, 10, 15, 15, ...; between the 15th and the 16th.
      median: '12.5',
    })
    const { measures } = groups.dimensions.find(({ dimension }) => dimension === 'position')!
    expect(measures.total.groups.map(({ group, count }) => [group, count])).toEqual([
      ['lecturer', 15],
      ['professor', 15],
    ])
    expect(groups.money).toBeNull()
  })

  it('hides the faculty of three people, with the other one, and every department that would give it away', () => {
    const of = (name: string) => groups.dimensions.find(({ dimension }) => dimension === name)!.measures.total
    expect(of('faculty')).toEqual({ groups: [], hidden: { groups: 2, people: 30 } })
    expect(of('department')).toEqual({ groups: [], hidden: { groups: 3, people: 30 } })
    expect(of('sex').groups.map(({ group, count }) => [group, count])).toEqual([
      ['female', 24],
      ['male', 6],
    ])
    expect(of('partTime').groups.map(({ group, count }) => [group, count])).toEqual([
      ['full-time', 25],
      ['part-time', 5],
    ])
  })

  it('shows groups and hashes to the office and the management, and to nobody else', async () => {
    for (const path of [
      `/runs/${trial.id}/compare/${official.id}/groups`,
      `/runs/${official.id}/verification`,
    ]) {
      expect((await ask('GET', path, { as: 'management' })).statusCode).toBe(200)
      for (const as of ['dean', 'teacher']) expect((await ask('GET', path, { as })).statusCode, as).toBe(403)
    }
  })
})

it('tells a run whose results were altered behind the triggers by its hash', async () => {
  const { pool } = server.database
  const alter = async (change: string) => {
    await pool.query(
      `set session_replication_role = replica; ${change}; set session_replication_role = origin`,
    )
  }
  const seen = async () =>
    (await ask('GET', `/runs/${official.id}/verification`)).json<{ recorded: string; found: string | null }>()
  await alter(`update core.run_teacher set place = place + 1 where run_id = ${official.id} and place = 1`)
  expect((await seen()).found).not.toBe(official.hash)
  await alter(
    `update core.run_teacher set place = place - 1 where run_id = ${official.id} and place = 2 and total = (select max(total) from core.run_teacher where run_id = ${official.id})`,
  )
  expect((await seen()).found).toBe(official.hash)
  await alter(`update core.run_line set amount = amount + 1 where run_id = ${official.id} and teacher_id = 5`)
  expect((await seen()).found).toBeNull()
})
