import { plugins } from '@citation-js/core'
import '@citation-js/plugin-ris'
import { z } from 'zod'
import { workOfCsl } from './csl.ts'
import { looseDate } from './dates.ts'
import type { Outcome } from './imported.ts'
import { excerptOf, refuse } from './imported.ts'

/** A record's tags in order of their first appearance, each with all its values, continuation lines joined. */
type RisRecord = { line: number; tags: Map<string, string[]>; source: string[] }

const tagLine = /^\s*([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*)|(\S.*)?)$/

function addLine(record: RisRecord, last: string | null, text: string): string | null {
  record.source.push(text)
  const found = tagLine.exec(text)
  if (found) {
    const tag = found[1] ?? ''
    record.tags.set(tag, [...(record.tags.get(tag) ?? []), (found[2] ?? found[3] ?? '').trim()])
    return tag
  }
  const values = last === null ? undefined : record.tags.get(last)
  if (values && text.trim() !== '') values.push([values.pop(), text.trim()].join(' '))
  return last
}

/** Cuts a RIS file at TY and ER; a record that lacks its ER ends where the next one starts. Lines outside records are skipped. */
export function splitRis(text: string): RisRecord[] {
  const records: RisRecord[] = []
  let current: RisRecord | null = null
  let last: string | null = null
  for (const [i, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const tag = tagLine.exec(raw)?.[1]
    if (tag === 'TY') records.push((current = { line: i + 1, tags: new Map(), source: [] }))
    if (tag === 'ER') current = null
    if (current) last = addLine(current, tag === 'TY' ? null : last, raw)
  }
  return records
}

/** Reference types written out in words by some databases, and one common misspelling, as RIS codes. */
const typeWords: Record<string, string> = {
  'JOURNAL ARTICLE': 'JOUR',
  JOURNAL: 'JOUR',
  JOURN: 'JOUR',
  ARTICLE: 'JOUR',
  'BOOK CHAPTER': 'CHAP',
  'CONFERENCE PAPER': 'CPAPER',
  'CONFERENCE PROCEEDINGS': 'CONF',
  'BOOK SECTION': 'CHAP',
  THESIS: 'THES',
  REPORT: 'RPRT',
}

/** Tags the library takes as one value: the first that holds a date wins, so that "received" and "accepted" dates do not. */
function firstDate(values: readonly string[]): string | undefined {
  const plain = values.filter((value) => !/received|accepted|revised/i.test(value))
  return [...plain, ...values].find((value) => looseDate(value).year !== null)
}

const lists = new Set(['AU', 'A1', 'A2', 'A3', 'A4', 'ED', 'KW', 'TA'])

/** The record as the object citation-js reads, with what trips it taken out: unknown types, repeated single tags, empty ones. */
function libraryRecord(record: RisRecord): Record<string, string | string[]> {
  const type = (record.tags.get('TY')?.[0] ?? '').toUpperCase()
  const object: Record<string, string | string[]> = { TY: typeWords[type] ?? type }
  for (const [tag, all] of record.tags) {
    const values = all.filter((value) => value !== '')
    const value = ['PY', 'Y1', 'DA', 'Y2'].includes(tag) ? firstDate(values) : values[0]
    if (tag !== 'TY' && value !== undefined) object[tag] = lists.has(tag) ? values : value
  }
  return object
}

const knownTypes = /^[A-Z]{3,7}$/

function outcomeOf(record: RisRecord): Outcome {
  const object = libraryRecord(record)
  if (!knownTypes.test(String(object.TY))) object.TY = 'GEN'
  const doi =
    object.DO ??
    [object.M3, object.N1, object.L3].find((value) =>
      /^(?:doi:\s*)?10\.\d{4,9}\/\S+$/i.test(String(value ?? '')),
    )
  delete object.DO
  try {
    const items = z
      .array(z.record(z.string(), z.unknown()))
      .parse([plugins.input.data(object, '@ris/record')].flat())
    const date = firstDate(['DA', 'PY', 'Y1'].flatMap((tag) => record.tags.get(tag) ?? []))
    const numbers = (record.tags.get('SN') ?? []).flatMap((value) => value.split(/\s+(?=\d{4}-)/))
    return workOfCsl(
      { ...items[0], DOI: doi, ISSN: null, ISBN: null, issued: fullerDate(items[0]?.issued, date) },
      numbers,
    )
  } catch (error) {
    return refuse('entry-not-understood', {
      detail: (error instanceof Error ? error.message : String(error)).slice(0, 200),
    })
  }
}

/** The library's date, unless it found none. */
function fullerDate(issued: unknown, raw: string | undefined): unknown {
  return z.object({ 'date-parts': z.array(z.unknown()) }).safeParse(issued).success ? issued : raw && { raw }
}

/** Reads RIS: each record by itself, mapped by citation-js' table of tags. */
export function readRis(text: string): { outcome: Outcome; line: number; excerpt: string }[] {
  return splitRis(text).map((record) => ({
    outcome: outcomeOf(record),
    line: record.line,
    excerpt: excerptOf(record.source.join('\n')),
  }))
}
