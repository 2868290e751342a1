import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Page } from '../contract/paging.ts'
import type { Unit } from '../contract/resources/people.ts'
import type { Language, LocalizedText } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'

interface PageOf {
  /** Counts from 1. */
  page: number
  pageSize: number
}

/** The tree of units from its tops down, each unit before those below it, sisters in the order of their names in the language. */
export async function listUnits(
  db: Kysely<CoreTables>,
  language: Language,
  { page, pageSize }: PageOf,
): Promise<Page<Unit>> {
  const name = sql`coalesce(u.name->>${language}, u.code)`
  const { rows } = await sql<Unit>`
    with recursive tree as (
      select u.id, array[${name}, u.code] collate person_name as path from unit u where u.parent_id is null
      union all
      select u.id, t.path || array[${name}, u.code] collate person_name
      from unit u join tree t on t.id = u.parent_id
    )
    select u.id, u.parent_id as "parentId", u.kind, u.code, u.name
    from tree join unit u using (id)
    order by tree.path limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  const { total } = await db
    .selectFrom('unit')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows, total, page, pageSize }
}

/** Every unit by id, for lists that name them. */
export async function listUnitNames(db: Kysely<CoreTables>): Promise<(CodedName & { id: number })[]> {
  return await db.selectFrom('unit').select(['id', 'code', 'name']).orderBy('id').execute()
}

export interface CodedName {
  code: string
  name: LocalizedText
}

/** What appointments may name, highest first. */
export async function listPositions(
  db: Kysely<CoreTables>,
): Promise<{ positions: CodedName[]; degrees: CodedName[] }> {
  const read = async (table: 'position' | 'degree') =>
    await db.selectFrom(table).select(['code', 'name']).orderBy('sort_order').orderBy('code').execute()
  return { positions: await read('position'), degrees: await read('degree') }
}
