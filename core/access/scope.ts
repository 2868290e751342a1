import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor, Scope } from '../plugin/route.ts'
import { decide } from './rights.ts'
import type { Action } from './rights.ts'

/** Whose data the actor may touch by an action, all units below written out; null: nobody's, the action is refused. */
export async function findScope(db: Kysely<CoreTables>, actor: Actor, action: Action): Promise<Scope | null> {
  const grants = decide(actor, action)
  if (grants.length === 0) return null
  if (grants.some(({ reach }) => reach === 'all')) return { all: true, unitIds: [], teacherId: null }
  const tops = grants.flatMap((grant) => (grant.reach === 'unit' ? [grant.unitId] : []))
  const own = grants.find((grant) => grant.reach === 'own')
  return { all: false, unitIds: await withUnitsBelow(db, tops), teacherId: own?.teacherId ?? null }
}

/** The same; throws `not-allowed` instead of answering null. */
export async function scopeOf(db: Kysely<CoreTables>, actor: Actor, action: Action): Promise<Scope> {
  const scope = await findScope(db, actor, action)
  if (!scope) throw new UstazError('not-allowed', { status: 403, params: { action } })
  return scope
}

/** The units and all units below them, by id. */
export async function withUnitsBelow(db: Kysely<CoreTables>, unitIds: readonly number[]): Promise<number[]> {
  if (unitIds.length === 0) return []
  const { rows } = await sql<{ id: number }>`
    with recursive below as (
      select id from core.unit where id = any(${[...unitIds]}::bigint[])
      union
      select u.id from core.unit u join below b on u.parent_id = b.id
    ) select id from below order by id`.execute(db)
  return rows.map(({ id }) => id)
}
