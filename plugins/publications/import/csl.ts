import { z } from 'zod'
import type { KnownDate } from './dates.ts'
import { dateOfParts, looseDate, unknownDate } from './dates.ts'
import type { Outcome } from './imported.ts'
import { refuse } from './imported.ts'
import { buildWork } from './build-work.ts'
import type { RawAuthor } from './names.ts'
import { divideName } from './names.ts'
import { cslTypes } from './work-type.ts'

/** Text, or a number as some exporters write it; anything else counts as absent rather than failing the record. */
const loose = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null)

const nameSchema = z.object({
  family: loose,
  given: loose,
  literal: loose,
  suffix: loose,
  'non-dropping-particle': loose,
  'dropping-particle': loose,
  ORCID: loose,
  _orcid: loose,
})

const dateSchema = z.object({ 'date-parts': z.unknown(), raw: loose, literal: loose }).nullish().catch(null)

const cslSchema = z.object({
  type: loose,
  id: loose,
  title: loose,
  'title-short': loose,
  'container-title': loose,
  issued: dateSchema,
  volume: loose,
  issue: loose,
  page: loose,
  'page-first': loose,
  number: loose,
  publisher: loose,
  language: loose,
  DOI: loose,
  ISSN: loose,
  ISBN: loose,
  URL: loose,
  genre: loose,
  author: z.array(nameSchema).nullish().catch(null),
})
type Csl = z.infer<typeof cslSchema>

function issuedOf(issued: Csl['issued']): KnownDate {
  if (!issued) return unknownDate
  const known = dateOfParts(issued['date-parts'])
  return known.year === null ? looseDate(issued.raw ?? issued.literal ?? '') : known
}

function authorOf(name: z.infer<typeof nameSchema>): RawAuthor {
  const orcid = name.ORCID ?? name._orcid ?? null
  if (!name.family && name.literal) return { ...divideIfPersonal(name.literal), orcid }
  // "{World Health Organization}" in BibTeX: a family name of several words and no given name is a group.
  const isGroup = !name.given && !name['non-dropping-particle'] && /\S\s+\S/.test(name.family ?? '')
  if (isGroup) return { literal: name.family ?? null, orcid }
  const particles = [name['dropping-particle'], name['non-dropping-particle'], name.family]
  const given = [name.given, name.suffix].filter(Boolean).join(', ')
  return { family: particles.filter(Boolean).join(' '), given, orcid }
}

/** A literal is a group unless a comma divides it, as in "Shannon,Claude E.": guessing further would cut groups in two. */
function divideIfPersonal(literal: string): RawAuthor {
  return /^[^,]+,[^,]+$/.test(literal) ? divideName(literal) : { literal }
}

const doiAddress = /^https?:\/\/(?:dx\.)?doi\.org\/10\./i

/** One CSL-JSON item (also what citation-js makes of BibTeX and RIS) as a work. */
export function workOfCsl(item: unknown, extraNumbers: readonly string[] = []): Outcome {
  const parsed = cslSchema.safeParse(item)
  if (!parsed.success) return refuse('record-form', { detail: z.prettifyError(parsed.error).slice(0, 300) })
  const csl = parsed.data
  return buildWork({
    type: cslTypes[csl.type ?? ''] ?? 'other',
    title: csl.title ?? csl['title-short'],
    container: csl['container-title'],
    date: issuedOf(csl.issued),
    volume: csl.volume,
    issue: csl.issue,
    pages: csl.page ?? csl['page-first'] ?? (csl.type === 'article-journal' ? csl.number : null),
    publisher: csl.publisher,
    language: csl.language,
    doi: csl.DOI ?? (doiAddress.test(csl.URL ?? '') ? csl.URL : null),
    numbers: [csl.ISSN, csl.ISBN, ...extraNumbers].flatMap((number) => number ?? []),
    authors: (csl.author ?? []).map(authorOf),
    key: csl.id,
  })
}
