import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'
import { copyRows } from './copy-rows.ts'
import type { Correction } from './correction.ts'
import type { FactSource } from './fact-source.ts'
import { freezeCorrectedFacts } from './freeze-facts.ts'
import { freezePosts, freezeTeachers } from './freeze-people.ts'
import { hashSnapshot } from './hash-snapshot.ts'
import type { Snapshot } from './take-snapshot.ts'

/**
 * A new snapshot that is another one, corrected: what is frozen of everybody else is copied as it is, never frozen anew, so that today's
 * evidence of others cannot come in. Of the people named by corrections only what these name changes; their facts are numbered
 * anew. Facts are not attached yet, as in `freezeSnapshot`. Throws `correction-evidence` where the evidence is not approved with the teacher
 * as an affiliated participant, `correction-fact` where there is no fact of that number, `correction-person` where the
 * teacher holds no post of a frozen unit in the period any more.
 */
export async function correctSnapshot(
  trx: Transaction<CoreTables>,
  base: { id: number; from: string; to: string; factsFrom: string },
  corrections: readonly Correction[],
  sources: readonly FactSource[],
): Promise<Snapshot & { factsFrom: string }> {
  await checkEvidence(trx, corrections)
  await checkFacts(trx, base.id, corrections)
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('core.snapshot', 'id')) as id`.execute(trx)
  const { id } = rows[0]!
  await copyPeople(trx, { base: base.id, id, period: base, persons: personsOf(corrections) })
  await freezeCorrectedFacts(
    trx,
    { base: base.id, id, period: { from: base.factsFrom, to: base.to } },
    corrections,
    sources,
  )
  const { hash, facts } = await hashSnapshot(trx, id, base)
  const { rows: counted } = await sql<{ teachers: number }>`
    select count(*)::int as teachers from core.snapshot_teacher where snapshot_id = ${id}`.execute(trx)
  const { teachers } = counted[0]!
  await sql`insert into core.snapshot (id, period_from, period_to, facts_from, teachers, facts, hash, names_hashed)
    overriding system value
    values (${id}, ${base.from}, ${base.to}, ${base.factsFrom}, ${teachers}, ${facts}, ${hash}, false)`.execute(
    trx,
  )
  return { id, hash, teachers, facts, factsFrom: base.factsFrom }
}

const personsOf = (corrections: readonly Correction[]) => [
  ...new Set(corrections.flatMap(({ kind, teacherId }) => (kind === 'person' ? [teacherId] : []))),
]

async function copyPeople(
  trx: Transaction<CoreTables>,
  {
    base,
    id,
    period,
    persons,
  }: { base: number; id: number; period: { from: string; to: string }; persons: number[] },
): Promise<void> {
  const change = sql`jsonb_build_object('snapshot_id', ${id}::bigint)`
  const whole = sql`s.snapshot_id = ${base}`
  const others = sql`${whole} and s.teacher_id <> all(${persons}::bigint[])`
  const parts: [keyof CoreTables, RawBuilder<unknown>][] = [
    ['snapshot_unit', whole],
    ['snapshot_teacher', others],
    ['snapshot_post', others],
    ['snapshot_leader', whole],
  ]
  for (const [table, where] of parts) await copyRows(trx, table, { where, change })
  if (persons.length === 0) return
  const narrow = { teacherIds: persons, alsoEvidence: [] }
  const frozen = await freezeTeachers(trx, id, period, narrow)
  await freezePosts(trx, id, period, narrow)
  const { rows } = await sql`select from core.snapshot_teacher t where t.snapshot_id = ${id} and not exists (
    select from core.snapshot_unit u where u.snapshot_id = ${id} and u.unit_id = t.unit_id)`.execute(trx)
  if (frozen < persons.length || rows.length > 0) throw new UstazError('correction-person', { status: 422 })
}

async function checkEvidence(
  trx: Transaction<CoreTables>,
  corrections: readonly Correction[],
): Promise<void> {
  for (const correction of corrections) {
    if (correction.kind !== 'evidence') continue
    const { evidenceId, teacherId } = correction
    const { rows } = await sql`select from core.evidence e
      join core.evidence_participant p on p.evidence_id = e.id and p.teacher_id = ${teacherId} and p.affiliated
      where e.id = ${evidenceId} and e.state = 'approved'`.execute(trx)
    if (rows.length > 0) continue
    throw new UstazError('correction-evidence', { status: 422, params: { evidence: evidenceId } })
  }
}

async function checkFacts(
  trx: Transaction<CoreTables>,
  base: number,
  corrections: readonly Correction[],
): Promise<void> {
  for (const correction of corrections) {
    if (correction.kind !== 'remove') continue
    const { factNo, teacherId } = correction
    const { rows } = await sql`select from core.snapshot_fact
      where snapshot_id = ${base} and teacher_id = ${teacherId} and fact_no = ${factNo}`.execute(trx)
    if (rows.length === 0) throw new UstazError('correction-fact', { status: 422, params: { fact: factNo } })
  }
}
