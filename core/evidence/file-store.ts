import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

export interface StoredFile {
  /** Of the content, lower-case hex: its name in the store. */
  sha256: string
  bytes: number
}

/** Contents by their sha256. What is stored is never changed; the same content is stored once. */
export interface FileStore {
  /** Stores what is read to the end; rejects, and keeps nothing, if the reading or the disk fails. */
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredFile>
  /** The content, or null if it is not there. */
  open(sha256: string): Promise<Readable | null>
  has(sha256: string): Promise<boolean>
  /**
   * Deletes contents last put before `before` that `findUsed` does not name, and what interrupted writers left.
   * `before` must lie further back than any transaction lasts that has put a file and not yet recorded it.
   * Answers how many contents went.
   */
  deleteUnused(
    before: Date,
    findUsed: (hashes: readonly string[]) => Promise<ReadonlySet<string>>,
  ): Promise<number>
}

/**
 * A store in a folder, as aa/bb/<sha256>. Contents appear whole: they are written beside, synced and renamed, so neither a
 * crash nor another process on the same folder ever shows half a file.
 */
export function createFileStore(directory: string): FileStore {
  const pathOf = (sha256: string) =>
    join(directory, sha256.slice(0, 2), sha256.slice(2, 4), checkHash(sha256))
  return {
    async put(content) {
      const written = await writeAside(join(directory, 'incoming'), content)
      await moveInto(written.path, pathOf(written.sha256))
      return { sha256: written.sha256, bytes: written.bytes }
    },
    async open(sha256) {
      const handle = await absentAsNull(open(pathOf(sha256)))
      return handle?.createReadStream() ?? null
    },
    async has(sha256) {
      return (await absentAsNull(access(pathOf(sha256)).then(() => true))) ?? false
    },
    async deleteUnused(before, findUsed) {
      await deleteOlder(join(directory, 'incoming'), before)
      let deleted = 0
      for (const folder of await foldersOf(directory))
        deleted += await deleteUnusedIn(folder, before, findUsed)
      return deleted
    },
  }
}

function checkHash(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`not a sha256 in lower-case hex: ${sha256}`)
  return sha256
}

async function writeAside(folder: string, content: Uint8Array | AsyncIterable<Uint8Array>) {
  await mkdir(folder, { recursive: true })
  const path = join(folder, randomUUID())
  try {
    return { path, ...(await writeSynced(path, content)) }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

async function writeSynced(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const hash = createHash('sha256')
  let bytes = 0
  await using file = await open(path, 'wx')
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    hash.update(chunk)
    bytes += chunk.byteLength
    await file.writeFile(chunk)
  }
  await file.sync()
  return { sha256: hash.digest('hex'), bytes }
}

/** Renames over what may stand there: the same name is the same content, and its time becomes now. */
async function moveInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
  for (const folder of [dirname(to), dirname(dirname(to)), dirname(dirname(dirname(to)))]) {
    await using entry = await open(folder)
    await entry.sync()
  }
}

async function foldersOf(directory: string): Promise<string[]> {
  const isPair = (name: string) => /^[0-9a-f]{2}$/.test(name)
  const outer = ((await absentAsNull(readdir(directory))) ?? []).filter(isPair)
  const inner = outer.map(async (name) => {
    const names = (await readdir(join(directory, name))).filter(isPair)
    return names.map((second) => join(directory, name, second))
  })
  return (await Promise.all(inner)).flat()
}

async function deleteUnusedIn(
  folder: string,
  before: Date,
  findUsed: (hashes: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<number> {
  const old = await namesOlderThan(folder, before)
  if (old.length === 0) return 0
  const used = await findUsed(old)
  let deleted = 0
  for (const name of old.filter((name) => !used.has(name))) {
    if (await deleteIfOlder(join(folder, name), before)) deleted += 1
  }
  return deleted
}

async function deleteOlder(folder: string, before: Date): Promise<void> {
  for (const name of await namesOlderThan(folder, before)) await deleteIfOlder(join(folder, name), before)
}

/** Looks at the time once more: the content may have been put again since it was found unused. */
async function deleteIfOlder(path: string, before: Date): Promise<boolean> {
  const old = await isOlder(path, before)
  if (old) await rm(path, { force: true })
  return old
}

async function namesOlderThan(folder: string, before: Date): Promise<string[]> {
  const old: string[] = []
  for (const name of (await absentAsNull(readdir(folder))) ?? []) {
    if (await isOlder(join(folder, name), before)) old.push(name)
  }
  return old
}

async function isOlder(path: string, before: Date): Promise<boolean> {
  const entry = await absentAsNull(stat(path))
  return entry !== null && entry.mtime < before
}

async function absentAsNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
