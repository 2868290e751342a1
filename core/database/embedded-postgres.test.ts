import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import type { EmbeddedPostgres } from './embedded-postgres.ts'

/** A database that was started once and stopped: copying it is quicker than making another. */
let seed: string
let folder: string
let dataDir: string
beforeAll(async () => {
  seed = mkdtempSync(join(tmpdir(), 'ustaz-embedded-seed-'))
  await (await startEmbeddedPostgres({ dataDir: join(seed, 'postgres'), durable: false })).stop()
})
afterAll(() => {
  rmSync(seed, { recursive: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ustaz-embedded-'))
  dataDir = join(folder, 'postgres')
})
const running: EmbeddedPostgres[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, durable: false })
  running.push(server)
  return server
}

/** Puts a database into the folder as if it had been started there before. */
function copySeed(owner?: { uid: number; gid: number }): void {
  spawnSync('cp', ['-a', `${seed}/.`, dirname(dataDir)])
  if (owner) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, dirname(dataDir)])
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(sql)
  await client.end()
  return rows
}

/** Starts the server from another Node and leaves it running there. */
function startElsewhere(options: { uid?: number; gid?: number; PATH?: string } = {}): ChildProcess {
  const module = new URL('embedded-postgres.ts', import.meta.url).href
  const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(module)})
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: true })
    process.stdout.write(server.url)
    setInterval(() => {}, 1000)`
  const { PATH = process.env['PATH'], ...account } = options
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    ...account,
    env: { PATH },
    cwd: '/',
  })
}

async function firstWords(child: ChildProcess): Promise<string> {
  return await new Promise((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => {
      resolve(data.toString())
    })
    child.stderr?.once('data', (data: Buffer) => {
      reject(new Error(data.toString()))
    })
  })
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1000) throw new Error('waited 10 seconds in vain')
    await sleep(10)
  }
}

function serverPid(): number {
  return Number.parseInt(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8'), 10)
}
function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z')
}

describe('a first start', () => {
  test('makes a PostgreSQL 18 in UTF-8 that sorts by ICU and knows the letters of every script', async () => {
    const { url } = await start()
    const [row] = await query(
      url,
      `select current_setting('server_version_num')::int / 10000 as major, d.datlocprovider as provider,
        pg_encoding_to_char(d.encoding) as encoding, upper('әғқңөұүһі') as letters
      from pg_database d where datname = current_database()`,
    )
    expect(row).toEqual({ major: 18, provider: 'i', encoding: 'UTF8', letters: 'ӘҒҚҢӨҰҮҺІ' })
    await query(url, 'create extension pg_trgm')
    expect(await query(url, `select 'Әбілов' % 'Әбілова' as similar`)).toEqual([{ similar: true }])
  })

  test('lets in only who knows the password, which only this account can read', async () => {
    copySeed()
    const { url } = await start()
    const stranger = new URL(url)
    stranger.password = 'guess'
    await expect(query(stranger.href, 'select 1')).rejects.toThrow('password authentication failed')
    expect(statSync(`${dataDir}.password`).mode & 0o777).toBe(0o600)
    expect(new URL(url).hostname).toBe('127.0.0.1')
  })

  test('that was cut off is done again from the beginning', async () => {
    const child = startElsewhere()
    await until(() => existsSync(join(`${dataDir}.new`, 'base')))
    child.kill('SIGKILL')
    expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres.log', 'postgres.password'])
  })

  test('goes on where a folder was made but is empty', async () => {
    mkdirSync(dataDir)
    expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('a second start', () => {
  test('keeps the data, also where the password file was lost', async () => {
    copySeed()
    const first = await start()
    await query(first.url, 'create table kept as select 7 as seven')
    await first.stop()
    const second = await start()
    expect(await query(second.url, 'select * from kept')).toEqual([{ seven: 7 }])
    await second.stop()
    rmSync(`${dataDir}.password`)
    expect(await query((await start()).url, 'select * from kept')).toEqual([{ seven: 7 }])
  })

  test('is refused while the first one runs, in this process or another', async () => {
    copySeed()
    await start()
    await expect(start()).rejects.toMatchObject({ code: 'embedded-database-in-use' })
    await expect(firstWords(startElsewhere())).rejects.toThrow('in use by another running process')
  })

  test('is not needed to read beside the first one, whose address is found while it runs', async () => {
    copySeed()
    expect(await findEmbeddedPostgres(dataDir)).toBeNull()
    const server = await start()
    expect(await findEmbeddedPostgres(dataDir)).toBe(server.url)
    await server.stop()
    expect(await findEmbeddedPostgres(dataDir)).toBeNull()
  })

  test('stopping twice does no harm', async () => {
    copySeed()
    const server = await start()
    await Promise.all([server.stop(), server.stop()])
    await start()
  })
})

describe('when the process that started it is killed outright', () => {
  beforeEach(() => {
    copySeed()
  })

  test('the server stops by itself and the next start has the data', async () => {
    const child = startElsewhere()
    await query(await firstWords(child), 'create table kept as select 7 as seven')
    const pid = serverPid()
    child.kill('SIGKILL')
    await until(() => !isAlive(pid))
    expect(await query((await start()).url, 'select * from kept')).toEqual([{ seven: 7 }])
  })

  test('and the machine has no setpriv, the next start stops the server that was left', async () => {
    const child = startElsewhere({ PATH: '' })
    await query(await firstWords(child), 'create table kept as select 7 as seven')
    const pid = serverPid()
    child.kill('SIGKILL')
    await until(() => !isAlive(child.pid!))
    expect(isAlive(pid)).toBe(true)
    expect(await query((await start()).url, 'select * from kept')).toEqual([{ seven: 7 }])
    expect(isAlive(pid)).toBe(false)
  })
})

test('a file of a server that died with the machine does not stop the next start', async () => {
  copySeed()
  writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`)
  expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }])
})

describe('a folder that cannot be used is named with what to do', () => {
  test('made by another major version', async () => {
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'PG_VERSION'), '17\n')
    await expect(start()).rejects.toThrow(
      /made by PostgreSQL 17, but PostgreSQL 18 is installed.*USTAZ_DATA_DIR/,
    )
  })

  test('holds other files', async () => {
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'thesis.txt'), 'do not delete')
    await expect(start()).rejects.toMatchObject({ code: 'embedded-database-not-a-database' })
    expect(readdirSync(dataDir)).toEqual(['thesis.txt'])
  })

  test('lies below a file', async () => {
    writeFileSync(dataDir, '')
    dataDir = join(dataDir, 'postgres')
    await expect(start()).rejects.toMatchObject({ code: 'embedded-database-unwritable' })
  })
})

/** Only root can start as somebody else, mount, and must hand the server to another account. */
describe.runIf(process.getuid?.() === 0)('started by root', () => {
  const nobody = { uid: 65534, gid: 65534 }

  test('the server runs under another account, even in a folder that account cannot reach', async () => {
    mkdirSync(join(folder, 'private'), { mode: 0o700 })
    dataDir = join(folder, 'private/postgres')
    copySeed()
    const { url } = await start()
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(statSync(`/proc/${serverPid()}`).uid).not.toBe(0)
  })

  test.runIf(nobodyCanRead())('an ordinary user needs no rights but on the folder', async () => {
    copySeed(nobody)
    const child = startElsewhere(nobody)
    const url = await firstWords(child)
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(statSync(`/proc/${serverPid()}`).uid).toBe(nobody.uid)
    child.kill('SIGKILL')
  })

  test.runIf(nobodyCanRead())("an ordinary user is told that the folder is root's", async () => {
    copySeed({ uid: 1, gid: 1 })
    const words = firstWords(startElsewhere({ uid: 2, gid: 2 }))
    await expect(words).rejects.toThrow(/embedded-database-(foreign|unwritable)/)
  })

  test.runIf(canMount())('a full disk is named, and with space the next start succeeds', async () => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk])
    try {
      dataDir = join(disk, 'postgres')
      await expect(start()).rejects.toMatchObject({ code: 'embedded-database-disk-full' })
      spawnSync('mount', ['-o', 'remount,size=300m', disk])
      expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }])
      await running.pop()?.stop()
    } finally {
      spawnSync('umount', [disk])
    }
  })

  function nobodyCanRead(): boolean {
    const file = fileURLToPath(new URL('embedded-postgres.ts', import.meta.url))
    return (
      spawnSync(process.execPath, ['-e', `fs.readFileSync(${JSON.stringify(file)})`], nobody).status === 0
    )
  }
  function canMount(): boolean {
    const place = mkdtempSync(join(tmpdir(), 'ustaz-mount-'))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', place]).status === 0
    if (mounted) spawnSync('umount', [place])
    rmSync(place, { recursive: true })
    return mounted
  }
})
