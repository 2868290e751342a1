import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFileStore } from './file-store.ts'

/** sha256 of "abc": FIPS 180-4, example B.1. */
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const pathOf = (sha256: string) => join(directory, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ustaz-files-'))
})
afterEach(async () => {
  await rm(directory, { recursive: true, force: true })
})

test('a stored content is found by its sha256 and read back whole', async () => {
  const store = createFileStore(directory)
  expect(await store.put(Buffer.from('abc'))).toEqual({ sha256: abc, bytes: 3 })
  expect(await store.has(abc)).toBe(true)
  expect(await readdir(join(directory, 'ba', '78'))).toEqual([abc])
  expect(String(await buffer((await store.open(abc))!))).toBe('abc')
})

test('a stream is stored as the same content in one piece would be', async () => {
  const store = createFileStore(directory)
  async function* pieces() {
    yield Buffer.from('a')
    yield await Promise.resolve(Buffer.from('bc'))
  }
  expect(await store.put(pieces())).toEqual({ sha256: abc, bytes: 3 })
})

test('a content that is not there has no reader', async () => {
  const store = createFileStore(directory)
  expect(await store.has(abc)).toBe(false)
  expect(await store.open(abc)).toBeNull()
})

test('a name that is not a sha256 never becomes a path', async () => {
  await expect(createFileStore(directory).open('../../../etc/passwd')).rejects.toThrow('not a sha256')
})

test('a stream that breaks off leaves nothing behind', async () => {
  const store = createFileStore(directory)
  async function* broken() {
    yield await Promise.resolve(Buffer.from('abc'))
    throw new Error('connection lost')
  }
  await expect(store.put(broken())).rejects.toThrow('connection lost')
  expect(await readdir(join(directory, 'incoming'))).toEqual([])
  expect(await store.has(abc)).toBe(false)
})

test('several writers of the same content at once leave one whole file', async () => {
  const content = Buffer.alloc(300_000, 7)
  await Promise.all(Array.from({ length: 8 }, () => createFileStore(directory).put(content)))
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(await readdir(join(directory, sha256.slice(0, 2), sha256.slice(2, 4)))).toEqual([sha256])
  expect(await readdir(join(directory, 'incoming'))).toEqual([])
})

test('a process killed in the middle of writing leaves no content, and its remains are cleared', async () => {
  const module = new URL('./file-store.ts', import.meta.url).href
  const script = `
    import { createFileStore } from ${JSON.stringify(module)}
    async function* half() { yield Buffer.from('abc'); process.kill(process.pid, 'SIGKILL'); yield Buffer.from('d') }
    await createFileStore(${JSON.stringify(directory)}).put(half())`
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  await expect(run).rejects.toMatchObject({ signal: 'SIGKILL' })
  expect(await readdir(directory)).toEqual(['incoming'])
  const store = createFileStore(directory)
  expect(await store.deleteUnused(new Date(Date.now() + 1000), async () => new Set())).toBe(0)
  expect(await readdir(join(directory, 'incoming'))).toEqual([])
})

test('unused contents are deleted only when they are old, used ones never', async () => {
  const store = createFileStore(directory)
  const [used, unused, fresh] = await Promise.all(
    ['used', 'unused', 'fresh'].map((text) => store.put(Buffer.from(text))),
  )
  const longAgo = new Date('2020-01-01')
  for (const { sha256 } of [used!, unused!]) await utimes(pathOf(sha256), longAgo, longAgo)
  const deleted = await store.deleteUnused(new Date('2021-01-01'), async () => new Set([used!.sha256]))
  expect(deleted).toBe(1)
  const left = await Promise.all([used!, unused!, fresh!].map(({ sha256 }) => store.has(sha256)))
  expect(left).toEqual([true, false, true])
})

test('storing a content again makes it young again, so that it is not deleted before it is recorded', async () => {
  const store = createFileStore(directory)
  await store.put(Buffer.from('abc'))
  await utimes(pathOf(abc), new Date('2020-01-01'), new Date('2020-01-01'))
  await store.put(Buffer.from('abc'))
  expect(await store.deleteUnused(new Date('2021-01-01'), async () => new Set())).toBe(0)
  expect(await store.has(abc)).toBe(true)
})

test('a folder that cannot be written is an error, not a silent loss', async () => {
  const path = join(directory, 'file')
  await writeFile(path, '')
  await expect(createFileStore(path).put(Buffer.from('abc'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})
