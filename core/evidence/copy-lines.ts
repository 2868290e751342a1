import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

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
    yield piece.map((line) => `${line.map(fieldOf).join('\t')}\n`).join('')
  }
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A value in PostgreSQL's text format of COPY. */
function fieldOf(value: string | number | boolean | null): string {
  if (value === null) return '\\N'
  return String(value).replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
}
