import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { sealEntries } from './seal-entries.ts'
import { verifyChain } from './verify-chain.ts'

let database: TestDatabase
let ids: number[]
beforeEach(async () => {
  database = await createTestDatabase()
  for (const code of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await run(`insert into core.degree (code, sort_order, name) values ('${code}', 9, '{}')`)
  }
  await sealEntries(database.db)
  const entries = await database.db.selectFrom('audit_link').select('entry_id').orderBy('position').execute()
  ids = entries.map(({ entry_id }) => entry_id)
})
afterEach(async () => {
  await database.drop()
})

async function run(statement: string): Promise<void> {
  await database.pool.query(statement)
}
/** As somebody who owns the database can: with the triggers off. */
async function tamper(statement: string): Promise<void> {
  await run(`begin; set local session_replication_role = replica; ${statement}; commit`)
}
const verify = async (options: Parameters<typeof verifyChain>[1] = {}) =>
  await verifyChain(database.db, options)

test('a chain that nobody touched holds, from its beginning and from any position', async () => {
  const whole = await verify()
  expect(whole).toMatchObject({ links: 6, pending: 0, broken: null, head: { position: 6 } })
  expect(await verify({ from: 4 })).toMatchObject({ links: 3, broken: null })
  expect(await verify({ head: whole.head!.hash })).toMatchObject({ headAt: 6 })
  expect(await verify({ head: 'ab'.repeat(32) })).toMatchObject({ headAt: null })
})

test('rows are written once, whoever asks', async () => {
  for (const statement of [
    "update core.audit_entry set actor = 'account:1'",
    "update core.audit_entry set before = '{}'",
    'update core.audit_entry set salt = null',
    'delete from core.audit_entry',
    'truncate core.audit_entry',
    "update core.audit_link set hash = ''",
    'delete from core.audit_link',
    'truncate core.audit_link',
  ]) {
    await expect(run(statement), statement).rejects.toMatchObject({ code: 'UZ002' })
  }
  await run("insert into core.degree (code, sort_order, name) values ('g', 9, '{}')")
  await expect(run('delete from core.audit_pending')).rejects.toMatchObject({ code: 'UZ002' })
})

describe('with the triggers off, the first entry that does not hold is named', () => {
  test.each([
    [
      'who',
      "update core.audit_entry set account_id = 5, actor = 'account:5' where id = $3",
      'entry-altered',
      3,
    ],
    ['when', "update core.audit_entry set at = at - interval '1 day' where id = $3", 'entry-altered', 3],
    [
      'from what to what',
      `update core.audit_entry set after = '{"code": "z"}' where id = $4`,
      'content-altered',
      4,
    ],
    [
      'content taken away',
      'update core.audit_entry set salt = null, after = null where id = $2',
      'content-missing',
      2,
    ],
    ['an entry deleted', 'delete from core.audit_entry where id = $5', 'entry-missing', 5],
    [
      'an entry deleted with its link',
      'delete from core.audit_entry where id = $3; delete from core.audit_link where entry_id = $3',
      'link-missing',
      4,
    ],
    [
      'two entries in another order',
      `update core.audit_link set entry_id = case position when 2 then $3 else $2 end, position = -position where position in (2, 3);
       update core.audit_link set position = -position where position < 0`,
      'entry-altered',
      2,
    ],
    ['the end of the links cut off', 'delete from core.audit_link where position > 4', 'entry-outside', null],
    ['everything emptied but the links', 'truncate core.audit_entry', 'entry-missing', 1],
  ])('%s', async (_, statement, kind, position) => {
    const filled = statement.replace(/\$(\d)/g, (__, n: string) => String(ids[Number(n) - 1]))
    await tamper(`alter table core.audit_link drop constraint audit_link_entry_id_key,
      drop constraint audit_link_position_check; ${filled}`)
    const { broken } = await verify()
    expect(broken).toMatchObject({ kind, position })
    if (position !== null && kind !== 'link-missing' && kind !== 'entry-altered')
      expect(broken?.entryId).toBe(ids[position - 1])
  })

  test('a false entry put between others, and one whose row is gone before it was sealed', async () => {
    await tamper(`insert into core.audit_entry (at, actor, table_name, key, action, digest)
      values (now(), 'account:1', 'core.degree', '{}', 'delete', '')`)
    expect((await verify()).broken).toMatchObject({ kind: 'entry-outside', position: null })
    await tamper(
      "insert into core.audit_pending select max(id) from core.audit_entry; delete from core.audit_entry where digest = ''",
    )
    expect((await verify()).broken).toMatchObject({ kind: 'entry-missing', position: null })
  })
})

test('only a hash kept outside shows that the end was cut off whole, or everything written anew', async () => {
  const kept = (await verify()).head!.hash
  await tamper(
    `delete from core.audit_entry where id = ${ids[5]}; delete from core.audit_link where position = 6`,
  )
  expect(await verify({ head: kept })).toMatchObject({ broken: null, headAt: null })
  await tamper(`update core.audit_entry set actor = 'account:1' where id = ${ids[0]}; truncate core.audit_link;
    insert into core.audit_pending select id from core.audit_entry`)
  await sealEntries(database.db)
  expect(await verify({ head: kept })).toMatchObject({ links: 5, broken: null, headAt: null })
})

test('content is erased with an entry that says so, and the chain holds', async () => {
  const { rows } = await database.pool.query<{ erased: number }>(
    'select core.audit_erase($1, $2) as erased',
    [[ids[1], ids[2], 999_999], 'art. 17'],
  )
  expect(rows[0]).toEqual({ erased: 2 })
  expect(await verify()).toMatchObject({ broken: null, pending: 1 })
  await sealEntries(database.db)
  expect(await verify()).toMatchObject({ broken: null, links: 7 })
  const left = await database.db
    .selectFrom('audit_entry')
    .select(['before', 'after', 'salt'])
    .where('id', 'in', ids.slice(1, 3))
    .execute()
  expect(left).toEqual([
    { before: null, after: null, salt: null },
    { before: null, after: null, salt: null },
  ])
})

test('many who write and seal at once: every entry gets its one link, in the order of commits', async () => {
  const write = async (n: number) => {
    const client = await database.pool.connect()
    try {
      await client.query('begin')
      await client.query("insert into core.degree (code, sort_order, name) values ($1, 9, '{}')", [`w${n}`])
      await client.query('select pg_sleep(random() / 20)')
      await client.query(n % 5 === 0 ? 'rollback' : 'commit')
    } finally {
      client.release()
    }
  }
  const writers = Array.from({ length: 60 }, async (_, n) => await write(n))
  const sealers = Array.from({ length: 12 }, async () => await sealEntries(database.db))
  await Promise.all([...writers, ...sealers])
  await sealEntries(database.db)
  expect(await verify()).toMatchObject({ links: 6 + 48, pending: 0, broken: null, head: { position: 54 } })
})

test('who may change tables need not be able to change the log: by privileges, not by triggers alone', async () => {
  const role = `app_${database.url.slice(-12)}`
  await run(`create role ${role}; grant usage on schema core to ${role};
    grant select, insert, update, delete on core.degree to ${role}; grant select on core.audit_entry to ${role}`)
  const client = await database.pool.connect()
  try {
    await client.query(`set role ${role}`)
    await client.query("update core.degree set sort_order = 10 where code = 'a'")
    for (const statement of [
      "update core.audit_entry set actor = 'account:1'",
      'delete from core.audit_entry',
      "insert into core.audit_entry (at, actor, table_name, key, action, digest) values (now(), '', '', '{}', 'insert', '')",
      'truncate core.audit_link',
      "select core.audit_erase('{1}', 'x')",
      'alter table core.degree disable trigger user',
      'set session_replication_role = replica',
    ]) {
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
  } finally {
    await client.query('reset role')
    client.release()
  }
  await sealEntries(database.db)
  expect(await verify()).toMatchObject({ links: 7, broken: null })
  await run(`drop owned by ${role}; drop role ${role}`)
})
