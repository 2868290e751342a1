import { checkDoi, checkIsbn, checkIssn } from '../identifiers.ts'
import type { Work, WorkType } from '../work.ts'
import { emptyWork } from '../work.ts'
import type { KnownDate } from './dates.ts'
import type { Note, Outcome } from './imported.ts'
import { note, refuse } from './imported.ts'
import type { RawAuthor } from './names.ts'
import { authorsOf } from './names.ts'
import { plainText } from './plain-text.ts'
import { refineType } from './work-type.ts'

/** What every source is first brought into: its own words, not yet cleaned or checked. */
export type RawWork = {
  type: WorkType
  title: string | null | undefined
  container?: string | null | undefined
  date: KnownDate
  volume?: string | null | undefined
  issue?: string | null | undefined
  pages?: string | null | undefined
  publisher?: string | null | undefined
  language?: string | null | undefined
  doi?: string | null | undefined
  /** ISSNs and ISBNs together: each is told by its form */
  numbers?: readonly string[]
  authors?: readonly RawAuthor[]
  related?: readonly { relation: Work['related'][number]['relation']; doi: string }[]
  key?: string | null | undefined
  notes?: readonly Note[]
}

const maxTitle = 2000

function checkedDoi(raw: string | null | undefined, notes: Note[]): string | null {
  if (raw == null || raw.trim() === '') return null
  const doi = checkDoi(raw)
  if (doi.ok) return doi.value
  notes.push(note(doi.reason, { value: raw.slice(0, 200) }))
  return null
}

/** Digits with separators, as ISSNs and ISBNs stand in fields that may hold several: "1234-5678, 978-1-2345-6789-7 (pbk)". */
const numberLike = /\d[\dX]*(?:[-–— ][\dX]+)*(?:\s*\([^)]*\))?/gi

function checkedNumbers(raw: readonly string[], notes: Note[]): { issns: string[]; isbns: string[] } {
  const issns = new Set<string>()
  const isbns = new Set<string>()
  for (const text of raw
    .flatMap((field) => field.split(/[;,/]|\s{2,}|\band\b/))
    .filter((part) => /\d/.test(part))) {
    const candidate = (text.match(numberLike)?.[0] ?? text).replace(/\(.*\)/, '')
    const isIssn = candidate.replace(/[^\dX]/gi, '').length <= 8
    const checked = isIssn ? checkIssn(candidate) : checkIsbn(candidate)
    if (!checked.ok) notes.push(note(checked.reason, { value: text.trim().slice(0, 60) }))
    else (isIssn ? issns : isbns).add(checked.value)
  }
  return { issns: [...issns], isbns: [...isbns] }
}

function relatedOf(raw: RawWork['related'], doi: string | null): Work['related'] {
  return (raw ?? []).flatMap(({ relation, doi: other }) => {
    const checked = checkDoi(other)
    return checked.ok && checked.value !== doi ? [{ relation, doi: checked.value }] : []
  })
}

/** The DOI, where there is one, is handed on: a look-up can bring the title. */
function withoutTitle(raw: string | null | undefined): Outcome {
  const doi = checkDoi(raw ?? '')
  return refuse('title-missing', doi.ok ? { doi: doi.value } : {})
}

/** Cleans and checks a raw work. Only a missing title is refused; whatever else is wrong is left unknown, with a note. */
export function buildWork(raw: RawWork): Outcome {
  const title = plainText(raw.title)
  if (title === null) return withoutTitle(raw.doi)
  if (title.length > maxTitle) return refuse('title-too-long', { length: title.length, limit: maxTitle })
  const notes = [...(raw.notes ?? [])]
  const doi = checkedDoi(raw.doi, notes)
  const container = plainText(raw.container)
  const { authors, notes: authorNotes } = authorsOf(raw.authors ?? [])
  const work: Work = {
    ...emptyWork(refineType(raw.type, title, container, doi), title),
    container,
    ...raw.date,
    volume: plainText(raw.volume),
    issue: plainText(raw.issue),
    pages: plainText(raw.pages)?.replace(/\s*(?:--+|[–—])\s*/g, '-') ?? null,
    publisher: plainText(raw.publisher),
    language: plainText(raw.language),
    doi,
    ...checkedNumbers(raw.numbers ?? [], notes),
    authors,
    related: relatedOf(raw.related, doi),
  }
  return { ok: true, work, notes: [...notes, ...authorNotes], key: raw.key ?? null }
}
