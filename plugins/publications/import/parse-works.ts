import { readBibtex } from './bibtex.ts'
import { decodeText } from './decode.ts'
import type { ImportedWork, ImportFormat, ImportResult, Outcome, RefusedEntry } from './imported.ts'
import { excerptOf, note, refuse } from './imported.ts'
import { recordsOf, workOfRecord } from './json.ts'
import { readRis } from './ris.ts'

type Entry = { outcome: Outcome; line: number | null; excerpt: string }
type Read = { format: ImportFormat | null; entries: Entry[] }

const excerptOfRecord = (record: unknown) => excerptOf(JSON.stringify(record))

function entriesOfJson(json: unknown, line: number | null): Read {
  const read = recordsOf(json).map((record) => ({ record, ...workOfRecord(record) }))
  const entries = read.map(({ record, outcome }) => ({ outcome, line, excerpt: excerptOfRecord(record) }))
  return { format: read.find(({ format }) => format !== null)?.format ?? null, entries }
}

function parseLine(text: string, line: number): Read {
  try {
    return entriesOfJson(JSON.parse(text), line)
  } catch {
    return {
      format: null,
      entries: [{ outcome: refuse('json-syntax', { line }), line, excerpt: excerptOf(text) }],
    }
  }
}

/** A JSON document, or one JSON record a line; null when the text is neither. */
function readJson(text: string): Read | null {
  try {
    return entriesOfJson(JSON.parse(text), null)
  } catch {
    const lines = text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [parseLine(line, i + 1)]))
    const format = lines.find((line) => line.format !== null)?.format ?? null
    return format === null ? null : { format, entries: lines.flatMap((line) => line.entries) }
  }
}

/** Bibliography formats that are recognised only to say by name that they are not read. */
const unreadFormats: readonly [string, RegExp][] = [
  ['xml', /^\s*<(?:\?xml|[a-z])/i],
  ['wos-tagged', /^\s*(?:FN |PT [A-Z]\b)/],
  ['medline-nbib', /^\s*PMID- /],
  ['refworks-tagged', /^\s*(?:RT [A-Z]|Refworks Export)/i],
  ['endnote-tagged', /^\s*%[0A-Z] \S/],
]

const risStart = /^\s*TY\s{1,2}-/m
const bibtexStart = /@\s*(?:%[^\n]*\n\s*)?[a-zA-Z][\w-]*\s*[{(]/

function readByContent(text: string): Read | null {
  if (/^\s*[[{]/.test(text)) return readJson(text)
  const ris = text.search(risStart)
  const bibtex = text.search(bibtexStart)
  if (ris !== -1 && (bibtex === -1 || ris < bibtex)) return { format: 'ris', entries: readRis(text) }
  if (bibtex !== -1) return { format: 'bibtex', entries: readBibtex(text) }
  return null
}

function refusedFile(reason: string, params: RefusedEntry['params'], text: string): RefusedEntry {
  return { index: null, line: null, reason, params, excerpt: excerptOf(text.slice(0, 2000)) }
}

function whyUnread(text: string): RefusedEntry {
  if (text.trim() === '') return refusedFile('file-empty', {}, text)
  if (/^\s*[[{]/.test(text)) return refusedFile('json-syntax', {}, text)
  const known = unreadFormats.find(([, mark]) => mark.test(text))
  return known
    ? refusedFile('format-not-read', { format: known[0] }, text)
    : refusedFile('format-unknown', {}, text)
}

function sortOut(entries: Entry[]): Pick<ImportResult, 'works' | 'refused'> {
  const works: ImportedWork[] = []
  const refused: RefusedEntry[] = []
  for (const [index, { outcome, line, excerpt }] of entries.entries()) {
    if (outcome.ok) works.push({ index, line, key: outcome.key, work: outcome.work, notes: outcome.notes })
    else refused.push({ index, line, reason: outcome.reason, params: outcome.params, excerpt })
  }
  return { works, refused }
}

function notesOfFile(text: string, encoding: string, guessed: boolean) {
  const broken = text.split('\ufffd').length - 1
  return [
    ...(guessed ? [note('encoding-guessed', { encoding })] : []),
    ...(broken > 0 ? [note('characters-lost', { count: broken })] : []),
  ]
}

/**
 * Reads a bibliography in any format that is known by its content: BibTeX, BibLaTeX, RIS, CSL-JSON, Crossref JSON, OpenAlex
 * JSON (document, array, API answer or one record a line). Every entry comes out once, as a work or as refused with a reason.
 * Never throws and never asks the network.
 */
export function parseWorks(input: Uint8Array | string): ImportResult {
  const decoded =
    typeof input === 'string' ? { text: input, encoding: 'utf-8', guessed: false } : decodeText(input)
  const text = decoded.text.replace(/^\ufeff/, '')
  const notes = notesOfFile(text, decoded.encoding, decoded.guessed)
  const read = readByContent(text)
  if (!read) return { format: null, encoding: decoded.encoding, works: [], refused: [whyUnread(text)], notes }
  return { format: read.format, encoding: decoded.encoding, ...sortOut(read.entries), notes }
}
