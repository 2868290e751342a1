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

/** The exit status and what the command said, in one text. */
function verify(...options: string[]): string {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const env = { ...process.env, DATABASE_URL: database.url, USTAZ_DATA_DIR: folder, LANG: 'C', LC_ALL: 'C' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'audit', 'verify', ...options], {
    env: { ...env, USTAZ_TEST_DATABASE_URL: '' },
    encoding: 'utf8',
  })
  return `${status} ${stdout}${stderr}`
}
/** As somebody who owns the database can: with the triggers off. */
async function tamper(statement: string): Promise<void> {
  await database.pool.query(`begin; set local session_replication_role = replica; ${statement}; commit`)
}

test('the command says that the log holds and its last hash, finds the end cut off by it, and names what was altered', async () => {
  const first = verify()
  expect(first).toMatch(/^0 .*3 links from link 1 on/)
  const hash = /hash ([0-9a-f]{64})/.exec(first)![1]!
  expect(verify('--from', '2', '--head', hash)).toContain(`The hash ${hash} is that of link 3`)
  await tamper(`delete from core.audit_link where position = 3;
    delete from core.audit_entry where id = (select max(id) from core.audit_entry)`)
  expect(verify()).toMatch(/^0 /)
  expect(verify('--head', hash)).toMatch(/^1 .*the end was cut off/)
  await tamper(`update core.audit_entry set actor = 'account:1'
    where id = (select entry_id from core.audit_link where position = 2)`)
  expect(verify()).toMatch(/^1 BROKEN: link 2 does not fit its entry \d+ \(core\.degree/)
  expect(verify('--head', 'beef')).toMatch(/^2 /)
}, 60_000)
