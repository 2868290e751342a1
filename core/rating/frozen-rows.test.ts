import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { exampleRules } from './example-rules.ts'
import { enterExample, examplePeriod, rateExample } from './example-university.ts'
import { attachRows, freezeRows, openRows } from './frozen-rows.ts'
import { hashSnapshot } from './snapshot/hash-snapshot.ts'
import { takeSnapshot } from './snapshot/take-snapshot.ts'
import type { Snapshot } from './snapshot/take-snapshot.ts'

let database: TestDatabase
let snapshot: Snapshot
const sources = [{ source: 'evidence', indicator: 'example.thing', enrich: null } as const]

beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(
    database,
    ['T1', 'T2', 'T3'].map((code) => ({
      code,
      position: 'lecturer',
      facts: [
        { indicator: 'example.thing', attributes: { type: 'a', size: 1.5 }, role: 'author', share: '0.5' },
        { indicator: 'example.thing', attributes: { type: 'b' }, participants: 3 },
      ],
    })),
  )
  snapshot = await database.db
    .transaction()
    .execute(async (trx) => await takeSnapshot(trx, examplePeriod, sources))
})
afterAll(async () => {
  await database.drop()
})

const line = (runId: number) => ({
  columns: ['teacher_id', 'line_no', 'kind', 'clause', 'amount'],
  query: sql`select 1, n, 'points', 'a', n * 1.5 from generate_series(1, ${sql.lit(runId)}) n order by n`,
})
const linesOf = async (runId: number) =>
  await database.db.selectFrom('run_line').selectAll().where('run_id', '=', runId).execute()

describe('frozen rows', () => {
  it('are found in their table once attached, with null where the query said nothing', async () => {
    await database.db.transaction().execute(async (trx) => {
      await freezeRows(trx, 'run_line', 9002, line(2))
      expect(await linesOf(9002)).toEqual([])
      await attachRows(trx, 'run_line', 9002)
    })
    expect(await linesOf(9002)).toMatchObject([
      { run_id: 9002, teacher_id: 1, line_no: 1, amount: '1.5', area: null, fact_no: null },
      { run_id: 9002, teacher_id: 1, line_no: 2, amount: '3.0' },
    ])
  })

  it('leave nothing behind when their transaction fails', async () => {
    await expect(
      database.db.transaction().execute(async (trx) => {
        await freezeRows(trx, 'run_line', 9003, line(3))
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    await database.db.transaction().execute(async (trx) => await freezeRows(trx, 'run_line', 9003, line(3)))
  })

  it('keep no reader waiting while they are attached', async () => {
    await database.db.transaction().execute(async (trx) => {
      await freezeRows(trx, 'run_line', 9004, line(4))
      await attachRows(trx, 'run_line', 9004)
      await database.db.connection().execute(async (reader) => {
        await sql`set statement_timeout = '2s'`.execute(reader)
        await sql`select count(*) from core.run_line`.execute(reader)
        await sql`set statement_timeout = 0`.execute(reader)
      })
    })
  })

  it('can be written row by row where they are no query, but only once their part is open', async () => {
    const insert = async (trx = database.db) => {
      await sql`insert into core.run_line (run_id, teacher_id, line_no, kind, clause, amount) values (9005, 1, 1, 'points', 'a', 1)`.execute(
        trx,
      )
    }
    await expect(insert()).rejects.toThrow(/no partition/)
    await database.db.transaction().execute(async (trx) => {
      await openRows(trx, 'run_line', 9005)
      await insert(trx)
    })
    await expect(insert()).rejects.toThrow(/duplicate key/)
  })

  it.each([
    'update core.run_line_9005 set amount = 2',
    'delete from core.run_line_9005',
    'truncate core.run_line_9005',
  ])('refuse %s as the whole table does', async (statement) => {
    await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/frozen/)
  })
})

describe('a run', () => {
  const document = exampleRules({ areas: { A: {} }, criteria: { a: 'A' } })

  it('freezes and ends while another stands still with its own snapshot frozen', async () => {
    const other = await rateExample(database, document, {
      onStage: async (stage) => {
        if (stage !== 'lines') return
        await rateExample(database, document)
      },
    })
    expect(other.results.size).toBe(3)
  })

  it('reads its rows by the name of their part, for they are attached last', async () => {
    const folders = ['compile', 'judge', 'rank', 'score', 'write'].map(
      (name) => new URL(`${name}/`, import.meta.url),
    )
    for (const folder of folders) {
      for (const name of await readdir(folder)) {
        if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
        const source = await readFile(new URL(name, folder), 'utf8')
        expect(source, name).not.toMatch(/core\.(snapshot_fact|run_line)\b/)
      }
    }
  })
})

describe('the hash of a snapshot', () => {
  const period = { ...examplePeriod, factsFrom: examplePeriod.from }
  const hashAfter = async (change: string) =>
    await database.db.connection().execute(async (connection) => {
      await sql`begin`.execute(connection)
      await sql`set local session_replication_role = replica`.execute(connection)
      await sql.raw(change).execute(connection)
      const { hash } = await hashSnapshot(connection, snapshot.id, period)
      await sql`rollback`.execute(connection)
      return hash
    })

  it('is the same when it is computed again', async () => {
    expect(await hashAfter('select 1')).toBe(snapshot.hash)
  })

  it.each([
    'fact_no = fact_no + 10',
    "indicator = 'example.other'",
    'happened_on = happened_on + 1',
    'quantity = 2',
    "role = 'editor'",
    'role = null',
    'participants = 4',
    'share = 0.50001',
    'share = null',
    `attributes = '{"type": "a", "size": 1.6}'`,
    'ordinal = 9',
    'affiliated = 9',
    'expert_points = 0',
  ])('changes with a fact whose %s', async (change) => {
    const one = `teacher_id = (select max(teacher_id) from core.snapshot_teacher where snapshot_id = ${snapshot.id})`
    const set = `update core.snapshot_fact set ${change} where snapshot_id = ${snapshot.id} and role = 'author' and ${one}`
    expect(await hashAfter(set)).not.toBe(snapshot.hash)
  })

  it.each([
    'delete from core.snapshot_fact where fact_no = 2',
    'update core.snapshot_teacher set leave_days = 1',
  ])('changes with %s', async (change) => {
    expect(await hashAfter(change)).not.toBe(snapshot.hash)
  })

  it('takes no part of one value for part of the next', async () => {
    const split = (indicator: string, role: string) =>
      `update core.snapshot_fact set indicator = '${indicator}', role = '${role}'`
    expect(await hashAfter(split('a|b', 'c'))).not.toBe(await hashAfter(split('a', 'b|c')))
  })
})
