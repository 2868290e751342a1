import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import type { LocalizedText } from '../../core/contract/text.ts'

export type Language = keyof LocalizedText

/** Texts of a file in demo/data, by the given columns joined with a slash, in the order of the file. */
export function readWords(file: string, columns: readonly string[]): Map<string, LocalizedText[]> {
  const rows = parse(readFileSync(new URL(`../data/${file}`, import.meta.url)), { columns: true })
  const words = new Map<string, LocalizedText[]>()
  for (const row of rows as Record<string, string>[]) {
    const key = columns.map((column) => row[column]).join('/')
    const { kk = '', ru = '', en = '' } = row
    words.set(key, [...(words.get(key) ?? []), { kk, ru, en }])
  }
  return words
}
