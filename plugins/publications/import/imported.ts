import type { Work } from '../work.ts'

export const importFormats = ['bibtex', 'ris', 'csl-json', 'crossref-json', 'openalex-json'] as const
export type ImportFormat = (typeof importFormats)[number]

/** Something the reader did that a person should know: a code of messages/, with values for its text. */
export type Note = { code: string; params: Record<string, string | number> }

/** A work read from a file: where it stood, and what had to be dropped or guessed on the way. */
export type ImportedWork = {
  index: number
  line: number | null
  key: string | null
  work: Work
  notes: Note[]
}

/** What could not become a work. `index` null: the file as a whole, not one of its entries. */
export type RefusedEntry = {
  index: number | null
  line: number | null
  reason: string
  params: Record<string, string | number>
  excerpt: string
}

export type ImportResult = {
  format: ImportFormat | null
  encoding: string
  works: ImportedWork[]
  refused: RefusedEntry[]
  /** about the file as a whole, such as a guessed encoding */
  notes: Note[]
}

/** What one entry of a file became. */
export type Outcome =
  | { ok: true; work: Work; notes: Note[]; key: string | null }
  | { ok: false; reason: string; params: Record<string, string | number> }

export const note = (code: string, params: Note['params'] = {}): Note => ({ code, params })

export const refuse = (reason: string, params: Note['params'] = {}): Outcome => ({
  ok: false,
  reason,
  params,
})

/** The first characters of an entry, for a person to find it again. */
export function excerptOf(source: string): string {
  return source.replace(/\s+/g, ' ').trim().slice(0, 160)
}
