import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parse } from 'csv-parse/sync'

/** What came of one group of records. `read` + `refused` are all records met; `agreed` and `disagreed` count those with an expectation beside them. */
export type GroupReport = {
  group: string
  read: number
  agreed: number
  disagreed: number
  refused: number
  /** records refused, by reason */
  reasons: Record<string, number>
  /** the first disagreements, in words */
  examples: string[]
}

const maxExamples = 10

/** Collects a group's counts. */
export function openGroup(group: string) {
  const report: GroupReport = {
    group,
    read: 0,
    agreed: 0,
    disagreed: 0,
    refused: 0,
    reasons: {},
    examples: [],
  }
  return {
    report,
    read: (count = 1) => void (report.read += count),
    agree: (count = 1) => void (report.agreed += count),
    disagree(example: string, count = 1) {
      report.disagreed += count
      if (report.examples.length < maxExamples) report.examples.push(example)
    },
    refuse(reason: string, count = 1) {
      report.refused += count
      report.reasons[reason] = (report.reasons[reason] ?? 0) + count
    },
  }
}
export type Group = ReturnType<typeof openGroup>

/** Names of the files in a folder with one of the endings; empty when there is no such folder. */
export function filesIn(folder: string, ...endings: string[]): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort()
}

/** Rows of a CSV file with a heading; null when the file is not there. */
export function csvRows(folder: string, ...path: string[]): Record<string, string>[] | null {
  const file = join(folder, ...path)
  if (!existsSync(file)) return null
  return parse<Record<string, string>>(readFileSync(file), {
    columns: true,
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
  })
}

/** The lines of a file one by one, without holding the file. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })
  for await (const line of lines) if (line.trim() !== '') yield line
}
