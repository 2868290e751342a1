import { sql } from 'kysely'
import type { Expression, Kysely, SqlBool } from 'kysely'
import { admits } from '../access/rights.ts'
import type { Action } from '../access/rights.ts'
import { findScope } from '../access/scope.ts'
import { heldTurns, openTurns } from '../approval/held-turns.ts'
import type { HeldTurn } from '../approval/held-turns.ts'
import { conflictsOf, findSeats } from '../approval/seats.ts'
import type { Seat } from '../approval/seats.ts'
import type { CoreTables } from '../database/tables.ts'
import { teachersOfUnits, unitsOfTeachers } from '../people/teachers-of-units.ts'
import type { Actor, Scope } from '../plugin/route.ts'
import { decisionOf, stepNames, steps } from './moves.ts'
import type { Step } from './moves.ts'
import { teacherIdsOf } from './read-entry.ts'
import type { Entry } from './read-entry.ts'

export interface Rights {
  read: boolean
  /** Steps the actor may take, in the states that have them. */
  steps: ReadonlySet<Step>
  /** Roles the actor decides in, those of whom the actor stands in for among them. */
  seats: readonly Seat[]
  /** Open turns of the entry in which the actor may decide. */
  held: readonly HeldTurn[]
}

/**
 * What access lets this actor do with this entry. What one entered is one's own like what one takes part in; a unit's is what
 * its teachers of today take part in. About what is submitted decides whose turn it is; nobody about what they or their relatives
 * take part in.
 */
export async function rightsOn(db: Kysely<CoreTables>, actor: Actor, entry: Entry): Promise<Rights> {
  const teacherIds = teacherIdsOf(entry)
  const entered = entry.evidence.created_by === actor.accountId
  const about = { teacherIds, unitIds: await unitsOfTeachers(db, teacherIds) }
  const grants = async (action: Action, own: boolean) => {
    const scope = await findScope(db, actor, action)
    return scope !== null && (own || reaches(scope, about))
  }
  const seats = await findSeats(db, actor)
  const isSubmitted = entry.evidence.state === 'submitted'
  const turns = isSubmitted ? await openTurns(db, entry.evidence.id) : []
  const held = heldTurns(turns, seats, teacherIds)
  const concerned = (await conflictsOf(db, [actor.accountId])).some((id) => teacherIds.includes(id))
  const allowed = new Set<Step>()
  for (const step of stepNames) {
    const { action, decides } = steps[step]
    const isTurn = isSubmitted && (decisionOf(step) !== null || step === 'judge')
    const mayTurn = isTurn && admits(actor, action) && mayIn(held, step)
    if (isTurn ? mayTurn : !(decides && concerned) && (await grants(action, entered && !decides)))
      allowed.add(step)
  }
  const read =
    held.length > 0 || (await grants('evidence.read', entered)) || (await isSeen(db, actor, entry, seats))
  return { read, steps: allowed, seats, held }
}

/** Whether one of the turns lets this be decided; points are given by whoever may pass. */
function mayIn(held: readonly HeldTurn[], step: Step): boolean {
  const decision = decisionOf(step) ?? 'pass'
  return held.some(({ turn }) => turn.may.includes(decision))
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

/** Structural units read what came to them, also when it has gone on; who decided, what they decided about. */
async function isSeen(
  db: Kysely<CoreTables>,
  { accountId }: Actor,
  entry: Entry,
  seats: readonly Seat[],
): Promise<boolean> {
  const verifying = verifyingSeats(seats)
  const came = verifying.length === 0 ? sql`false` : sql`t.holder = 'verifier' and ${withinUnits(verifying)}`
  const { rows } = await sql<{ seen: boolean }>`
    select exists (select from core.evidence_turn t where t.evidence_id = ${entry.evidence.id}
      and (t.account_id = ${accountId} or ${came})) as seen`.execute(db)
  return rows[0]?.seen ?? false
}

const verifyingSeats = (seats: readonly Seat[]) => seats.filter(({ role }) => role === 'verifier')

/** Condition on turns called t. */
function withinUnits(seats: readonly Seat[]): Expression<SqlBool> {
  if (seats.some(({ unitIds }) => unitIds === null)) return sql<boolean>`true`
  return sql<boolean>`t.unit_id = any(${seats.flatMap(({ unitIds }) => [...(unitIds ?? [])])}::bigint[])`
}

/** Whether the actor may enter evidence about this teacher. */
export async function mayEnterFor(db: Kysely<CoreTables>, actor: Actor, teacherId: number): Promise<boolean> {
  const scope = await findScope(db, actor, 'evidence.write')
  const unitIds = await unitsOfTeachers(db, [teacherId])
  return scope !== null && reaches(scope, { teacherIds: [teacherId], unitIds })
}

/** Condition on the table `evidence`: what an actor with this scope may read; the same as `rightsOn` says of each, but what one decided in the stead of others. */
export async function readableBy(
  db: Kysely<CoreTables>,
  actor: Actor,
  scope: Scope,
): Promise<Expression<SqlBool>> {
  if (scope.all) return sql<boolean>`true`
  const verifying = verifyingSeats(await findSeats(db, actor))
  if (verifying.length === 0) return await readableInUnits(db, actor, scope)
  return sql<boolean>`(${await readableInUnits(db, actor, scope)} or evidence.id in (
    select t.evidence_id from evidence_turn t where t.holder = 'verifier' and ${withinUnits(verifying)}))`
}

async function readableInUnits(
  db: Kysely<CoreTables>,
  actor: Actor,
  scope: Scope,
): Promise<Expression<SqlBool>> {
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
