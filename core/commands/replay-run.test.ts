import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterExample } from '../rating/example-university.ts'
import { executeRun } from '../rating/execute-run.ts'
import { readRunOrder } from '../rating/run-order.ts'
import { hashDocument } from '../rating/document/canonical-json.ts'
import { criterionInput, exampleDocument } from '../regulation/example-document.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { readConfig } from '../config.ts'
import { createLog } from './command-log.ts'
import { openStanding } from './open-standing.ts'

const document = exampleDocument({
  criteria: [
    criterionInput('1.1', {
      indicator: 'methodical.textbook',
      points: { kind: 'per-value', of: 'sheets', points: '7.3' },
    }),
  ],
  weighting: { id: 'shares.points' },
})

let server: TestApp
let folder: string
let runId: number
let hash: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ustaz-replay-command-'))
  server = await createTestApp({ found: await loadListedPlugins() })
  const { db } = server.database
  await enterExample(server.database, [
    {
      code: 'T1',
      position: 'professor',
      facts: [{ indicator: 'methodical.textbook', attributes: { sheets: 12.5 } }],
    },
    { code: 'T2', position: 'lecturer', facts: [] },
  ])
  await db.insertInto('account_role').values({ account_id: 1, role: 'office', unit_id: null }).execute()
  const { id: regulation } = await db
    .insertInto('regulation')
    .values({ code: 'r' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const version = { regulation_id: regulation, version: '1', hash: hashDocument(document), created_by: 1 }
  const { id: versionId } = await db
    .insertInto('regulation_version')
    .values({ ...version, document: JSON.stringify(document) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const run = {
    purpose: 'official' as const,
    regulation_version_id: versionId,
    period_from: '2025-09-01',
    period_to: '2026-08-31',
    requested_by: 1,
  }
  runId = (await db.insertInto('run').values(run).returning('id').executeTakeFirstOrThrow()).id
  hash = (
    await executeRun(db, {
      ...(await readRunOrder(db, runId, server.context.host)),
      onStage: async () => undefined,
    })
  ).hash
}, 60_000)
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** The command as people give it; answers its exit status and all it said. */
async function ustaz(...args: string[]): Promise<{ status: number | null; said: string }> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const env = {
    ...process.env,
    DATABASE_URL: server.database.url,
    USTAZ_DATA_DIR: folder,
    USTAZ_TEST_DATABASE_URL: '',
    LC_ALL: 'en_US.UTF-8',
  }
  const child = spawn(process.execPath, [main, ...args], { env, cwd: folder })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await once(child, 'close')
  return { status: child.exitCode, said }
}

test('one command computes a run once more, from the database or from an export on a server of its own, to the identical hash', async () => {
  const here = await ustaz('run', 'replay', String(runId))
  expect(here).toEqual({ status: 0, said: `Identical: run ${runId}, 2 teachers, hash ${hash}\n` })

  const written = await ustaz('run', 'export', String(runId), '--out', 'a.gz')
  expect(written.said).toContain('personnel files')
  expect((await stat(join(folder, 'a.gz'))).mode & 0o077).toBe(0)
  expect(await ustaz('run', 'replay', 'a.gz', '--hash', hash)).toEqual({
    status: 0,
    said: `Identical: run a.gz, 2 teachers, hash ${hash}\n`,
  })
  const again = await ustaz('run', 'export', String(runId), '--out', 'a.gz')
  expect(again.status).toBe(2)
  expect(again.said).toContain('is not overwritten')
}, 120_000)

test('a run that is not what was published, and a file that was cut off, are told with exit status 1', async () => {
  await ustaz('run', 'export', String(runId), '--out', 'b.gz')
  const other = await ustaz('run', 'replay', 'b.gz', '--hash', 'f'.repeat(64))
  expect(other).toMatchObject({
    status: 1,
    said: expect.stringContaining(`The published hash is ${'f'.repeat(64)}`) as string,
  })
  const bytes = await readFile(join(folder, 'b.gz'))
  await writeFile(join(folder, 'c.gz'), bytes.subarray(0, -40))
  expect(await ustaz('run', 'replay', 'c.gz')).toMatchObject({
    status: 1,
    said: expect.stringContaining('cut off') as string,
  })
}, 120_000)

test('results that were altered in the database behind the triggers are named with exit status 1', async () => {
  const { pool } = server.database
  const alter = async (total: string) => {
    await pool.query(`set session_replication_role = replica; update core.run_teacher set total = ${total} where run_id = ${runId} and place = 1;
      set session_replication_role = origin`)
  }
  await alter('total + 0.001')
  const { status, said } = await ustaz('run', 'replay', String(runId))
  await alter('total - 0.001')
  expect(status).toBe(1)
  expect(said).toMatch(
    /NOT identical[^]*run_teacher: rows that differ: 1[^]*T1 : recorded {"total":81\.251}, computed {"total":81\.25}/,
  )
}, 60_000)

test('what there is no run of ends with exit status 2', async () => {
  expect((await ustaz('run', 'replay', '999')).status).toBe(2)
  expect((await ustaz('run', 'replay', 'nothing.gz')).status).toBe(2)
  const empty = openStanding(readConfig({ USTAZ_DATA_DIR: join(folder, 'empty') }), createLog('silent'))
  await expect(empty).rejects.toMatchObject({ code: 'nothing-installed' })
}, 60_000)

test('the office may download the export, and nobody else', async () => {
  const ask = async (account: number) =>
    await server.app.inject({
      url: `/api/runs/${runId}/export`,
      headers: { 'x-ustaz-account': String(account) },
    })
  const file = await ask(1)
  expect(file.headers).toMatchObject({ 'content-type': 'application/gzip' })
  expect(file.headers['content-disposition']).toContain(`ustaz-run-${runId}.ndjson.gz`)
  expect(gunzipSync(file.rawPayload).toString()).toContain(hash)
  for (const role of ['management', 'dean', 'administrator', 'teacher']) {
    const { id } = await server.database.db
      .insertInto('account')
      .values({ name: role, teacher_id: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await server.database.db
      .insertInto('account_role')
      .values({ account_id: id, role, unit_id: null })
      .execute()
    expect((await ask(id)).statusCode, role).toBe(403)
  }
})
