import { sql } from 'kysely'
import type { Kysely, RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../../../core/database/tables.ts'

/** The tables hand-written SQL writes, with columns and keys of core's; queries answer the columns in this order. */
const tables = {
  snapshot_teacher: {
    columns:
      'snapshot_id, teacher_id, code, family_name, given_name, patronymic, unit_id, faculty_id, position, degree, rate, service_from, leave_days, sex, birth_year, field, citizenship, employed_days',
    key: 'snapshot_id, teacher_id',
  },
  snapshot_fact: {
    columns:
      'snapshot_id, teacher_id, fact_no, indicator, happened_on, quantity, role, participants, share, attributes, evidence_id, ordinal, affiliated, role_counts, expert_points',
    key: 'snapshot_id, teacher_id, fact_no',
  },
  run_area: {
    columns: 'run_id, teacher_id, area, points, weight, score, normalised',
    key: 'run_id, teacher_id, area',
  },
  run_line: {
    columns: 'run_id, teacher_id, line_no, kind, area, clause, fact_no, amount, fact_teacher_id',
    key: 'run_id, teacher_id, line_no',
  },
  run_teacher: {
    columns: 'run_id, teacher_id, league, status, reasons, total, total_rounded, place, band, money, notes',
    key: 'run_id, teacher_id',
  },
} as const
type HandTable = keyof typeof tables

/** How hand-written SQL brings its rows into tables. */
export interface HandTables {
  /** Before the time is taken. */
  prepare(db: Kysely<CoreTables>): Promise<void>
  write(trx: Transaction<CoreTables>, table: HandTable, query: RawBuilder<unknown>): Promise<void>
}

/** As is customary: tables with their keys are there, for every snapshot and run, and rows are inserted. */
export const keptTables: HandTables = {
  async prepare(db) {
    for (const name of Object.keys(tables)) {
      await sql`create table ${handTable(name)} (like ${sql.table(`core.${name}`)} including all)`.execute(db)
    }
  },
  async write(trx, table, query) {
    await sql`insert into ${handTable(table)} (${sql.raw(tables[table].columns)}) ${query}`.execute(trx)
  },
}

/**
 * The fastest way found: tables made anew of their queries, which PostgreSQL computes in several processes, and keyed when the rows
 * are there, without a look-up for each.
 */
export const madeTables: HandTables = {
  prepare: async () => undefined,
  async write(trx, table, query) {
    await sql`create table ${handTable(table)} as ${query}`.execute(trx)
    await sql`alter table ${handTable(table)} add primary key (${sql.raw(tables[table].key)})`.execute(trx)
    if (table === 'run_teacher') {
      await sql`create index on ${handTable(table)} (run_id, league, place)`.execute(trx)
    }
  },
}

const handTable = (name: string) => sql.table(`hand.${name}`)
