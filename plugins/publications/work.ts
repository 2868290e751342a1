import { z } from 'zod'
import { checkDoi, checkIsbn, checkIssn } from './identifiers.ts'
import type { Checked } from './identifiers.ts'

/**
 * What a work is. One value each; `correction` is an erratum, corrigendum or retraction notice, never an article; `short-article`
 * is a letter, comment, case report, technical or research note or book review that stands by itself in a journal.
 */
export const workTypes = [
  'article',
  'review',
  'short-article',
  'conference-paper',
  'conference-abstract',
  'book',
  'monograph',
  'chapter',
  'dissertation',
  'report',
  'preprint',
  'patent',
  'correction',
  'other',
] as const
export type WorkType = (typeof workTypes)[number]

/**
 * Which list names the journal. `wos`: an edition of Web of Science with quartiles (Science, Social Sciences); `wos-ahci`: its
 * Arts & Humanities Citation Index alone; `field-index`: an index of one field that the country's council of universities names;
 * `national-index`: the national citation index; `koksnvo`: recommended by Kazakhstan's committee for quality assurance in science.
 */
export const journalIndexes = [
  'wos',
  'scopus',
  'wos-scopus',
  'wos-ahci',
  'field-index',
  'national-index',
  'koksnvo',
  'other',
] as const

/** How another work stands to this one, read as "this work <relation> that DOI". */
export const workRelations = ['is-preprint-of', 'has-preprint', 'corrects', 'is-version-of'] as const

const text = z.string().trim().min(1)
const unknownText = text.nullable().default(null)
const unknownFlag = z.boolean().nullable().default(null)

/** Whether a journal, publisher or source reaches readers of several countries or of one. */
export const reach = z.enum(['international', 'national']).nullable().default(null)
/** What a regulation may ask of the publisher of a book. */
export const publisherFields = {
  publisherEstablished: unknownFlag.describe(
    'the publisher has the years and the number of books that the rules ask for',
  ),
  publisherApproved: unknownFlag.describe("a decision of the university's council recognises the publisher"),
}

/** An identifier brought to its one form; a wrong one is a fault with the text `issue.<reason>` of messages/. */
const identifier = (check: (text: string) => Checked) =>
  z
    .string()
    .trim()
    .min(1)
    .overwrite((given) => {
      const checked = check(given)
      return checked.ok ? checked.value : given
    })
    .superRefine((given, context) => {
      const checked = check(given)
      if (checked.ok) return
      const params = { code: `publications.${checked.reason}`, value: given.slice(0, 200) }
      context.addIssue({ code: 'custom', params })
    })

/** A date known to the year, the month or the day. */
export const partialDate = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)

/** An author as printed. A group, or a name nobody could divide, stands in `literal` with `family` null. */
export const authorSchema = z.object({
  family: unknownText,
  given: unknownText,
  literal: unknownText,
  orcid: z
    .string()
    .regex(/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/)
    .nullable()
    .default(null),
  affiliations: z.array(text).default([]),
  sequence: z.int().min(1).describe('place in the list of authors, from 1'),
})
export type Author = z.infer<typeof authorSchema>

/**
 * A published work as the evidence holds it. null means unknown, never "no" and never 0.
 * The journal's quartile is not here: it comes from the dated lists (journals/), so that nobody types it. `hidden`: kept, but
 * not asked for in the form, where participants stand for the authors.
 */
export const workSchema = z.object({
  type: z.enum(workTypes),
  title: text,
  container: unknownText.describe('journal, proceedings or book the work is part of'),
  year: z.int().min(1400).max(2200).nullable().default(null),
  date: partialDate.nullable().default(null).describe('YYYY, YYYY-MM or YYYY-MM-DD, as far as known'),
  volume: unknownText,
  issue: unknownText,
  pages: unknownText.describe('pages as printed, or the article number'),
  publisher: unknownText,
  language: unknownText.meta({ description: 'BCP 47 tag where the source gives one', code: true }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null)
    .describe('ISO 3166-1 country of the publisher or the conference'),
  doi: identifier(checkDoi).nullable().default(null).describe('lower case, without https://doi.org/'),
  issns: z.array(identifier(checkIssn)).default([]),
  isbns: z.array(identifier(checkIsbn)).default([]).describe('13 digits'),
  authors: z.array(authorSchema).default([]).meta({ hidden: true }),
  related: z
    .array(z.object({ relation: z.enum(workRelations), doi: text }))
    .default([])
    .meta({ hidden: true }),
  index: z.enum(journalIndexes).nullable().default(null),
  withStudents: unknownFlag.describe('a student of the university is a co-author'),
  withForeigners: unknownFlag.describe('an author works outside the country'),
  level: reach.describe('reach of the journal or publisher'),
  refereed: unknownFlag.describe('peers reviewed it before publication'),
  ...publisherFields,
  oral: unknownFlag.describe('a conference paper that was read, and printed in full'),
  foreignCountries: z
    .int()
    .min(0)
    .max(250)
    .nullable()
    .default(null)
    .describe('countries other than the own whose speakers read papers at the conference'),
  foreignPaperPercent: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .default(null)
    .describe('part of the papers of the conference that came from abroad'),
  internationalConfirmed: unknownFlag.describe(
    "a decision of the university's board holds the conference international",
  ),
})
export type Work = z.infer<typeof workSchema>

/** A work with everything unknown but its type and title: what importers start from. */
export function emptyWork(type: WorkType, title: string): Work {
  return workSchema.parse({ type, title })
}
