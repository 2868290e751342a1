import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { GivenRole } from '../accounts.ts'
import type { RoleRule } from './settings.ts'

/** What a sign-in says about the roles of an account. */
export interface BroughtRoles {
  /** null: it says nothing about them, and those that are there stay. */
  claim: readonly GivenRole[] | null
  appointment: readonly GivenRole[]
}

/** Makes the roles that sign-ins bring along those of today. Roles that administrators gave are not touched. */
export async function renewRoles(
  trx: Transaction<CoreTables>,
  accountId: number,
  brought: BroughtRoles,
): Promise<void> {
  // All that ended goes first: a role has one row, and may end in one source while another still brings it.
  for (const source of ['claim', 'appointment'] as const) {
    const roles = brought[source]
    if (roles) await endRoles(trx, { accountId, source, roles })
  }
  for (const source of ['claim', 'appointment'] as const) {
    await addRoles(trx, { accountId, source, roles: brought[source] ?? [] })
  }
}

interface OfSource {
  accountId: number
  source: 'claim' | 'appointment'
  roles: readonly GivenRole[]
}

async function endRoles(trx: Transaction<CoreTables>, { accountId, source, roles }: OfSource): Promise<void> {
  await sql`
    delete from core.account_role r where r.account_id = ${accountId} and r.source = ${source} and not exists (
      select from ${asRows(roles)} where w.role = r.role and w.unit_id is not distinct from r.unit_id)`.execute(
    trx,
  )
}

async function addRoles(trx: Transaction<CoreTables>, { accountId, source, roles }: OfSource): Promise<void> {
  if (roles.length === 0) return
  await sql`
    insert into core.account_role (account_id, role, unit_id, source)
    select distinct ${accountId}::bigint, w.role, w.unit_id, ${source} from ${asRows(roles)}
    on conflict (account_id, role, unit_id) do nothing`.execute(trx)
}

function asRows(roles: readonly GivenRole[]) {
  return sql`unnest(${roles.map(({ role }) => role)}::text[], ${roles.map(({ unitId }) => unitId)}::bigint[])
    as w (role, unit_id)`
}

/**
 * The roles that the groups of a person give. A rule about a unit that does not exist gives nothing (never the whole university):
 * its code is among `unknownUnits`.
 */
export async function rolesOfGroups(
  trx: Transaction<CoreTables>,
  rules: readonly RoleRule[],
  groups: readonly string[],
): Promise<{ roles: GivenRole[]; unknownUnits: string[] }> {
  const found = rules.filter(({ value }) => groups.includes(value))
  const codes = [...new Set(found.flatMap(({ unitCode }) => unitCode ?? []))]
  const units = await trx
    .selectFrom('unit')
    .select(['id', 'code'])
    .where(sql<boolean>`code = any(${codes}::text[])`)
    .execute()
  const idOf = new Map(units.map(({ id, code }) => [code, id]))
  return {
    roles: found.flatMap(({ role, unitCode }): GivenRole[] => {
      if (unitCode === null) return [{ role, unitId: null }]
      const unitId = idOf.get(unitCode)
      return unitId === undefined ? [] : [{ role, unitId }]
    }),
    unknownUnits: codes.filter((code) => !idOf.has(code)),
  }
}

/**
 * The roles that the posts of a teacher give on a day (YYYY-MM-DD, both ends inclusive): teacher with an appointment, head of the
 * department and dean of the faculty that the teacher leads. teacherId null: none.
 */
export async function rolesOfPosts(
  trx: Transaction<CoreTables>,
  teacherId: number | null,
  day: string,
): Promise<GivenRole[]> {
  const { rows } = await sql<GivenRole>`
    select distinct 'teacher' as role, null::bigint as "unitId" from core.appointment a
    where a.teacher_id = ${teacherId}::bigint and ${day}::date between a.starts_on and coalesce(a.ends_on, 'infinity'::date)
    union
    select case u.kind when 'department' then 'head' else 'dean' end, u.id
    from core.leadership l join core.unit u on u.id = l.unit_id
    where l.teacher_id = ${teacherId}::bigint and u.kind in ('department', 'faculty')
      and ${day}::date between l.starts_on and coalesce(l.ends_on, 'infinity'::date)`.execute(trx)
  return rows
}
