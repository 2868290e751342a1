import { sql } from 'kysely'
import { z } from 'zod'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { Selectable } from 'kysely'
import type { RunLineTable, RunTeacherTable } from '../database/tables/rating.ts'
import type { Period } from '../plugin/period.ts'
import type { Weighting } from '../plugin/weighting.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import type { FindFunction } from './compile/functions.ts'
import { executeRun } from './execute-run.ts'
import type { RunOrder, RunOutcome, Stage } from './execute-run.ts'
import type { FactSource } from './snapshot/fact-source.ts'

/** For tests of the engine: a small university written down as plain values, rated by the real engine. */
export interface ExampleFact {
  indicator: string
  attributes: Record<string, unknown>
  happenedOn?: string
  participants?: number
  role?: string | null
  /** Role -> participants; default: unknown. */
  roleCounts?: Record<string, number>
  share?: string | null
  /** Whether the teacher took part for the university. */
  affiliated?: boolean
  /** How many participants did, the teacher among them; default: only the teacher. */
  affiliatedCount?: number
  ordinal?: number
  expertPoints?: string | null
  /** Facts of several teachers with the same name are one evidence, which the first of them describes. */
  evidence?: string
  /** Given: a fact that is counted by a query instead of evidence. */
  quantity?: string
}
export interface ExamplePost {
  position?: string | null
  rate?: string
  unit?: string
  startsOn?: string
  endsOn?: string | null
}
export interface ExampleTeacher {
  code: string
  position?: string | null
  degree?: string | null
  field?: string | null
  citizenship?: string | null
  rate?: string
  /** Code of the unit: a department d or d2 of the faculty, or e of the other one. */
  unit?: string
  startsOn?: string
  endsOn?: string | null
  /** Posts instead of the one the fields above describe. */
  posts?: readonly ExamplePost[]
  /** First and last day of each leave. */
  leave?: readonly (readonly [string, string])[]
  /** Codes of units the teacher leads. */
  leads?: readonly string[]
  facts: readonly ExampleFact[]
}
export interface ExampleResult {
  runId: number
  outcome: RunOutcome
  /** By teacher code. */
  results: Map<string, Selectable<RunTeacherTable> & { lines: Selectable<RunLineTable>[] }>
}

export const examplePeriod = { from: '2025-09-01', to: '2026-08-31' }

/** Enters the teachers and their approved evidence; departments d and d2 lie in faculty `faculty`, e in faculty `other`. */
export async function enterExample({ db }: TestDatabase, teachers: readonly ExampleTeacher[]): Promise<void> {
  await sql`insert into core.account (name) values ('office') on conflict do nothing`.execute(db)
  await sql`create table if not exists example_count (teacher_id bigint, indicator text, happened_on date,
    quantity numeric, attributes jsonb)`.execute(db)
  const units = [
    ['university', 'u', null],
    ['faculty', 'faculty', 'u'],
    ['faculty', 'other', 'u'],
    ['department', 'd', 'faculty'],
    ['department', 'd2', 'faculty'],
    ['department', 'e', 'other'],
  ] as const
  for (const [kind, code, parent] of units) {
    await sql`insert into core.unit (kind, code, parent_id, name)
      values (${kind}, ${code}, (select id from core.unit where code = ${parent}), '{}') on conflict do nothing`.execute(
      db,
    )
  }
  const evidence = new Map<string, number>()
  for (const teacher of teachers) await enterTeacher(db, teacher, evidence)
}

async function enterTeacher(
  db: TestDatabase['db'],
  teacher: ExampleTeacher,
  evidence: Map<string, number>,
): Promise<void> {
  const { code, citizenship = null, leads = [], facts } = teacher
  const { id } = await db
    .insertInto('teacher')
    .values({ code, citizenship, family_name: code, given_name: 'A' })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const post of teacher.posts ?? [teacher]) await enterPost(db, id, { ...teacher, ...post })
  for (const [first, last] of teacher.leave ?? []) {
    await sql`insert into core.leave (teacher_id, kind, starts_on, ends_on)
      values (${id}, 'other', ${first}::date, ${last}::date)`.execute(db)
  }
  for (const unit of leads) {
    await sql`insert into core.leadership (teacher_id, unit_id, starts_on)
      select ${id}, id, '2020-09-01' from core.unit where code = ${unit}`.execute(db)
  }
  for (const fact of facts) {
    if (fact.quantity === undefined) await enterFact(db, id, fact, evidence)
    else await enterCount(db, id, fact.quantity, fact)
  }
}

async function enterPost(db: TestDatabase['db'], teacherId: number, post: ExampleTeacher): Promise<void> {
  await sql`insert into core.appointment (teacher_id, unit_id, position, degree, field, rate, starts_on, ends_on)
    select ${teacherId}, u.id, ${post.position ?? null}, ${post.degree ?? null}, ${post.field ?? null},
      ${post.rate ?? '1'}::numeric, ${post.startsOn ?? '2015-09-01'}::date, ${post.endsOn ?? null}::date
    from core.unit u where u.code = ${post.unit ?? 'd'}`.execute(db)
}

async function enterFact(
  db: TestDatabase['db'],
  teacherId: number,
  fact: ExampleFact,
  evidence: Map<string, number>,
): Promise<void> {
  const known = fact.evidence === undefined ? undefined : evidence.get(fact.evidence)
  const id = known ?? (await enterEvidence(db, fact))
  if (fact.evidence !== undefined) evidence.set(fact.evidence, id)
  await sql`insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name, role, share, affiliated)
    select ${id}, coalesce(${fact.ordinal ?? null}::int, coalesce(max(ordinal), 0) + 1), ${teacherId},
      'Example', ${fact.role ?? null}, ${fact.share ?? null}::numeric, ${fact.affiliated ?? true}
    from core.evidence_participant where evidence_id = ${id}`.execute(db)
}

async function enterEvidence(db: TestDatabase['db'], fact: ExampleFact): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into core.evidence (indicator, data, title, happened_on, state, participant_count, affiliated_count, role_counts, expert_points, created_by)
    select ${fact.indicator}, ${JSON.stringify(fact.attributes)}::jsonb, 'Example', ${fact.happenedOn ?? '2026-01-15'}::date,
      'approved', ${fact.participants ?? 1}, ${fact.affiliatedCount ?? 1},
      ${fact.roleCounts ? JSON.stringify(fact.roleCounts) : null}::jsonb, ${fact.expertPoints ?? null}::numeric, min(id) from core.account returning id`.execute(
    db,
  )
  return rows[0]!.id
}

async function enterCount(
  db: TestDatabase['db'],
  teacherId: number,
  quantity: string,
  { indicator, attributes, happenedOn }: ExampleFact,
): Promise<void> {
  await sql`insert into example_count values (${teacherId}, ${indicator}, ${happenedOn ?? '2026-01-15'}::date,
    ${quantity}::numeric, ${JSON.stringify(attributes)}::jsonb)`.execute(db)
}

export const onePointWeighting: Weighting = {
  id: 'points',
  needs: 'nothing',
  params: z.object({}),
  weigh: ({ areas }) => ({ weights: Object.fromEntries(areas.map((area) => [area, '1'])), how: {} }),
}

export interface ExampleOptions {
  weighting?: Weighting
  snapshotId?: number
  corrects?: RunOrder['corrects']
  knownAt?: string | null
  period?: Period
  findFunction?: FindFunction
  onStage?: (stage: Stage) => Promise<void>
}

/** Computes a run of everything that was entered. */
export async function rateExample(
  { db }: TestDatabase,
  document: RegulationDocument,
  options: ExampleOptions = {},
): Promise<ExampleResult> {
  const { period = examplePeriod } = options
  const runId = await recordRun(db, document, { ...period, knownAt: options.knownAt ?? null })
  const outcome = await executeRun(db, {
    runId,
    document,
    regulationHash: 'example',
    period,
    knownAt: options.knownAt ?? null,
    snapshotId: options.snapshotId ?? null,
    corrects: options.corrects ?? null,
    sources: await sourcesOf(db, document, options.weighting),
    weighting: options.weighting ?? onePointWeighting,
    findFunction: options.findFunction ?? (() => null),
    onStage: options.onStage ?? (async () => undefined),
  })
  return { runId, outcome, results: await readResults(db, runId) }
}

/** Indicators of which something was counted come from that query, all others from evidence. */
async function sourcesOf(
  db: TestDatabase['db'],
  document: RegulationDocument,
  weighting?: Weighting,
): Promise<FactSource[]> {
  const read = weighting?.reads?.(weighting.params.parse(document.weighting.params))
  const { rows } = await sql<{ indicator: string }>`select distinct indicator from example_count`.execute(db)
  const counted = new Set(rows.map(({ indicator }) => indicator))
  const indicators = [
    ...document.criteria.map(({ indicator }) => indicator),
    ...document.eligibility.flatMap((rule) => (rule.kind === 'fact' ? [rule.indicator] : [])),
    ...(read ? [read.indicator] : []),
  ]
  return [...new Set(indicators)].map((indicator) =>
    counted.has(indicator)
      ? {
          source: 'query',
          indicator,
          facts: ({ from, to }) => sql`select teacher_id, happened_on, quantity, attributes from example_count
            where indicator = ${indicator} and happened_on between ${from}::date and ${to}::date`,
        }
      : { source: 'evidence', indicator, enrich: null },
  )
}

async function recordRun(
  db: TestDatabase['db'],
  document: RegulationDocument,
  { from, to, knownAt }: Period & { knownAt: string | null },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with r as (insert into core.regulation (code) values (gen_random_uuid()::text) returning id),
    v as (insert into core.regulation_version (regulation_id, version, document, hash, created_by)
      select r.id, '1', ${JSON.stringify(document)}::jsonb, 'example', (select min(id) from core.account) from r returning id)
    insert into core.run (purpose, regulation_version_id, period_from, period_to, known_at, requested_by)
    select 'trial', v.id, ${from}::date, ${to}::date, ${knownAt}::date, (select min(id) from core.account)
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
