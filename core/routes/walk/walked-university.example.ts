/**
 * For route-walk.test.ts: a university in which everything that has an id belongs to Anna of the history department or to her faculty, and
 * accounts of every role that have nothing to do with her: those of the department of computing, the faculty of engineering, the library.
 */
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { expect } from 'vitest'
import type { CoreTables } from '../../database/tables.ts'
import { publishExample } from '../../publication/example-publication.ts'
import { createRatedUniversity } from '../rated-university.example.ts'
import type { RatedUniversity } from '../rated-university.example.ts'
import { belongingsIn } from './belongings.example.ts'
import type { Belongings } from './belongings.example.ts'
import { formOf } from './forms.example.ts'

/** Who walks: in the order of the columns of the table. */
export const walkers = [
  'nobody',
  'teacher',
  'head',
  'dean',
  'verifier',
  'technician',
  'administrator',
  'management',
  'office',
] as const
export type Walker = (typeof walkers)[number]
/** Whose the things are. */
export type Owner = 'anna' | 'historian' | 'reviewer'

export interface WalkedUniversity {
  there: RatedUniversity
  accounts: Record<Walker | Owner, number>
  ids: Belongings
  /** A digest of the rows of each table that a request could change, by table. */
  readTables(): Promise<Map<string, string>>
}

const text = (en: string) => ({ kk: en, ru: en, en })

export async function createWalkedUniversity(): Promise<WalkedUniversity> {
  const there = await createRatedUniversity({
    id: '15',
    title: text('Appeals'),
    days: 20,
    answeredBy: text('The commission'),
    answerDays: 3,
  })
  const { db } = there.server.database
  const { accounts: known, units } = there.university
  const library = await addUnit(db, 'lib', units.university)
  const account = async (name: string, role: string, unit: number | null = null) =>
    await addAccount(db, { name, role, unit })
  const accounts = {
    nobody: known.nobody,
    teacher: known.aigul,
    head: known.head,
    dean: known.dean,
    verifier: await account('Librarian', 'verifier', library),
    technician: await account('Technician', 'technician'),
    administrator: await account('Second administrator', 'administrator'),
    management: known.management,
    office: known.office,
    anna: known.elsewhere,
    historian: await account('Historian', 'dean', units.humanities),
    reviewer: await account('Reviewer', 'management'),
  }
  const runs = await rateTwice(there)
  const ids = await belongingsIn(there, { accounts, runs })
  return { there, accounts, ids, readTables: tablesOf(db, accounts.anna) }
}

/** Two official runs of the same period, published, one with an old rating beside it, and one that no worker was told of. */
async function rateTwice(there: RatedUniversity): Promise<Belongings['runs']> {
  const { db } = there.server.database
  await there.enter('aigul', 'A course of Aigul')
  await there.enter('elsewhere', "Anna's course")
  const before = await there.rate()
  await there.enter('elsewhere', "Anna's second course")
  const run = await there.rate()
  const old = await there.rate()
  const payload = formOf('code,place\nSemenova Anna,1\n', 'old.csv', { dryRun: 'false' })
  const kept = await there.answer(`/runs/${old.id}/shadow`, { method: 'POST', payload })
  expect(kept.statusCode, kept.body).toBe(200)
  await publishExample(db, before.id)
  await publishExample(db, run.id, { appealsUntil: '2026-07-20', answerDays: 3 })
  const { rows } = await sql<{ id: number }>`
    insert into core.run (purpose, regulation_version_id, period_from, period_to, requested_by)
    select purpose, regulation_version_id, period_from, period_to, requested_by from core.run where id = ${run.id} returning id`.execute(
    db,
  )
  return { run: run.id, before: before.id, old: old.id, waiting: rows[0]!.id }
}

async function addUnit(db: Kysely<CoreTables>, code: string, parent: number): Promise<number> {
  const row = { kind: 'department' as const, code, parent_id: parent, name: JSON.stringify(text(code)) }
  return (await db.insertInto('unit').values(row).returning('id').executeTakeFirstOrThrow()).id
}

async function addAccount(
  db: Kysely<CoreTables>,
  { name, role, unit }: { name: string; role: string; unit: number | null },
): Promise<number> {
  const row = { name, teacher_id: null }
  const { id } = await db.insertInto('account').values(row).returning('id').executeTakeFirstOrThrow()
  await db.insertInto('account_role').values({ account_id: id, role, unit_id: unit }).execute()
  return id
}

/**
 * What signing in and looking write by themselves: sessions of who walks, the log of readings, and what follows from rows by
 * triggers. Of sessions, those of the owner are looked at.
 */
const writtenByLooking = new Set(
  ['account_session', 'audit_entry', 'audit_link', 'audit_pending', 'data_access'].map(
    (name) => `core.${name}`,
  ),
)

function tablesOf(db: Kysely<CoreTables>, owner: number) {
  return async (): Promise<Map<string, string>> => {
    const { rows: tables } = await sql<{ name: string }>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname = 'core' or schemaname like 'plugin\\_%' order by 1`.execute(db)
    const watched = tables.flatMap(({ name }) => (writtenByLooking.has(name) ? [] : [{ name, rows: name }]))
    const sessions = {
      name: 'sessions of the owner',
      rows: `(select * from core.account_session where account_id = ${owner})`,
    }
    const jobs = {
      name: 'jobs',
      rows: `(select id, name, data from pgboss.job where name not like '\\_\\_%')`,
    }
    const digests = [...watched, sessions, jobs].map(
      ({ name, rows }) =>
        sql`select ${sql.lit(name)} as name, md5(coalesce(string_agg(t::text, E'\n' order by t::text), '')) as digest from ${sql.raw(rows)} t`,
    )
    const { rows } = await sql<{
      name: string
      digest: string
    }>`${sql.join(digests, sql` union all `)}`.execute(db)
    return new Map(rows.map(({ name, digest }) => [name, digest]))
  }
}
