import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../config.ts'
import { UstazError } from '../contract/problem.ts'
import { exportRun as exportTo } from '../replay/export-run.ts'
import { readProduct } from '../replay/product.ts'
import { createLog } from './command-log.ts'
import { openStanding } from './open-standing.ts'
import { say } from './speak.ts'

/** Writes a finished run to a file that is not there yet. Throws `file-exists`; a file that was begun is removed if it fails. */
export async function exportRun(
  config: Config,
  { runId, out }: { runId: number; out: string | null },
): Promise<void> {
  const file = resolve(out ?? `ustaz-run-${runId}.ndjson.gz`)
  const standing = await openStanding(config, createLog('error'))
  try {
    const product = await readProduct(standing.host)
    await write(file, await exportTo(standing.db, { runId, ...product, at: new Date() }))
    say('export.written', { run: runId, file })
    say('export.personal')
  } finally {
    await standing.stop()
  }
}

async function write(file: string, content: NodeJS.ReadableStream): Promise<void> {
  try {
    await pipeline(content, createWriteStream(file, { flags: 'wx', mode: 0o600 }))
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new UstazError('file-exists', { params: { file }, cause })
    await rm(file, { force: true })
    if (cause instanceof UstazError) throw cause
    throw new UstazError('file-unwritable', { status: 500, params: { file, reason: message }, cause })
  }
}
