import { z } from 'zod'
import type { WorkType } from '../work.ts'
import { buildWork } from './build-work.ts'
import { dateOf, looseDate } from './dates.ts'
import type { KnownDate } from './dates.ts'
import type { Outcome } from './imported.ts'
import { refuse } from './imported.ts'
import type { RawAuthor } from './names.ts'
import { divideName } from './names.ts'
import { openAlexTypes } from './work-type.ts'

const text = z.string().nullish().catch(null)

const sourceSchema = z.object({
  display_name: text,
  type: text,
  issn_l: text,
  issn: z.array(z.string()).nullish().catch(null),
  host_organization_name: text,
})

const authorshipSchema = z.object({
  author: z.object({ display_name: text, orcid: text }).nullish().catch(null),
  raw_author_name: text,
  raw_affiliation_strings: z.array(z.string()).nullish().catch(null),
  institutions: z
    .array(z.object({ display_name: text }))
    .nullish()
    .catch(null),
})

/** The parts of an OpenAlex work that are read (api.openalex.org). */
export const openAlexSchema = z.object({
  id: z.string(),
  doi: text,
  title: text,
  display_name: text,
  type: text,
  type_crossref: text,
  publication_year: z.number().nullish().catch(null),
  publication_date: text,
  language: text,
  primary_location: z
    .object({ source: sourceSchema.nullish().catch(null) })
    .nullish()
    .catch(null),
  biblio: z.object({ volume: text, issue: text, first_page: text, last_page: text }).nullish().catch(null),
  authorships: z.array(authorshipSchema).nullish().catch(null),
})
type OpenAlex = z.infer<typeof openAlexSchema>

function typeOf(record: OpenAlex): WorkType {
  const type = openAlexTypes[record.type ?? ''] ?? 'other'
  const atConference =
    record.type_crossref === 'proceedings-article' || record.primary_location?.source?.type === 'conference'
  return type === 'article' && atConference ? 'conference-paper' : type
}

/**
 * OpenAlex writes the first of a month, or of January, where it knows no better, and does not say so. A first is therefore
 * taken as the month only, and a first of January as the year only: that may lose a true first, but never invents a day.
 */
function dateOfRecord(record: OpenAlex): KnownDate {
  const known = looseDate(record.publication_date ?? '')
  if (known.year === null) return dateOf(record.publication_year)
  return { year: known.year, date: known.date?.replace(/(?:-01)?-01$/, '') ?? null }
}

function authorOf({ author, raw_author_name: raw, ...rest }: z.infer<typeof authorshipSchema>): RawAuthor {
  const name = raw && raw.includes(',') ? raw : (author?.display_name ?? raw ?? '')
  const institutions = (rest.institutions ?? []).flatMap((institution) => institution.display_name ?? [])
  const affiliations = rest.raw_affiliation_strings?.length ? rest.raw_affiliation_strings : institutions
  return { ...divideName(name), orcid: author?.orcid ?? null, affiliations }
}

function pagesOf(biblio: OpenAlex['biblio']): string | null {
  const { first_page: first, last_page: last } = biblio ?? {}
  return first && last && first !== last ? `${first}-${last}` : (first ?? last ?? null)
}

/** Kinds of sources whose name is what the work stands in; a repository or an e-book platform is only where it lies. */
const containers = new Set(['journal', 'conference', 'book series'])

/** One work of OpenAlex as a work. */
export function workOfOpenAlex(item: unknown): Outcome {
  const parsed = openAlexSchema.safeParse(item)
  if (!parsed.success) return refuse('record-form', { detail: z.prettifyError(parsed.error).slice(0, 300) })
  const record = parsed.data
  const source = record.primary_location?.source
  const isContainer = containers.has(source?.type ?? '')
  return buildWork({
    type: typeOf(record),
    title: record.title ?? record.display_name,
    container: isContainer ? source?.display_name : null,
    date: dateOfRecord(record),
    volume: record.biblio?.volume,
    issue: record.biblio?.issue,
    pages: pagesOf(record.biblio),
    publisher: source?.host_organization_name,
    language: record.language,
    doi: record.doi,
    numbers: isContainer ? [source?.issn_l, ...(source?.issn ?? [])].flatMap((issn) => issn ?? []) : [],
    authors: (record.authorships ?? []).map(authorOf),
    key: record.id,
  })
}
