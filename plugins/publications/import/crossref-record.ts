import { z } from 'zod'
import type { WorkType } from '../work.ts'
import { buildWork } from './build-work.ts'
import { dateOfParts } from './dates.ts'
import type { KnownDate } from './dates.ts'
import type { Note, Outcome } from './imported.ts'
import { note, refuse } from './imported.ts'
import { crossrefTypes, notSingleWorks } from './work-type.ts'

const text = z.string().nullish().catch(null)
const texts = z.array(z.string()).nullish().catch(null)
const date = z.object({ 'date-parts': z.unknown() }).nullish().catch(null)

const authorSchema = z.object({
  family: text,
  given: text,
  name: text,
  suffix: text,
  ORCID: text,
  affiliation: z
    .array(z.object({ name: text }))
    .nullish()
    .catch(null),
})

const relations = z.record(z.string(), z.array(z.object({ id: z.string(), 'id-type': text })).catch([]))

/** The parts of a Crossref work that are read (api.crossref.org, format of the REST API); all but the DOI may be missing. */
export const crossrefSchema = z.object({
  DOI: z.string(),
  type: text,
  subtype: text,
  title: texts,
  subtitle: texts,
  'container-title': texts,
  issued: date,
  published: date,
  'published-print': date,
  'published-online': date,
  volume: text,
  issue: text,
  page: text,
  'article-number': text,
  publisher: text,
  language: text,
  ISSN: texts,
  ISBN: texts,
  author: z.array(authorSchema).nullish().catch(null),
  relation: relations.nullish().catch(null),
  'update-to': z
    .array(z.object({ DOI: z.string(), type: text }))
    .nullish()
    .catch(null),
})
type Crossref = z.infer<typeof crossrefSchema>

const updateTypes =
  /^(?:correction|corrigendum|erratum|retraction|withdrawal|removal|expression_of_concern|addendum|partial_retraction)$/

const isCorrection = (record: Crossref) =>
  (record['update-to'] ?? []).some(({ type }) => updateTypes.test(type ?? ''))

function typeOf(record: Crossref): WorkType {
  if (isCorrection(record)) return 'correction'
  if (record.type === 'posted-content') return record.subtype === 'preprint' ? 'preprint' : 'other'
  return crossrefTypes[record.type ?? ''] ?? 'other'
}

/** `issued` is Crossref's earliest known date; where it is empty, the others. */
function dateOf(record: Crossref): KnownDate {
  const dates = [record.issued, record.published, record['published-print'], record['published-online']]
  const known = dates.map((value) => dateOfParts(value?.['date-parts']))
  return known.find((value) => value.year !== null) ?? { year: null, date: null }
}

function relatedOf(record: Crossref) {
  const named = (name: 'is-preprint-of' | 'has-preprint' | 'is-version-of') =>
    (record.relation?.[name] ?? [])
      .filter((entry) => entry['id-type'] === 'doi')
      .map((entry) => ({ relation: name, doi: entry.id }))
  const corrected = isCorrection(record) ? (record['update-to'] ?? []) : []
  const corrects = corrected.map((entry) => ({ relation: 'corrects' as const, doi: entry.DOI }))
  return [...named('is-preprint-of'), ...named('has-preprint'), ...named('is-version-of'), ...corrects]
}

const joined = (title: string | undefined, subtitle: string | undefined) =>
  title && subtitle && !title.toLowerCase().includes(subtitle.toLowerCase()) ? `${title}: ${subtitle}` : title

function authorOf(author: z.infer<typeof authorSchema>) {
  return {
    family: author.family ?? null,
    given: [author.given, author.suffix].filter(Boolean).join(', '),
    literal: author.name ?? null,
    orcid: author.ORCID ?? null,
    affiliations: (author.affiliation ?? []).flatMap(({ name }) => name ?? []),
  }
}

function notesOf(record: Crossref): Note[] {
  return notSingleWorks.has(record.type ?? '') ? [note('not-a-single-work', { type: record.type ?? '' })] : []
}

/** One work of Crossref's REST API as a work. */
export function workOfCrossref(item: unknown): Outcome {
  const parsed = crossrefSchema.safeParse(item)
  if (!parsed.success) return refuse('record-form', { detail: z.prettifyError(parsed.error).slice(0, 300) })
  const record = parsed.data
  return buildWork({
    type: typeOf(record),
    title: joined(record.title?.[0], record.subtitle?.[0]),
    container: record['container-title']?.[0],
    date: dateOf(record),
    volume: record.volume,
    issue: record.issue,
    pages: record.page ?? record['article-number'],
    publisher: record.publisher,
    language: record.language,
    doi: record.DOI,
    numbers: [...(record.ISSN ?? []), ...(record.ISBN ?? [])],
    authors: (record.author ?? []).map(authorOf),
    related: relatedOf(record),
    key: record.DOI,
    notes: notesOf(record),
  })
}
