import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { RegulationDocument } from '../../../contract/index.ts'
import type { CoreTables } from '../../../database/tables.ts'
import { openRows } from '../../frozen-rows.ts'

/** For tests: a finished run written down line by line, to compare what no real regulation would bring about so plainly. */
export interface WrittenTeacher {
  id: number
  unitId?: number
  position?: string | null
  status?: 'ranked' | 'excluded' | 'blocked'
  league?: string
  place?: number
  money?: string | null
  facts?: readonly {
    evidenceId?: number
    happenedOn?: string
    indicator?: string
    attributes?: Record<string, unknown>
  }[]
  /** factNo counts from 1 in the order of the facts. */
  lines?: readonly {
    kind?: string
    clause: string
    area?: string | null
    factNo?: number
    factTeacherId?: number
    amount: string
  }[]
}

/** Writes a snapshot and a run over it; totals are the sums of the lines. Answers the run's id. */
export async function writeRun(
  db: Kysely<CoreTables>,
  document: RegulationDocument,
  teachers: readonly WrittenTeacher[],
): Promise<number> {
  const { rows } = await sql<{ run: number; snapshot: number }>`
    with office as (insert into core.account (name) values ('office') returning id),
    r as (insert into core.regulation (code) values (gen_random_uuid()::text) returning id),
    v as (insert into core.regulation_version (regulation_id, version, document, hash, created_by)
      select r.id, '1', ${JSON.stringify(document)}::jsonb, 'written', office.id from r, office returning id, created_by),
    s as (insert into core.snapshot (period_from, period_to, teachers, facts, hash)
      values ('2025-09-01', '2026-08-31', ${teachers.length}, 0, 'written') returning id)
    insert into core.run (purpose, regulation_version_id, snapshot_id, period_from, period_to, requested_by, state, hash, weights)
    select 'official', v.id, s.id, '2025-09-01', '2026-08-31', v.created_by, 'done', 'written', '{"weights": {}, "how": {}}'
    from v, s returning id as run, snapshot_id as snapshot`.execute(db)
  const { run, snapshot } = rows[0]!
  await openRows(db, 'snapshot_fact', snapshot)
  await openRows(db, 'run_line', run)
  await sql`insert into core.snapshot_unit (snapshot_id, unit_id, parent_id, kind, code, name)
    select ${snapshot}, id, parent_id, kind, code, name from core.unit`.execute(db)
  for (const teacher of teachers) await writeTeacher(db, { run, snapshot }, teacher)
  return run
}

async function writeTeacher(
  db: Kysely<CoreTables>,
  { run, snapshot }: { run: number; snapshot: number },
  teacher: WrittenTeacher,
): Promise<void> {
  const { id, unitId = 1, position = 'lecturer', status = 'ranked', facts = [], lines = [] } = teacher
  await sql`insert into core.snapshot_teacher (snapshot_id, teacher_id, code, family_name, given_name, unit_id, position, rate,
    leave_days) values (${snapshot}, ${id}, ${`T${id}`}, ${`Name${id}`}, 'A', ${unitId}, ${position}, 1, 0)`.execute(
    db,
  )
  for (const [index, fact] of facts.entries()) {
    await sql`insert into core.snapshot_fact (snapshot_id, teacher_id, fact_no, indicator, happened_on, quantity, participants,
      attributes, evidence_id) values (${snapshot}, ${id}, ${index + 1}, ${fact.indicator ?? 'x.fact'},
      ${fact.happenedOn ?? '2026-01-15'}, 1, 1, ${JSON.stringify(fact.attributes ?? {})}::jsonb, ${fact.evidenceId ?? null})`.execute(
      db,
    )
  }
  for (const [index, line] of lines.entries()) {
    await sql`insert into core.run_line (run_id, teacher_id, line_no, kind, area, clause, fact_no, fact_teacher_id, amount)
      values (${run}, ${id}, ${index + 1}, ${line.kind ?? 'points'}, ${line.area ?? 'A'}, ${line.clause},
        ${line.factNo ?? null}, ${line.factTeacherId ?? null}, ${line.amount}::numeric)`.execute(db)
  }
  await sql`insert into core.run_area (run_id, teacher_id, area, points, weight, score)
    select ${run}, ${id}, 'A1', coalesce(sum(amount), 0), 1, coalesce(sum(amount), 0) from core.run_line
    where run_id = ${run} and teacher_id = ${id}`.execute(db)
  await sql`insert into core.run_teacher (run_id, teacher_id, league, status, total, total_rounded, place, money)
    select ${run}, ${id}, ${teacher.league ?? 'L'}, ${status}, t.total, round(t.total, 2), ${status === 'ranked' ? (teacher.place ?? 1) : null},
      ${teacher.money ?? null}::numeric
    from (select case when ${status} <> 'blocked' then coalesce(sum(amount), 0) end as total from core.run_line
      where run_id = ${run} and teacher_id = ${id}) t`.execute(db)
}
