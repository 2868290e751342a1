import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import { UstazError } from '../contract/problem.ts'
import { beginSchema, endSchema, formatName, formatVersion } from './export-format.ts'
import type { Begin } from './export-format.ts'

/** One line of an export, read: an object that says what follows, or a row. */
export type ExportLine = Record<string, unknown> | (string | null)[]

export interface ExportReader {
  begin: Begin
  /** Reads the next line as an object of this shape. Throws `export-malformed`. */
  readObject<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>>
  /** The next line without taking it; null: none is left but the end, which was checked. */
  peek(): Promise<ExportLine | null>
  take(): void
  close(): void
}

/** More than a regulation, or a fact with all its attributes, ever takes. */
const longestLine = 64 * 1024 * 1024

/**
 * Opens an export file, reads its first line and checks it to the end while it is read on. Throws `file-unreadable`,
 * `export-foreign` (no export of the product), `export-newer` (made by a later version), and while reading
 * `export-cut-off`, `export-malformed` (no lines of the format), `export-altered` (not the bytes that were written).
 */
export async function openExport(file: string): Promise<ExportReader> {
  const bytes = createGunzip()
  const source = createReadStream(file)
  pipeline(source, bytes, () => undefined)
  const lines = checkedLines(file, bytes)
  let next: ExportLine | null | undefined
  const peek = async () => {
    if (next === undefined) {
      const step = await lines.next()
      next = step.done ? null : step.value
    }
    return next
  }
  const reader = {
    peek,
    take: () => (next = undefined),
    close: () => source.destroy(),
    async readObject<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>> {
      const read = schema.safeParse(await peek())
      if (!read.success) throw malformed(file, read.error)
      next = undefined
      return read.data
    },
  }
  try {
    return { ...reader, begin: await readBegin(file, reader) }
  } catch (error) {
    source.destroy()
    throw error
  }
}

async function readBegin(file: string, reader: Pick<ExportReader, 'peek' | 'take'>): Promise<Begin> {
  const line = await reader.peek()
  const found = line as { format?: unknown; formatVersion?: unknown } | null
  if (found?.format !== formatName) throw new UstazError('export-foreign', { status: 422, params: { file } })
  if (Number(found.formatVersion) > formatVersion) {
    throw new UstazError('export-newer', {
      status: 422,
      params: { file, version: Number(found.formatVersion) },
    })
  }
  const begin = beginSchema.safeParse(line)
  if (!begin.success) throw malformed(file, begin.error)
  reader.take()
  return begin.data
}

/** Lines but the last, which must tell the digest of all before it and how many rows there were. */
async function* checkedLines(file: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<ExportLine> {
  const digest = createHash('sha256')
  const rows = new Map<string, number>()
  let table = ''
  let ended = false
  for await (const text of splitLines(file, bytes)) {
    if (ended) throw malformed(file)
    const line = parse(file, text)
    if (!Array.isArray(line) && 'end' in line) {
      checkEnd(file, line, { digest: digest.digest('hex'), rows })
      ended = true
      continue
    }
    digest.update(text).update('\n')
    if (!Array.isArray(line) && typeof line['table'] === 'string') rows.set((table = line['table']), 0)
    if (Array.isArray(line)) rows.set(table, (rows.get(table) ?? 0) + 1)
    yield line
  }
  if (!ended) throw cutOff(file)
}

function checkEnd(file: string, line: unknown, found: { digest: string; rows: Map<string, number> }): void {
  const read = endSchema.safeParse(line)
  if (!read.success) throw malformed(file, read.error)
  const { sha256, rows } = read.data.end
  if (sha256 !== found.digest) throw new UstazError('export-altered', { status: 422, params: { file } })
  for (const [table, count] of Object.entries(rows)) {
    if (found.rows.get(table) !== count) throw cutOff(file)
  }
}

function parse(file: string, text: Buffer): ExportLine {
  try {
    const line: unknown = JSON.parse(text.toString('utf8'))
    if (typeof line === 'object' && line !== null) return line as ExportLine
  } catch (cause) {
    throw malformed(file, cause)
  }
  throw malformed(file)
}

async function* splitLines(file: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of bytes) {
      let start = 0
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
        yield Buffer.concat([...parts, chunk.subarray(start, end)])
        parts = []
        length = 0
        start = end + 1
      }
      if (start < chunk.length) parts.push(chunk.subarray(start))
      length += chunk.length - start
      if (length > longestLine) throw malformed(file)
    }
  } catch (error) {
    throw error instanceof UstazError ? error : explain(file, error)
  }
  if (parts.length > 0) throw cutOff(file)
}

function explain(file: string, error: unknown): UstazError {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR') return cutOff(file, error)
  if (message === 'incorrect header check') {
    return new UstazError('export-foreign', { status: 422, params: { file }, cause: error })
  }
  if (code.startsWith('Z_')) return malformed(file, error)
  return new UstazError('file-unreadable', { status: 422, params: { file, reason: message }, cause: error })
}

const cutOff = (file: string, cause?: unknown) =>
  new UstazError('export-cut-off', { status: 422, params: { file }, cause })

const malformed = (file: string, cause?: unknown) =>
  new UstazError('export-malformed', { status: 422, params: { file }, cause })
