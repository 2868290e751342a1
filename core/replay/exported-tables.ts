import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

/** A table whose rows belong to one snapshot or one run. */
export interface ExportedTable {
  name: string
  of: 'snapshot' | 'run'
  /** Its columns but the one that says which snapshot or run, in their order. */
  columns: { name: string; type: string }[]
  /** What follows in the key after that one. */
  key: string[]
}

/** How certain the order is: a job of its own, on the finished run. */
const workedOutLater = ['run_certainty', 'run_certainty_teacher']

/**
 * All tables that a snapshot or a run consists of besides its own row, as the database has them: those with a key of which
 * snapshot_id or run_id is the first but not the only part. A table or column that is added belongs to it by being there;
 * what is worked out after a run, from its results, does not.
 */
export async function readExportedTables(db: Kysely<CoreTables>): Promise<ExportedTable[]> {
  const { rows } = await sql<ExportedTable>`
    select c.relname as name, case k.names[1] when 'run_id' then 'run' else 'snapshot' end as of,
      k.names[2:] as key,
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname <> k.names[1]) as columns
    from pg_class c
    join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
    cross join lateral (
      select array_agg(a.attname::text order by part.place) as names
      from unnest(p.conkey) with ordinality part (attnum, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = part.attnum
    ) k
    where c.relnamespace = 'core'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and k.names[1] in ('snapshot_id', 'run_id') and cardinality(k.names) > 1
      and c.relname not in (${sql.join(workedOutLater.map((name) => sql.lit(name)))})
    order by k.names[1] desc, c.relname`.execute(db)
  return rows
}

/** The columns of the row of a snapshot or run that say something about it, and not where it stands. */
export async function readHeadColumns(db: Kysely<CoreTables>, table: 'snapshot' | 'run'): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${`core.${table}`}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(
    db,
  )
  const places = ['id', 'snapshot_id', 'regulation_version_id', 'requested_by']
  return rows.map(({ name }) => name).filter((name) => !places.includes(name))
}
