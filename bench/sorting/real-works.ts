import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workOfCrossref } from '../../plugins/publications/import/crossref-record.ts'
import type { Work } from '../../plugins/publications/work.ts'

/** A work as Crossref has it, and the short form of its journal's title where it gives one. */
export interface RealWork {
  work: Work
  shortContainer: string | null
}

/** Reads `crossref/works.jsonl` below a folder, a record of Crossref a line; what is no work is left out. */
export function readRealWorks(folder: string): RealWork[] {
  return readFileSync(join(folder, 'crossref', 'works.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const record = JSON.parse(line) as { 'short-container-title'?: string[] }
      const read = workOfCrossref(record)
      return 'work' in read
        ? [{ work: read.work, shortContainer: record['short-container-title']?.[0] ?? null }]
        : []
    })
}
