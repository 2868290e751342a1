import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { copyField } from '../database/copy-text.ts'

export type Line = readonly (string | number | boolean | null)[]

/** Writes lines into a table of core, given as `table (column, ...)`, by COPY. */
export async function copyLines(client: PoolClient, target: string, lines: readonly Line[]): Promise<void> {
  const command = copyFrom(`copy core.${target} from stdin`)
  await pipeline(Readable.from(chunksOf(lines)), client.query(command))
}

/** Pieces of 100 lines: one write to the socket for each, and never one string of everything. */
function* chunksOf(lines: readonly Line[]): Generator<string> {
  for (let i = 0; i < lines.length; i += 100) {
    const piece = lines.slice(i, i + 100)
    yield piece.map((line) => `${line.map(copyField).join('\t')}\n`).join('')
  }
}
