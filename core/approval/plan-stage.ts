import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Stage, StageHolder } from '../contract/regulation/approval.ts'
import type { CoreTables } from '../database/tables.ts'
import { unitsOfTeachers } from '../people/teachers-of-units.ts'
import { rolesOfHolder } from './seats.ts'
import { verifyingUnits } from './stages-of.ts'

export interface Planned {
  stage: Stage
  /** Whose turn it becomes; at least one. */
  turns: { holder: StageHolder; unitId: number | null }[]
}
export interface Plan {
  /** Stages in which nobody may decide. */
  skipped: Stage[]
  /** null: no stage is left, it is approved. */
  next: Planned | null
}

/**
 * Where an entry goes after a stage (null: it was just submitted). A stage in which nobody may decide, because whoever would is
 * concerned or the post is vacant, is skipped; the last one is not, nor is that of structural units: there the office decides.
 */
export async function planStage(
  db: Kysely<CoreTables>,
  entry: { id: number; indicator: string; teacherIds: readonly number[] },
  { stages, after }: { stages: readonly Stage[]; after: string | null },
): Promise<Plan> {
  const skipped: Stage[] = []
  const first = after === null ? 0 : stages.findIndex(({ id }) => id === after) + 1
  for (const stage of stages.slice(first)) {
    const manned = await mannedTurns(db, entry, stage)
    const isLast = stage === stages.at(-1)
    if (manned.length > 0) return { skipped, next: { stage, turns: manned } }
    if (isLast) return { skipped, next: { stage, turns: [forOffice] } }
    skipped.push(stage)
  }
  return { skipped, next: null }
}

const forOffice = { holder: 'office', unitId: null } as const

async function mannedTurns(
  db: Kysely<CoreTables>,
  entry: { id: number; indicator: string; teacherIds: readonly number[] },
  stage: Stage,
): Promise<Planned['turns']> {
  if (stage.who === 'office') return [forOffice]
  const { who: holder } = stage
  const turns: Planned['turns'] = []
  for (const unitId of await unitsOf(db, entry, stage)) {
    const isManned = unitId !== null && (await hasSomebody(db, { holder, unitId, evidenceId: entry.id }))
    if (isManned) turns.push({ holder, unitId })
    else if (holder === 'verifier' && !turns.includes(forOffice)) turns.push(forOffice)
  }
  return turns
}

/** Units whose turn the stage is, by those in which the teachers hold a post today; null: a unit that is not there. */
async function unitsOf(
  db: Kysely<CoreTables>,
  { indicator, teacherIds }: { indicator: string; teacherIds: readonly number[] },
  stage: Stage,
): Promise<(number | null)[]> {
  if (stage.who === 'verifier') return await unitsByCode(db, verifyingUnits(stage, indicator))
  const units = await unitsOfTeachers(db, teacherIds)
  return stage.who === 'dean' ? await facultiesOf(db, units) : units
}

async function unitsByCode(db: Kysely<CoreTables>, codes: readonly string[]): Promise<(number | null)[]> {
  const rows = await db
    .selectFrom('unit')
    .select(['id', 'code'])
    .where(sql<boolean>`code = any(${[...codes]}::text[])`)
    .execute()
  return codes.map((code) => rows.find((row) => row.code === code)?.id ?? null)
}

async function facultiesOf(db: Kysely<CoreTables>, unitIds: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive above as (
      select id, parent_id, kind from core.unit where id = any(${[...unitIds]}::bigint[])
      union
      select u.id, u.parent_id, u.kind from core.unit u join above a on u.id = a.parent_id
    ) select id from above where kind = 'faculty' order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether any account may decide there about this entry; who is away is not asked, for somebody may stand in. */
async function hasSomebody(
  db: Kysely<CoreTables>,
  { holder, unitId, evidenceId }: { holder: StageHolder; unitId: number; evidenceId: number },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    with recursive above as (
      select id, parent_id from core.unit where id = ${unitId}
      union
      select u.id, u.parent_id from core.unit u join above a on u.id = a.parent_id
    )
    select exists (
      select from core.account_role r
      where r.role = any(${rolesOfHolder(holder)}::text[]) and (r.unit_id is null or r.unit_id in (select id from above))
        and not exists (
          select from core.evidence_participant p
          where p.evidence_id = ${evidenceId} and p.teacher_id in (select core.conflicts_of(r.account_id)))
    ) as found`.execute(db)
  return rows[0]?.found ?? false
}
