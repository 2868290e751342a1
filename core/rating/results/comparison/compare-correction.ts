import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { RunCorrection } from '../../../contract/resources/appeals.ts'
import type { CoreTables } from '../../../database/tables.ts'
import { documentAsOf } from '../../document/document-as-of.ts'
import { dependsOnOthers } from '../../preview/depends-on-others.ts'
import type { Weighting } from '../../../plugin/weighting.ts'
import { findRunPair } from './run-pair.ts'
import type { RunPair } from './run-pair.ts'

type Correction = Omit<RunCorrection, 'appeals' | 'baseRunId'>
type Dependent = Correction['dependents'][number]

/** How many dependents are told by name. */
const named = 100

/**
 * What changed between a run and the one that corrects it, against what may have: the points of the appellants, and those of others by
 * clauses that make them depend on others. Lines are compared by what they say (kind, area, clause, whose fact, amount), not by
 * the number of a fact, which an appellant's correction may shift.
 */
export async function compareCorrection(
  db: Kysely<CoreTables>,
  runs: { runId: number; baseRunId: number },
  appellants: readonly number[],
  weighting: Pick<Weighting, 'needs'>,
): Promise<Correction> {
  const pair = await findRunPair(db, { id: runs.runId, other: runs.baseRunId })
  const { period_to: periodTo, known_at: knownAt } = await db
    .selectFrom('run')
    .select(['period_to', 'known_at'])
    .where('id', '=', runs.runId)
    .executeTakeFirstOrThrow()
  const dependsOn = dependsOnOthers(documentAsOf(pair.after.document, { periodTo, knownAt }), weighting)
  const changed = await readChanged(db, pair, appellants)
  return {
    appellants: await readAppellants(db, pair, appellants),
    dependsOn,
    dependents: changed.slice(0, named),
    counts: {
      dependents: changed.length,
      moved: await countMoved(db, pair, [...appellants, ...changed.map(({ teacherId }) => teacherId)]),
    },
    isExplained: changed.length === 0 || dependsOn.length > 0,
  }
}

/** Teachers other than the appellants whose lines or totals differ, by code. */
async function readChanged(
  db: Kysely<CoreTables>,
  { before, after }: RunPair,
  appellants: readonly number[],
): Promise<Dependent[]> {
  const lines = (
    run: number,
  ) => sql`select teacher_id, kind, area, clause, fact_teacher_id, amount from core.run_line
    where run_id = ${run} and teacher_id <> all(${[...appellants]}::bigint[])`
  const totals = (run: number) => sql`select teacher_id, status, total from core.run_teacher
    where run_id = ${run} and teacher_id <> all(${[...appellants]}::bigint[])`
  const { rows } = await sql<Dependent>`
    with line as (
      (${lines(before.id)} except all ${lines(after.id)}) union all (${lines(after.id)} except all ${lines(before.id)})
    ), total as (
      (${totals(before.id)} except ${totals(after.id)}) union all (${totals(after.id)} except ${totals(before.id)})
    ), changed as (select teacher_id from line union select teacher_id from total)
    select c.teacher_id as "teacherId", t.family_name as "familyName", t.given_name as "givenName", t.patronymic,
      coalesce((select jsonb_agg(distinct l.clause) from line l where l.teacher_id = c.teacher_id), '[]') as clauses
    from changed c
    join core.snapshot_teacher t on t.snapshot_id = ${after.snapshotId} and t.teacher_id = c.teacher_id
    order by t.code collate "C"`.execute(db)
  return rows
}

async function readAppellants(
  db: Kysely<CoreTables>,
  { before, after }: RunPair,
  appellants: readonly number[],
): Promise<Correction['appellants']> {
  const standing = (side: string) =>
    sql`jsonb_build_object('total', trim_scale(${sql.ref(`${side}.total`)})::text, 'place', ${sql.ref(`${side}.place`)})`
  const { rows } = await sql<Correction['appellants'][number]>`
    select t.teacher_id as "teacherId", t.family_name as "familyName", t.given_name as "givenName", t.patronymic,
      ${standing('b')} as before, ${standing('a')} as after
    from core.run_teacher a
    join core.run_teacher b on b.run_id = ${before.id} and b.teacher_id = a.teacher_id
    join core.snapshot_teacher t on t.snapshot_id = ${after.snapshotId} and t.teacher_id = a.teacher_id
    where a.run_id = ${after.id} and a.teacher_id = any(${[...appellants]}::bigint[])
    order by t.code collate "C"`.execute(db)
  return rows
}

/** Teachers of whom only the place, the band or the money differ. */
async function countMoved(
  db: Kysely<CoreTables>,
  { before, after }: RunPair,
  others: readonly number[],
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from core.run_teacher a
    join core.run_teacher b on b.run_id = ${before.id} and b.teacher_id = a.teacher_id
    where a.run_id = ${after.id} and a.teacher_id <> all(${[...others]}::bigint[])
      and (a.place, a.band, a.money, a.league, a.status) is distinct from (b.place, b.band, b.money, b.league, b.status)`.execute(
    db,
  )
  return rows[0]!.count
}
