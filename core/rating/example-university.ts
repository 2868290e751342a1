import { sql } from 'kysely'
import { z } from 'zod'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { Selectable } from 'kysely'
import type { RunLineTable, RunTeacherTable } from '../database/tables.ts'
import type { Weighting } from '../plugin/weighting.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { executeRun } from './execute-run.ts'
import type { RunOutcome } from './execute-run.ts'

/** For tests of the engine: a small university written down as plain values, rated by the real engine. */
export interface ExampleFact {
  indicator: string
  attributes: Record<string, unknown>
  happenedOn?: string
  participants?: number
  role?: string | null
  share?: string | null
  affiliated?: boolean
  /** Participants who belong to the university, the teacher included; default: only the teacher. */
  affiliatedCount?: number
}
export interface ExampleTeacher {
  code: string
  position?: string | null
  rate?: string
  startsOn?: string
  endsOn?: string | null
  facts: readonly ExampleFact[]
}
export interface ExampleResult {
  outcome: RunOutcome
  /** By teacher code. */
  results: Map<string, Selectable<RunTeacherTable> & { lines: Selectable<RunLineTable>[] }>
}

export const examplePeriod = { from: '2025-09-01', to: '2026-08-31' }

/** Enters the teachers of one department and their approved evidence. */
export async function enterExample({ db }: TestDatabase, teachers: readonly ExampleTeacher[]): Promise<void> {
  await sql`insert into core.account (name) values ('office') on conflict do nothing`.execute(db)
  await sql`insert into core.unit (kind, code, name) values ('university', 'u', '{}') on conflict do nothing`.execute(
    db,
  )
  await sql`insert into core.unit (kind, code, parent_id, name)
    select k, k, id, '{}' from core.unit, (values ('faculty')) v (k) where code = 'u' on conflict do nothing`.execute(
    db,
  )
  await sql`insert into core.unit (kind, code, parent_id, name)
    select 'department', 'd', id, '{}' from core.unit where code = 'faculty' on conflict do nothing`.execute(
    db,
  )
  for (const teacher of teachers) await enterTeacher(db, teacher)
}

async function enterTeacher(db: TestDatabase['db'], teacher: ExampleTeacher): Promise<void> {
  const { id } = await db
    .insertInto('teacher')
    .values({ code: teacher.code, family_name: teacher.code, given_name: 'A' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into core.appointment (teacher_id, unit_id, position, rate, starts_on, ends_on)
    select ${id}, u.id, ${teacher.position ?? null}, ${teacher.rate ?? '1'}::numeric,
      ${teacher.startsOn ?? '2015-09-01'}::date, ${teacher.endsOn ?? null}::date
    from core.unit u where u.code = 'd'`.execute(db)
  for (const fact of teacher.facts) await enterFact(db, id, fact)
}

async function enterFact(db: TestDatabase['db'], teacherId: number, fact: ExampleFact): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    insert into core.evidence (indicator, data, title, happened_on, state, participant_count, affiliated_count, created_by)
    select ${fact.indicator}, ${JSON.stringify(fact.attributes)}::jsonb, 'Example', ${fact.happenedOn ?? '2026-01-15'}::date,
      'approved', ${fact.participants ?? 1}, ${fact.affiliatedCount ?? 1}, min(id) from core.account returning id`.execute(
    db,
  )
  await sql`insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name, role, share, affiliated)
    values (${rows[0]!.id}, 1, ${teacherId}, 'Example', ${fact.role ?? null}, ${fact.share ?? null}::numeric,
      ${fact.affiliated ?? true})`.execute(db)
}

export const onePointWeighting: Weighting = {
  id: 'points',
  needs: 'nothing',
  params: z.object({}),
  weigh: ({ areas }) => ({ weights: Object.fromEntries(areas.map((area) => [area, '1'])), how: {} }),
}

/** Computes a run of everything that was entered. */
export async function rateExample(
  { db }: TestDatabase,
  document: RegulationDocument,
  options: { weighting?: Weighting; snapshotId?: number } = {},
): Promise<ExampleResult> {
  const runId = await recordRun(db, document)
  const indicators = [
    ...document.criteria.map(({ indicator }) => indicator),
    ...document.eligibility.flatMap((rule) => (rule.kind === 'fact' ? [rule.indicator] : [])),
  ]
  const outcome = await executeRun(db, {
    runId,
    document,
    regulationHash: 'example',
    period: examplePeriod,
    snapshotId: options.snapshotId ?? null,
    sources: [...new Set(indicators)].map((indicator) => ({ source: 'evidence', indicator, enrich: null })),
    weighting: options.weighting ?? onePointWeighting,
    onStage: async () => undefined,
  })
  return { outcome, results: await readResults(db, runId) }
}

async function recordRun(db: TestDatabase['db'], document: RegulationDocument): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with r as (insert into core.regulation (code) values (gen_random_uuid()::text) returning id),
    v as (insert into core.regulation_version (regulation_id, version, document, hash, created_by)
      select r.id, '1', ${JSON.stringify(document)}::jsonb, 'example', (select min(id) from core.account) from r returning id)
    insert into core.run (purpose, regulation_version_id, period_from, period_to, requested_by)
    select 'trial', v.id, ${examplePeriod.from}::date, ${examplePeriod.to}::date, (select min(id) from core.account)
    from v returning id`.execute(db)
  return rows[0]!.id
}

async function readResults(db: TestDatabase['db'], runId: number): Promise<ExampleResult['results']> {
  const teachers = await db
    .selectFrom('run_teacher')
    .innerJoin('teacher', 'teacher.id', 'run_teacher.teacher_id')
    .selectAll('run_teacher')
    .select('teacher.code')
    .where('run_id', '=', runId)
    .execute()
  const lines = await db
    .selectFrom('run_line')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('line_no')
    .execute()
  return new Map(
    teachers.map(({ code, ...row }) => [
      code,
      { ...row, lines: lines.filter(({ teacher_id }) => teacher_id === row.teacher_id) },
    ]),
  )
}
