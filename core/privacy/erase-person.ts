import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import { aboutTeacher } from '../audit/list-entries.ts'
import { UstazError } from '../contract/problem.ts'
import type { DataRequest } from '../contract/resources/privacy.ts'
import type { CoreTables } from '../database/tables.ts'
import { namesOfPerson, replaceNames } from './names-of-person.ts'
import type { PersonNames } from './names-of-person.ts'
import { declaredTables } from './rows-of-person.ts'
import type { DeclaredTable } from './rows-of-person.ts'
import type { Declaration } from './register.ts'

export type Outcome = NonNullable<DataRequest['outcome']>

/** Years in which what was decided about a person may be disputed: Civil Code of Kazakhstan, article 178. */
const limitationYears = 3

/**
 * Puts the personnel number in the place of a person: names, contacts and what says who it is go, also from texts, frozen rows and the
 * audit log; what was decided stays under the number. Throws `teacher-not-found`, and `erasure-employed` while a post is held: the
 * employment relation is what the data are kept by (Law No. 94-V, article 18).
 */
export async function erasePerson(
  trx: Transaction<CoreTables>,
  declarations: readonly Declaration[],
  { teacherId, at, why }: { teacherId: number; at: Date; why: string },
): Promise<Outcome> {
  const lastDay = await findLastDay(trx, teacherId, at)
  const names = await namesOfPerson(trx, teacherId)
  const erased: Record<string, number> = {}
  const kept: Record<string, number> = {}
  const tables = declaredTables(declarations)
  await replaceNames(trx, tables, { teacherId, names })
  await sql`delete from core.mail where recipient in
    (select email from core.account where teacher_id = ${teacherId})`.execute(trx)
  for (const table of tables) {
    const list = table.personal.erase === 'nothing' ? kept : erased
    const count = await eraseRows(trx, table, { teacherId, code: names.code })
    if (count > 0) list[table.name] = count
  }
  const olderSnapshots = await eraseFrozenNames(trx, teacherId)
  const frozenMentions = await countFrozenMentions(trx, teacherId, names)
  await trx.updateTable('teacher').set({ erased_at: at }).where('id', '=', teacherId).execute()
  erased['core.audit_entry'] = await eraseLog(trx, { teacherId, names, why })
  return { erased, kept, keptUntil: yearsAfter(lastDay), olderSnapshots, frozenMentions }
}

/** Last day of the last post; null: none is known. */
async function findLastDay(
  trx: Transaction<CoreTables>,
  teacherId: number,
  at: Date,
): Promise<string | null> {
  const teacher = await trx
    .selectFrom('teacher')
    .select('id')
    .where('id', '=', teacherId)
    .forUpdate()
    .executeTakeFirst()
  if (!teacher) throw new UstazError('teacher-not-found', { status: 404 })
  const posts = await trx
    .selectFrom('appointment')
    .select('ends_on')
    .where('teacher_id', '=', teacherId)
    .execute()
  const today = at.toISOString().slice(0, 10)
  if (posts.some(({ ends_on }) => ends_on === null || ends_on >= today))
    throw new UstazError('erasure-employed', { status: 409 })
  return (
    posts
      .map(({ ends_on }) => ends_on)
      .sort()
      .at(-1) ?? null
  )
}

function yearsAfter(day: string | null): string | null {
  if (day === null) return null
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCFullYear(date.getUTCFullYear() + limitationYears)
  return date.toISOString().slice(0, 10)
}

/** Answers how many rows were deleted or changed; of a table that keeps its rows, how many there are. */
async function eraseRows(
  trx: Transaction<CoreTables>,
  { name, personal, isOf }: DeclaredTable,
  { teacherId, code }: { teacherId: number; code: string },
): Promise<number> {
  const { erase } = personal
  const table = sql.table(name)
  if (erase === 'nothing') {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${table} where ${isOf(teacherId)}`.execute(trx)
    return rows[0]!.count
  }
  if (erase === 'rows') {
    const { numAffectedRows } = await sql`delete from ${table} where ${isOf(teacherId)}`.execute(trx)
    return Number(numAffectedRows)
  }
  const values: Record<string, RawBuilder<unknown>> = { null: sql`null`, empty: sql`''`, code: sql`${code}` }
  const set = Object.entries(erase).map(([column, how]) => sql`${sql.ref(column)} = ${values[how]!}`)
  const { numAffectedRows } =
    await sql`update ${table} set ${sql.join(set)} where ${isOf(teacherId)}`.execute(trx)
  return Number(numAffectedRows)
}

/** Answers in how many snapshots the names have to stay, because their hash is over them. */
async function eraseFrozenNames(trx: Transaction<CoreTables>, teacherId: number): Promise<number> {
  await sql`update core.snapshot_teacher t set family_name = t.code, given_name = '', patronymic = null
    from core.snapshot s where s.id = t.snapshot_id and not s.names_hashed and t.teacher_id = ${teacherId}`.execute(
    trx,
  )
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from core.snapshot_teacher t join core.snapshot s on s.id = t.snapshot_id
    where s.names_hashed and t.teacher_id = ${teacherId}`.execute(trx)
  return rows[0]!.count
}

/** Facts of the person that were frozen with a text in which the name stands, such as the title of a work. */
async function countFrozenMentions(
  trx: Transaction<CoreTables>,
  teacherId: number,
  { whole, parts }: PersonNames,
): Promise<number> {
  const words = [...whole, ...parts].map((word) => JSON.stringify(word).slice(1, -1))
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from core.snapshot_fact f
    where f.teacher_id = ${teacherId}
      and exists (select from unnest(${words}::text[]) word where strpos(f.attributes::text, word) > 0)`.execute(
    trx,
  )
  return rows[0]!.count
}

/** Content of the audit log that says who it was: last of all, since the erasure itself has just been recorded there. */
async function eraseLog(
  trx: Transaction<CoreTables>,
  { teacherId, names, why }: { teacherId: number; names: PersonNames; why: string },
): Promise<number> {
  const text = sql`concat(e.before::text, e.after::text)`
  const anyOf = (words: readonly string[]) =>
    sql`exists (select from unnest(${words.map((word) => JSON.stringify(word).slice(1, -1))}::text[]) word where strpos(${text}, word) > 0)`
  const { rows } = await sql<{ erased: number }>`
    select core.audit_erase(array(
      select e.id from core.audit_entry e
      where e.salt is not null and e.action <> 'erase' and (
        (e.table_name = 'core.teacher' and e.teacher_id = ${teacherId})
        or ((${aboutTeacher(teacherId)}) and ${anyOf([...names.whole, ...names.parts])})
        or ${anyOf(names.whole)})
    ), ${why}) as erased`.execute(trx)
  return rows[0]!.erased
}
