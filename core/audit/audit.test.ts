import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attributed } from '../database/attribution.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

async function entriesOf(table: string) {
  return await database.db
    .selectFrom('audit_entry')
    .select(['actor', 'account_id', 'request', 'action', 'key', 'columns', 'teacher_id', 'before', 'after'])
    .where('table_name', '=', `core.${table}`)
    .orderBy('id')
    .execute()
}
const as = async <T>(actor: string, work: () => Promise<T>, request: string | null = 'r1') =>
  await attributed({ actor, request }, work)

async function addTeacher(code: string): Promise<number> {
  const { id } = await database.db
    .insertInto('teacher')
    .values({ code, family_name: 'Сәрсенов', given_name: 'Ерлан' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

describe('what is recorded', () => {
  test('a row that comes, a change from what to what, a row that goes: with who, the request, the key and the teacher', async () => {
    const id = await as('account:7', async () => await addTeacher('T1'))
    await as('account:8', async () => {
      await database.db.transaction().execute(async (trx) => {
        await trx.updateTable('teacher').set({ family_name: 'Әбенов' }).where('id', '=', id).execute()
      })
    })
    await as('job:clean', async () => {
      await database.db.deleteFrom('teacher').where('id', '=', id).execute()
    })
    const [came, changed, went, ...rest] = await entriesOf('teacher')
    expect(came).toMatchObject({
      actor: 'account:7',
      account_id: 7,
      request: 'r1',
      action: 'insert',
      key: { id },
      columns: null,
      teacher_id: id,
      before: null,
      after: { code: 'T1', family_name: 'Сәрсенов', orcid: null },
    })
    expect(changed).toMatchObject({
      actor: 'account:8',
      action: 'update',
      columns: ['family_name'],
      before: { family_name: 'Сәрсенов' },
      after: { family_name: 'Әбенов' },
    })
    expect(went).toMatchObject({
      actor: 'job:clean',
      account_id: null,
      action: 'delete',
      teacher_id: id,
      after: null,
    })
    expect(went?.before).toMatchObject({ code: 'T1', family_name: 'Әбенов' })
    expect(rest).toEqual([])
  })

  test('what is written past the product is recorded as of the user of the database', async () => {
    await database.pool.query("insert into core.position (code, sort_order, name) values ('x', 9, '{}')")
    const { rows } = await database.pool.query<{ user: string }>('select session_user as user')
    expect((await entriesOf('position')).at(-1)?.actor).toBe(`database:${rows[0]!.user}`)
  })

  test('nobody inherits the name of who used the connection before', async () => {
    await as('account:9', async () => await addTeacher('T2'))
    await addTeacher('T3')
    const actors = (await entriesOf('teacher')).slice(-2).map(({ actor }) => actor)
    expect([actors[0], actors[1]?.startsWith('database:')]).toEqual(['account:9', true])
  })

  test('many who write at once keep their own names', async () => {
    const names = Array.from({ length: 40 }, (_, i) => i)
    await Promise.all(
      names.map(async (i) => await as(`account:${1000 + i}`, async () => await addTeacher(`M${i}`), `q${i}`)),
    )
    const entries = (await entriesOf('teacher')).filter(({ after }) => /^M/.test(String(after?.['code'])))
    expect(entries).toHaveLength(40)
    for (const { account_id, request, after } of entries) {
      expect([account_id, request]).toEqual([
        1000 + Number(String(after?.['code']).slice(1)),
        `q${String(after?.['code']).slice(1)}`,
      ])
    }
  })

  test('what was rolled back, and an update that changes nothing, are no entries', async () => {
    const before = (await entriesOf('teacher')).length
    const id = await addTeacher('T4')
    await database.db.updateTable('teacher').set({ given_name: 'Ерлан' }).where('id', '=', id).execute()
    await expect(
      database.db.transaction().execute(async (trx) => {
        await trx.updateTable('teacher').set({ given_name: 'Б' }).where('id', '=', id).execute()
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect((await entriesOf('teacher')).length).toBe(before + 1)
  })

  test('a failed statement outside of a transaction leaves the connection as it was', async () => {
    await as('account:9', async () => {
      await expect(addTeacher('T4')).rejects.toMatchObject({ code: '23505' })
    })
    await addTeacher('T5')
    expect((await entriesOf('teacher')).at(-1)?.actor).toMatch(/^database:/)
  })

  test('a key that is changed went under one name and came under the other; emptying a table is an entry', async () => {
    await database.pool.query("update core.position set code = 'y' where code = 'x'")
    const [went, came] = (await entriesOf('position'))
      .slice(-2)
      .sort((a, b) => b.action.localeCompare(a.action))
    expect([came?.action, came?.key, went?.action, went?.key]).toEqual([
      'delete',
      { code: 'x' },
      'insert',
      { code: 'y' },
    ])
    await database.pool.query('truncate core.leave')
    expect((await entriesOf('leave')).map(({ action }) => action)).toEqual(['truncate'])
  })

  test('rows of an upsert, a cascade and many rows of one statement', async () => {
    await sql`insert into core.teacher (code, family_name, given_name)
      select 'U' || n, 'A', 'B' from generate_series(1, 3) n`.execute(database.db)
    await sql`insert into core.teacher (code, family_name, given_name) values ('U1', 'C', 'B'), ('U4', 'C', 'B')
      on conflict (code) do update set family_name = excluded.family_name`.execute(database.db)
    const last = (await entriesOf('teacher')).slice(-5)
    expect(last.map(({ action }) => action).sort()).toEqual([
      'insert',
      'insert',
      'insert',
      'insert',
      'update',
    ])
  })
})

test('secrets are masked: that there was one, and that it was changed, is kept', async () => {
  const { pool } = database
  await pool.query('create table core.sample (id int primary key, password_hash text, note text)')
  const { attachAudit } = await import('./attach-audit.ts')
  await attachAudit(pool, 'core')
  await pool.query("insert into core.sample values (1, 'first', 'a'), (2, null, 'b')")
  await pool.query("update core.sample set password_hash = 'second' where id = 1")
  expect((await entriesOf('sample')).map(({ before, after }) => [before, after])).toEqual([
    [null, { id: 1, password_hash: '***', note: 'a' }],
    [null, { id: 2, password_hash: null, note: 'b' }],
    [{ password_hash: '***' }, { password_hash: '***' }],
  ])
  await pool.query('drop table core.sample')
})
