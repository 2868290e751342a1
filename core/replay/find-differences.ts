import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { readExportedTables } from './exported-tables.ts'
import type { ExportedTable } from './exported-tables.ts'

/** A row that two runs do not hold alike. */
export interface DifferingRow {
  table: string
  /** Of the teacher or unit the row is about. */
  code: string | null
  /** What follows in the row's key: line_no 7, area research. */
  key: Record<string, unknown>
  /** Only the columns that differ; null: the run has no such row. */
  recorded: Record<string, unknown> | null
  found: Record<string, unknown> | null
}
export interface Differences {
  /** Tables with rows that differ, and how many; none: the results are the same row by row. */
  tables: { table: string; rows: number }[]
  /** The first of each table, in the order of its key. */
  first: DifferingRow[]
}

const shown = 5

/** Holds every row of the results of two runs on one snapshot against each other, whatever tables and columns there are. */
export async function findDifferences(
  trx: Transaction<CoreTables>,
  runs: { recorded: number; found: number; snapshotId: number },
): Promise<Differences> {
  const tables = (await readExportedTables(trx)).filter(({ of }) => of === 'run')
  const differences: Differences = { tables: [], first: [] }
  for (const table of tables) {
    const { rows } = await sql<
      Omit<DifferingRow, 'table'> & { of: number }
    >`${differing(table, runs)}`.execute(trx)
    const [any] = rows
    if (!any) continue
    differences.tables.push({ table: table.name, rows: any.of })
    differences.first.push(...rows.map(({ of: _of, ...row }) => ({ table: table.name, ...onlyChanged(row) })))
  }
  return differences
}

function differing(
  { name, columns, key }: ExportedTable,
  { recorded, found, snapshotId }: { recorded: number; found: number; snapshotId: number },
): RawBuilder<unknown> {
  const side = (runId: number) =>
    sql`(select * from ${sql.table(`core.${name}`)} where run_id = ${sql.lit(runId)})`
  const values = (alias: string) =>
    sql`row(${sql.join(columns.map((column) => sql.ref(`${alias}.${column.name}`)))})`
  const keys = sql.join(key.map((column) => sql.ref(column)))
  const rest = key
    .filter((column) => column !== about(key))
    .flatMap((column) => [sql.lit(column), sql.ref(`x.${column}`)])
  return sql`
    select ${codeOf(key, snapshotId)} as code, jsonb_build_object(${sql.join(rest)}) as key,
      case when x.has_recorded then to_jsonb(x.r) - 'run_id' end as recorded,
      case when x.has_found then to_jsonb(x.f) - 'run_id' end as found, x.of
    from (
      select ${keys}, r, f, r.run_id is not null as has_recorded, f.run_id is not null as has_found,
        (count(*) over ())::int as of
      from ${side(recorded)} r
      full join ${side(found)} f using (${keys})
      where ${values('r')} is distinct from ${values('f')}
      order by ${keys} limit ${sql.lit(shown)}
    ) x order by ${keys}`
}

/** The column that says whom or what a row is about; null: it is about the whole run. */
function about(key: readonly string[]): 'teacher_id' | 'unit_id' | null {
  return key.includes('teacher_id') ? 'teacher_id' : key.includes('unit_id') ? 'unit_id' : null
}

/** The permanent name of that. */
function codeOf(key: readonly string[], snapshotId: number): RawBuilder<unknown> {
  const column = about(key)
  if (column === null) return sql`null::text`
  const table = sql.table(column === 'unit_id' ? 'core.snapshot_unit' : 'core.snapshot_teacher')
  return sql`(select s.code from ${table} s
    where s.snapshot_id = ${sql.lit(snapshotId)} and s.${sql.ref(column)} = x.${sql.ref(column)})`
}

type Row = Omit<DifferingRow, 'table'>

function onlyChanged(row: Row): Row {
  const { recorded, found } = row
  if (recorded === null || found === null) return row
  const names = Object.keys(recorded).filter(
    (name) => JSON.stringify(recorded[name]) !== JSON.stringify(found[name]),
  )
  const only = (values: Record<string, unknown>) =>
    Object.fromEntries(names.map((name) => [name, values[name]]))
  return { ...row, recorded: only(recorded), found: only(found) }
}
