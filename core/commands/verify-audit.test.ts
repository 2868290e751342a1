import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealEntries } from '../audit/seal-entries.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'ustaz-audit-command-'))
  for (const n of [1, 2, 3])
    await database.pool.query("insert into core.degree (code, sort_order, name) values ($1, 9, '{}')", [
      `d${n}`,
    ])
  await sealEntries(database.db)
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

function verify(...options: string[]): { status: number | null; said: string } {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const env = { ...process.env, DATABASE_URL: database.url, USTAZ_DATA_DIR: folder, LANG: 'C', LC_ALL: 'C' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'audit', 'verify', ...options], {
    env: { ...env, USTAZ_TEST_DATABASE_URL: '' },
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

test('the command says that the log holds and its last hash, finds the end cut off by it, and names what was altered', async () => {
  const first = verify()
  expect(first).toEqual({ status: 0, said: expect.stringContaining('3 links from link 1 on') })
  const hash = /hash ([0-9a-f]{64})/.exec(first.said)![1]!
  expect(verify('--from', '2', '--head', hash)).toEqual({
    status: 0,
    said: expect.stringContaining(`The hash ${hash} is that of link 3`),
  })
  await database.pool
    .query(`set session_replication_role = replica; delete from core.audit_link where position = 3;
    delete from core.audit_entry where id = (select max(id) from core.audit_entry); set session_replication_role = origin`)
  expect(verify().status).toBe(0)
  expect(verify('--head', hash)).toEqual({ status: 1, said: expect.stringContaining('the end was cut off') })
  await database.pool.query(`set session_replication_role = replica;
    update core.audit_entry set actor = 'account:1' where id = (select entry_id from core.audit_link where position = 2);
    set session_replication_role = origin`)
  expect(verify()).toEqual({
    status: 1,
    said: expect.stringMatching(/^BROKEN: link 2 does not fit its entry \d+ \(core\.degree/),
  })
  expect(verify('--head', 'beef').status).toBe(2)
}, 60_000)
