import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { UstazError } from '../contract/problem.ts'
import { openJobs } from '../jobs/open-jobs.ts'
import { requestRun } from '../rating/request-run.ts'
import { getRun } from '../rating/results/list-runs.ts'
import { recordExampleRegulation } from '../rating/run-worker.example.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import { createLog } from './command-log.ts'
import { listen } from './listen.ts'
import { readArguments } from './read-arguments.ts'
import { describeFailure } from './speak.ts'
import { createUndo } from './undo.ts'
import { whileAlone } from './while-alone.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('the command line', () => {
  test('is read with its options', () => {
    expect(readArguments(['start'])).toEqual({ command: 'start', only: null, port: null })
    expect(readArguments(['start', '--only', 'worker'])).toEqual({
      command: 'start',
      only: 'worker',
      port: null,
    })
    expect(readArguments(['start', '--port', '0'])).toEqual({ command: 'start', only: null, port: 0 })
    expect(readArguments(['migrate'])).toEqual({ command: 'migrate' })
    expect(readArguments(['run', 'export', '7', '--out', 'a.gz'])).toEqual({
      command: 'run export',
      runId: 7,
      out: 'a.gz',
    })
    expect(readArguments(['run', 'replay', 'a.gz'])).toEqual({
      command: 'run replay',
      of: 'a.gz',
      hash: null,
    })
    const account = ['--email', 'a@uni.kz', '--name', 'A. B.', '--role', 'administrator']
    expect(readArguments(['account', 'create', ...account])).toEqual({
      command: 'account create',
      email: 'a@uni.kz',
      name: 'A. B.',
      role: 'administrator',
    })
    expect(readArguments(['account', 'link', '--email', 'a@uni.kz'])).toEqual({
      command: 'account link',
      email: 'a@uni.kz',
    })
    expect(readArguments(['regulation', 'check', 'a.yaml', '--language', 'kk'])).toEqual({
      command: 'regulation check',
      file: 'a.yaml',
      language: 'kk',
    })
    expect(readArguments(['audit', 'verify'])).toEqual({ command: 'audit verify', from: 1, head: null })
    expect(readArguments(['audit', 'verify', '--from', '3', '--head', 'AB'.repeat(32)])).toEqual({
      command: 'audit verify',
      from: 3,
      head: 'ab'.repeat(32),
    })
    expect(readArguments([])).toEqual({ command: 'help' })
    expect(readArguments(['start', '-h'])).toEqual({ command: 'help' })
  })
  test.each([
    [['strat'], 'strat'],
    [['start', 'now'], 'now'],
    [['migrate', '--port', '1'], '--port'],
    [['start', '--only', 'broker'], '--only broker'],
    [['start', '--port', '70000'], '--port 70000'],
    [['run', 'export', 'a.gz'], 'a.gz'],
    [['run', 'replay', '7', '--hash', 'beef'], '--hash beef'],
    [['run', 'replay', '7', '8'], '8'],
    [['audit', 'verify', '--from', '0'], '--from 0'],
    [['audit', 'verify', '--head', 'beef'], '--head beef'],
    [['audit', 'verify', '7'], '7'],
    [['start', '--unknown'], 'start --unknown'],
    [['account', 'create', '--email', 'a@uni.kz', '--name', ' '], '--name'],
    [['account', 'link', '--email', 'somebody'], '--email somebody'],
    [['account', 'link', '--role', 'office'], '--role'],
    [['regulation'], 'regulation'],
    [['regulation', 'check', 'a.yaml', 'b.yaml'], 'b.yaml'],
    [['regulation', 'check', 'a.yaml', '--language', 'de'], '--language de'],
  ])('%j is not understood', (args, part) => {
    expect(() => readArguments(args)).toThrow(
      expect.objectContaining({ code: 'command-line', params: { part } }),
    )
  })
})

test('a taken port is told with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  closing.push(async () => other.close())
  const { port } = other.address() as AddressInfo
  const server = await createTestApp()
  closing.push(server.close)
  const failure = await listen(server.app, { host: '127.0.0.1', port }).catch((error: unknown) => error)
  expect(describeFailure(failure)).toContain(`Port ${port} is taken by another program.`)
  expect(describeFailure(failure)).toContain(`--port ${port + 1}`)
})

test('a failure is told in words, with the cause of one of ours and the whole of one nobody foresaw', () => {
  const cause = new Error('EROFS')
  expect(
    describeFailure(new UstazError('web-build-failed', { status: 500, params: { folder: '/x' }, cause })),
  ).toMatch(/^The web was not built\. .*\n\(EROFS\)$/)
  expect(describeFailure(new TypeError('x is undefined'))).toContain('commands.test.ts')
})

test('what was opened is stopped in reverse order when something fails, and the first failure is told', async () => {
  const steps: string[] = []
  const undo = createUndo()
  const opened = (name: string) => ({ stop: async () => void steps.push(name) })
  const failure = undo.onFailure(async () => {
    undo.later(opened('a'))
    undo.later({ stop: async () => await Promise.reject(new Error('does not stop')) })
    undo.later(opened('b'))
    throw new Error('does not open')
  })
  await expect(failure).rejects.toThrow('does not open')
  await undo.run()
  expect(steps).toEqual(['b', 'a'])
})

test('one process works at a time, and a lock of a process that is gone does not count', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-lock-'))
  closing.push(async () => await rm(folder, { recursive: true }))
  const lock = join(folder, 'lock')
  await writeFile(lock, '999999999')
  const steps: string[] = []
  const work = (name: string) => async () => {
    steps.push(`${name} begins`)
    await readFile(lock)
    steps.push(`${name} ends`)
  }
  await Promise.all([whileAlone(lock, work('a')), whileAlone(lock, work('b'))])
  expect(
    [steps.slice(0, 2), steps.slice(2)].map(([begins, ends]) => ends === begins?.replace('begins', 'ends')),
  ).toEqual([true, true])
})

test('the log writes from its level on', () => {
  const lines: string[] = []
  const log = createLog('warn', { write: (line) => lines.push(line) })
  log.info('a')
  log.warn('b')
  log.error('c')
  expect(lines.map((line) => line.replace(/^\S+ /, ''))).toEqual(['warn b\n', 'error c\n'])
})

/** The product as people start it, on a database of the test server; answers its first line. */
async function run(
  args: string[],
  databaseUrl: string,
  mqttUrl = '',
): Promise<{ child: ChildProcess; output: () => string }> {
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-start-'))
  closing.push(async () => await rm(folder, { recursive: true, force: true }))
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      MQTT_URL: mqttUrl,
      USTAZ_DATA_DIR: folder,
      LOG_LEVEL: 'warn',
      USTAZ_TEST_DATABASE_URL: '',
    },
  })
  closing.push(async () => child.exitCode ?? child.kill('SIGKILL'))
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, output: () => text }
}

test('start brings an empty database up, serves, and stops when it is told to', async () => {
  const database = await createTestDatabase()
  closing.push(database.drop)
  await database.pool.query('drop schema core cascade')
  const { child, output } = await run(['start', '--port', '0'], database.url)
  await expect.poll(output, { timeout: 90_000, interval: 200 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/)
  const address = /http:\S+/.exec(output())![0]
  expect(await (await fetch(`${address}/api/health`)).json()).toEqual({
    state: 'up',
    parts: { database: 'up', jobs: 'up', broker: 'up' },
  })
  expect(output()).toContain('account create --email')
  expect((await fetch(`${address}/api/actor`)).status).toBe(401)
  const page = await fetch(`${address}/runs/1`)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
}, 120_000)

test('a process that only takes jobs computes a run that another one asked for, and opens no port', async () => {
  const database = await createTestDatabase()
  closing.push(database.drop)
  const { child, output } = await run(['start', '--only', 'worker'], database.url)
  await expect.poll(output, { timeout: 60_000, interval: 200 }).toContain('taking jobs')
  const jobs = await openJobs(database.url, { error: () => undefined })
  closing.push(async () => await jobs.stop({ graceful: false }))
  const account = await database.db
    .insertInto('account')
    .values({ name: 'Office', teacher_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  const regulationVersionId = await recordExampleRegulation(database.db)
  const period = { periodFrom: '2025-09-01', periodTo: '2026-08-31' }
  const asked = {
    regulationVersionId,
    ...period,
    purpose: 'trial',
    snapshotId: null,
    knownAt: null,
    requestedBy: account.id,
  } as const
  const id = await requestRun(database.db, jobs, asked)
  const stateOf = async () => (await getRun(database.db, id)).state
  // The example's indicators are of no installed plugin: the worker took the run and refused it with the reason.
  await expect.poll(stateOf, { timeout: 30_000, interval: 200 }).toBe('failed')
  expect((await getRun(database.db, id)).failure?.code).toMatch(/-missing$/)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(output()).not.toContain('http')
}, 120_000)

test('migrate says what ran, and then that nothing is left to run', async () => {
  const database = await createTestDatabase()
  closing.push(database.drop)
  await database.pool.query('drop schema core cascade')
  const said = async () => {
    const { child, output } = await run(['migrate'], database.url)
    await once(child, 'exit')
    return [child.exitCode, output()]
  }
  expect(await said()).toEqual([0, expect.stringContaining('core/0001-people.sql')])
  expect(await said()).toEqual([0, 'The tables are up to date, no migration was needed.\n'])
}, 60_000)

test('a database out of reach ends the start with words, not with a stack', async () => {
  const { child, output } = await run(['migrate'], 'postgresql://nobody@127.0.0.1:1/none')
  await once(child, 'exit')
  expect(child.exitCode).toBe(2)
  expect(output()).toMatch(/^Database cannot be reached\. /)
  expect(output()).not.toContain('    at ')
}, 30_000)
