import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { RouteAbout, RouteDefinition } from '../contract/route.ts'
import { unattributed } from '../database/attribution.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'

/** One answer in which somebody saw data of others. */
export interface Reading {
  actor: Actor
  request: string
  route: RouteDefinition
  /** What the handler was asked, and what it answers. */
  params: unknown
  body: unknown
  answer: unknown
}
export interface AccessRecorder {
  /** Resolves once the reading is on record; who shows data waits for it. Rejects where it cannot be recorded. */
  record(reading: Reading): Promise<void>
}

interface Row {
  account: number
  own: number | null
  request: string
  what: RouteAbout['what']
  route: string
  params: unknown
  teachers: number[]
  evidence: number[]
  everybody: boolean
}

/**
 * Records readings in bulk: those that come while an insert is on its way go together into the next one. It waits for the database, not for
 * the disk; README.md says why that is enough.
 */
export function createAccessRecorder(db: Kysely<CoreTables>, now: () => Date): AccessRecorder {
  let waiting: { row: Row; settle: (failure: Error | null) => void }[] = []
  let writing = false
  const write = async () => {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const rows = batch.map(({ row }) => row)
      const failure = await unattributed(async () => await insertRows(db, rows, now())).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error : new Error('not recorded', { cause: error })),
      )
      for (const { settle } of batch) settle(failure)
    }
    writing = false
  }
  return {
    async record(reading) {
      const row = rowOf(reading)
      if (row === null) return
      await new Promise<void>((resolve, reject) => {
        const settle = (failure: Error | null) => {
          if (failure) reject(failure)
          else resolve()
        }
        waiting.push({ row, settle })
        if (!writing) void write()
      })
    },
  }
}

/** null: the route shows nobody's data, or only the asker's own. */
function rowOf({ actor, request, route, params, body, answer }: Reading): Row | null {
  const { about } = route
  if (!about) return null
  const source = { params, body, answer }
  const own = actor.teacherId
  const teachers = idsAt(source, about.teachers).filter((id) => id !== own)
  const evidence = idsAt(source, about.evidence)
  const everybody = about.everybody === true
  if (!everybody && teachers.length === 0 && evidence.length === 0) return null
  return {
    account: actor.accountId,
    own,
    request,
    what: about.what,
    route: `${route.method} ${route.path}`,
    params: params ?? {},
    teachers,
    evidence,
    everybody,
  }
}

/** Whole numbers at a path such as `answer.items.*.teacherId`; * is each item of a list. What is absent is left out. */
export function idsAt(source: unknown, path: string | undefined): number[] {
  if (path === undefined) return []
  let found: unknown[] = [source]
  for (const part of path.split('.')) {
    found = found.flatMap((value): unknown[] => {
      if (part === '*') return Array.isArray(value) ? value : []
      return typeof value === 'object' && value !== null ? [(value as Record<string, unknown>)[part]] : []
    })
  }
  return [...new Set(found.filter((value): value is number => Number.isInteger(value)))]
}

/** Evidence stands for the teachers who took part in it. A reading of nothing but one's own leaves no row. */
async function insertRows(db: Kysely<CoreTables>, rows: readonly Row[], at: Date): Promise<void> {
  await sql`
    with quick as materialized (select set_config('synchronous_commit', 'off', true))
    insert into core.data_access (at, account_id, request, what, route, params, teacher_ids, everybody)
    select ${at}, x.account, x.request, x.what, x.route, x.params, who.ids, x.everybody
    from quick, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (account bigint, own bigint, request text, what text, route text,
      params jsonb, teachers jsonb, evidence jsonb, everybody boolean)
    cross join lateral (
      select coalesce(array_agg(distinct id order by id), '{}') as ids from (
        select value::bigint as id from jsonb_array_elements_text(x.teachers)
        union
        select p.teacher_id from core.evidence_participant p
        where p.evidence_id in (select value::bigint from jsonb_array_elements_text(x.evidence)) and p.teacher_id is not null
      ) seen where id is distinct from x.own
    ) who
    where x.everybody or cardinality(who.ids) > 0`.execute(db)
}
