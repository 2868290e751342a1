import type { AuditRules } from '../plugin/audit-rules.ts'
import { coreAuditRules, soundsSecret } from './audit-rules.ts'

interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

/** A table as the catalogue has it. */
export interface AuditableTable {
  name: string
  columns: { name: string; type: string }[]
  /** The primary key, else the first unique one, else all columns. */
  key: string[]
  /** Arguments of the audit trigger it has, each with a | behind it; null: it has none. */
  attached: string | null
}

/** Key of the trigger's arguments: by what a row is named, what is masked, what is quiet, the column of the teacher. */
export function argumentsOf(table: AuditableTable, rules: AuditRules): string[] {
  const named = (what: Readonly<Record<string, string>> | undefined) =>
    table.columns.filter(({ name }) => Object.hasOwn(what ?? {}, `${table.name}.${name}`))
  const open = named(rules.open)
  const secret = [
    ...named(rules.secret),
    ...table.columns.filter(
      (column) => (soundsSecret.test(column.name) || column.type === 'bytea') && !open.includes(column),
    ),
  ]
  const namesOf = (columns: readonly { name: string }[]) =>
    [...new Set(columns.map(({ name }) => name))].join()
  const about = table.columns.find(({ name }) => name === (table.name === 'teacher' ? 'id' : 'teacher_id'))
  return [table.key.join(), namesOf(secret), namesOf(named(rules.quiet)), about?.name ?? '']
}

/**
 * Puts the triggers of the audit log on every table of a schema that the rules do not leave out, and takes them from those they do.
 * Runs after each migration, so that a table which comes later is audited from its first row on. Does nothing before the log exists.
 */
export async function attachAudit(
  client: Client,
  schema: string,
  rules: AuditRules = schema === 'core' ? coreAuditRules : {},
): Promise<void> {
  const { rows } = await client.query("select to_regprocedure('core.audit_rows()') is not null as there")
  if (!(rows[0] as { there: boolean }).there) return
  for (const table of await readAuditableTables(client, schema)) {
    const wanted = Object.hasOwn(rules.unaudited ?? {}, table.name) ? null : argumentsOf(table, rules)
    if (joinArguments(wanted) === table.attached) continue
    await client.query(triggersOf(`"${schema}"."${table.name}"`, wanted))
  }
}

export function joinArguments(wanted: readonly string[] | null): string | null {
  return wanted?.map((argument) => `${argument}|`).join('') ?? null
}

const events = {
  insert: 'referencing new table as new_rows',
  update: 'referencing old table as old_rows new table as new_rows',
  delete: 'referencing old table as old_rows',
  truncate: '',
}

function triggersOf(table: string, wanted: readonly string[] | null): string {
  const args = wanted?.map((text) => `'${text}'`).join()
  return Object.entries(events)
    .map(([event, rows]) => {
      const drop = `drop trigger if exists audit_${event} on ${table};`
      if (args === undefined) return drop
      return `${drop} create trigger audit_${event} after ${event} on ${table} ${rows}
        for each statement execute function core.audit_rows(${args});`
    })
    .join('\n')
}

/** Tables of a schema, without partitions of others. */
export async function readAuditableTables(client: Client, schema: string): Promise<AuditableTable[]> {
  const { rows } = await client.query(
    `select c.relname as name,
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((
        select array_agg(a.attname::text order by part.place)
        from (select i.indkey, i.indrelid from pg_index i
          where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indexprs is null
          order by i.indisprimary desc, i.indexrelid limit 1) i
        cross join unnest(i.indkey) with ordinality part (attnum, place)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = part.attnum
      ), (select array_agg(a.attname::text order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)) as key,
      (select replace(encode(t.tgargs, 'escape'), '\\000', '|') from pg_trigger t
        where t.tgrelid = c.oid and t.tgname = 'audit_update') as attached
    from pg_class c
    where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname`,
    [schema],
  )
  return rows as AuditableTable[]
}
