import { sql } from 'kysely'
import type { Expression, Kysely, SqlBool } from 'kysely'
import type { Action } from '../access/rights.ts'
import { findScope } from '../access/scope.ts'
import type { CoreTables } from '../database/tables.ts'
import { teachersOfUnits, unitsOfTeachers } from '../people/teachers-of-units.ts'
import type { Actor, Scope } from '../plugin/route.ts'
import { stepNames, steps } from './moves.ts'
import type { Step } from './moves.ts'
import type { Entry } from './read-entry.ts'

export interface Rights {
  read: boolean
  /** Steps the actor may take, in the states that have them. */
  steps: ReadonlySet<Step>
}

/**
 * What access lets this actor do with this entry. What one entered is one's own like what one takes part in; a unit's is what
 * its teachers of today take part in. Nobody decides about what they take part in.
 */
export async function rightsOn(db: Kysely<CoreTables>, actor: Actor, entry: Entry): Promise<Rights> {
  const teacherIds = entry.participants.flatMap(({ teacher_id }) => teacher_id ?? [])
  const takesPart = actor.teacherId !== null && teacherIds.includes(actor.teacherId)
  const entered = entry.evidence.created_by === actor.accountId
  const about = { teacherIds, unitIds: await unitsOfTeachers(db, teacherIds) }
  const grants = async (action: Action, own: boolean) => {
    const scope = await findScope(db, actor, action)
    return scope !== null && (own || reaches(scope, about))
  }
  const allowed = new Set<Step>()
  for (const step of stepNames) {
    const { action, decides } = steps[step]
    if (decides && takesPart) continue
    if (await grants(action, entered && !decides)) allowed.add(step)
  }
  return { read: await grants('evidence.read', entered), steps: allowed }
}

interface About {
  teacherIds: readonly number[]
  unitIds: readonly number[]
}

function reaches(scope: Scope, { teacherIds, unitIds }: About): boolean {
  if (scope.all) return true
  if (scope.teacherId !== null && teacherIds.includes(scope.teacherId)) return true
  return scope.unitIds.some((id) => unitIds.includes(id))
}

/** Whether the actor may enter evidence about this teacher. */
export async function mayEnterFor(db: Kysely<CoreTables>, actor: Actor, teacherId: number): Promise<boolean> {
  const scope = await findScope(db, actor, 'evidence.write')
  const unitIds = await unitsOfTeachers(db, [teacherId])
  return scope !== null && reaches(scope, { teacherIds: [teacherId], unitIds })
}

/** Condition on the table `evidence`: what an actor with this scope may read; the same as `rightsOn` says of each. */
export async function readableBy(
  db: Kysely<CoreTables>,
  actor: Actor,
  scope: Scope,
): Promise<Expression<SqlBool>> {
  if (scope.all) return sql<boolean>`true`
  const own = scope.teacherId === null ? [] : [scope.teacherId]
  if (scope.unitIds.length === 0) return ownOf(actor, own)
  const teacherIds = [...(await teachersOfUnits(db, scope.unitIds)), ...own]
  // Every evidence has a participant, so this is "one of them takes part, or I entered it" in a form that a page of the newest
  // entries answers from the index of changes, without looking at all the others.
  return sql<boolean>`exists (
    select from evidence_participant p where p.evidence_id = evidence.id
    and (p.teacher_id = any(${teacherIds}::bigint[]) or evidence.created_by = ${actor.accountId}))`
}

/** A few entries among many: they are gathered by their own indexes. */
function ownOf(actor: Actor, teacherIds: readonly number[]): Expression<SqlBool> {
  return sql<boolean>`evidence.id in (
    select p.evidence_id from evidence_participant p where p.teacher_id = any(${[...teacherIds]}::bigint[])
    union
    select own.id from evidence own where own.created_by = ${actor.accountId})`
}

/** Condition on the table `evidence`: one of these teachers takes part. */
export function partOf(teacherIds: readonly number[]): Expression<SqlBool> {
  return sql<boolean>`exists (
    select from evidence_participant p
    where p.evidence_id = evidence.id and p.teacher_id = any(${[...teacherIds]}::bigint[]))`
}
