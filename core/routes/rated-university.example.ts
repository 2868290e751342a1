/** For tests of routes: a small university with approved evidence, the whole server, and a worker that rates it. */
import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Run } from '../contract/index.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { recordExampleRegulation } from '../rating/run-worker.example.ts'
import { createRunQueue, startRunWorker } from '../rating/run-worker.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

export type Account = keyof TestUniversity['accounts'] | 'administrator'
export interface AskOptions {
  method?: 'GET' | 'POST' | 'DELETE' | 'PUT'
  as?: Account
  payload?: object
  language?: string
}
export interface RatedUniversity {
  server: TestApp
  university: TestUniversity
  regulationVersionId: number
  answer(url: string, options?: AskOptions): Promise<LightMyRequestResponse>
  /** The answer to a question that must succeed. */
  ask<T>(url: string, options?: AskOptions): Promise<T>
  /** Approved evidence of a teacher: ten points by the regulation. Answers its id. */
  enter(teacher: keyof TestUniversity['teachers'], title: string): Promise<number>
  /** An official run over today's evidence, computed to its end. */
  rate(): Promise<Run>
  finish(id: number): Promise<Run>
}

export const examplePeriod = { periodFrom: '2025-09-01', periodTo: '2026-08-31' }

/** `appeals`: the regulation's section on them; null: it says nothing. */
export async function createRatedUniversity(
  appeals: object | null = null,
  app: { now?: string; webFolder?: URL } = {},
): Promise<RatedUniversity> {
  const settings = { demoSignIn: true }
  const server = await createTestApp({ found: await loadListedPlugins(), settings, ...app })
  const { db } = server.database
  const university = await createTestUniversity(db)
  const administrator = await createAdministrator(server)
  const accounts: Record<Account, number> = { ...university.accounts, administrator }
  const regulationVersionId = await recordExampleRegulation(db, {
    indicator: 'methodical.mooc',
    weighting: 'shares.points',
    appeals,
  })
  await sql`update core.appointment set position = 'lecturer'`.execute(db)
  const { jobs, host, log } = server.context
  await createRunQueue(jobs)
  await startRunWorker({ db: server.context.db, jobs, sources: host, log })

  async function answer(
    url: string,
    { method = 'GET', as = 'office', payload, language = 'en' }: AskOptions = {},
  ): Promise<LightMyRequestResponse> {
    return await server.app.inject({
      method,
      url: `/api${url}`,
      headers: { 'x-ustaz-account': String(accounts[as]), 'accept-language': language },
      ...(payload ? { payload } : {}),
    })
  }
  async function ask<T>(url: string, options?: AskOptions): Promise<T> {
    const response = await answer(url, options)
    expect(response.statusCode, `${url}: ${response.body}`).toBe(200)
    return response.json<T>()
  }
  async function finish(id: number): Promise<Run> {
    for (let tries = 0; tries < 300; tries++) {
      const found = await ask<Run>(`/runs/${id}`)
      if (found.state !== 'queued' && found.state !== 'running') return found
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`run ${id} did not finish`)
  }
  return {
    server,
    university,
    regulationVersionId,
    answer,
    ask,
    finish,
    enter: async (teacher, title) => await enterEvidence(server, university, { teacher, title }),
    rate: async () => {
      const payload = { regulationVersionId, ...examplePeriod }
      return await finish((await ask<Run>('/runs', { method: 'POST', payload })).id)
    },
  }
}

async function createAdministrator({ database }: TestApp): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with a as (insert into core.account (name) values ('Administrator') returning id)
    insert into core.account_role (account_id, role) select id, 'administrator' from a returning account_id as id`.execute(
    database.db,
  )
  return rows[0]!.id
}

async function enterEvidence(
  { database }: TestApp,
  { teachers, accounts }: TestUniversity,
  { teacher, title }: { teacher: keyof TestUniversity['teachers']; title: string },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into core.evidence (indicator, data, title, happened_on, state, participant_count, affiliated_count, created_by)
    values ('methodical.mooc', '{}', ${title}, '2026-01-15', 'approved', 1, 1, ${accounts[teacher]}) returning id`.execute(
    database.db,
  )
  const { id } = rows[0]!
  await sql`insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name)
    values (${id}, 1, ${teachers[teacher]}, ${teacher})`.execute(database.db)
  await sql`insert into core.evidence_change (evidence_id, account_id, action, from_state, to_state)
    values (${id}, ${accounts.head}, 'approve', 'submitted', 'approved')`.execute(database.db)
  return id
}
