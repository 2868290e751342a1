import {
  daySchema,
  defineRoute,
  evidenceStateSchema,
  pageOf,
  pageQuery,
  participantSchema,
} from '@ustaz/core/contract'
import { z } from 'zod'
import { importFormats } from './import/imported.ts'
import { workSchema } from './work.ts'

/** Entries that one file may hold, and megabytes it may have. */
export const importLimits = { entries: 2000, megabytes: 16 }
/** Works that one request enters as drafts; whoever enters more sends them in parts. */
export const commitLimit = 200
/** Megabytes of a list of journals: SCImago's of one year has 12. */
export const listMegabytes = 48

/** What the learned suggestions of journals and of co-authors are counted under. */
export const journalTask = 'publications.journal'
export const authorTask = 'publications.co-author'

/** Something to tell a person: a code, its values, and the sentence in the reader's language. */
const textSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
})

export const suggestionSchema = z.object({
  teacherId: z.int(),
  /** The teacher's permanent code, to tell namesakes apart. */
  code: z.string(),
  name: z.string(),
  /** 0 to 1, both inclusive: how likely it is, where `learned`; else an ordering for the person who decides. */
  confidence: z.number().min(0).max(1),
  /** true: by what approved works have; false: by a plain rule. */
  learned: z.boolean(),
  /** Likely enough to be put before a person unasked. */
  worthAsking: z.boolean(),
  reasons: z.array(textSchema),
})
export type Suggestion = z.infer<typeof suggestionSchema>
const authorSuggestionsSchema = z.object({ name: z.string(), suggestions: z.array(suggestionSchema) })
export type AuthorSuggestions = z.infer<typeof authorSuggestionsSchema>

/** Evidence that is the same work, or may be. */
const knownWorkSchema = z.object({
  id: z.int(),
  title: z.string(),
  state: evidenceStateSchema,
  /** What it is recognised by, when the given work has the same: with it a co-author can join. */
  identity: z.string().nullable(),
  /** false: title and year agree, and something else is not known; a person must say. */
  certain: z.boolean(),
})
export type KnownWork = z.infer<typeof knownWorkSchema>

/** A work as it was read, with all that a person needs to decide about it. Nothing is entered or attributed yet. */
export const proposedWorkSchema = z.object({
  work: workSchema,
  /** The day of publication; null: the source does not say it to the day (a note says what is missing). */
  happenedOn: daySchema.nullable(),
  notes: z.array(textSchema),
  known: knownWorkSchema.nullable(),
  /** In the order printed. Suggestions are candidates, best first. */
  authors: z.array(authorSuggestionsSchema),
})
export type ProposedWork = z.infer<typeof proposedWorkSchema>

export const previewEntrySchema = proposedWorkSchema.extend({
  /** Place in the file, from 0. */
  index: z.int(),
  line: z.int().nullable(),
  key: z.string().nullable(),
  /** The entry of this file that stands for this one, completed by what only this one says; null: stands for itself. */
  sameAs: z.int().nullable(),
  /** Entries of this file with the same title, year and first author and another DOI: a person must look. */
  doubtful: z.array(z.int()),
})
export type PreviewEntry = z.infer<typeof previewEntrySchema>

export const refusedEntrySchema = z.object({
  /** null: the file as a whole. */
  index: z.int().nullable(),
  line: z.int().nullable(),
  reason: textSchema,
  /** A DOI the entry has: looking it up may bring what is missing. */
  doi: z.string().nullable(),
  excerpt: z.string(),
})

export const previewSchema = z.object({
  format: z.enum(importFormats).nullable(),
  encoding: z.string(),
  notes: z.array(textSchema),
  entries: z.array(previewEntrySchema),
  refused: z.array(refusedEntrySchema),
})
export type Preview = z.infer<typeof previewSchema>

const tag = 'publications'

export const previewImport = defineRoute({
  method: 'POST',
  path: '/import/preview',
  summary:
    'Read a bibliography (BibTeX, RIS, CSL-JSON, JSON of Crossref or OpenAlex): works, what is refused and why, what is there already, and which teachers the authors may be. Writes nothing',
  tag,
  action: 'evidence.write',
  multipart: true,
  response: previewSchema,
})

export const commitImport = defineRoute({
  method: 'POST',
  path: '/import/commit',
  summary:
    'Enter chosen works as drafts with the participants a person confirmed, all or none; works that are there already are answered as such',
  tag,
  action: 'evidence.write',
  body: z.object({
    works: z
      .array(
        z.object({
          work: workSchema,
          happenedOn: daySchema.nullable(),
          participants: z.array(participantSchema).min(1).max(3000),
        }),
      )
      .min(1)
      .max(commitLimit),
  }),
  response: z.object({
    outcomes: z.array(
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('created'), id: z.int() }),
        z.object({
          outcome: z.literal('duplicate'),
          id: z.int(),
          title: z.string(),
          state: evidenceStateSchema,
        }),
      ]),
    ),
  }),
})

export const matchAuthors = defineRoute({
  method: 'POST',
  path: '/authors/suggestions',
  summary:
    'Which teachers printed names may be, each with the reasons; candidates for a person to choose from',
  tag,
  action: 'evidence.write',
  body: z.object({
    names: z.array(z.string().trim().min(1).max(200)).min(1).max(50),
    /** Teachers who take part already: with whom one worked before tells who is meant. */
    teacherIds: z.array(z.int()).max(100).default([]),
  }),
  response: z.object({
    /** One for each name, in their order. */
    items: z.array(authorSuggestionsSchema),
  }),
})

const fetched = { fetchedAt: z.iso.datetime(), fromCache: z.boolean() }

export const doiAnswerSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('found'), doi: z.string(), ...fetched, proposed: proposedWorkSchema }),
  z.object({ status: z.literal('not-found'), doi: z.string(), ...fetched }),
  /** Crossref knows the DOI, and its record is no work. */
  z.object({
    status: z.literal('unusable'),
    doi: z.string(),
    fetchedAt: z.iso.datetime(),
    reason: textSchema,
  }),
  /** Crossref was not asked or did not answer; `cached`: what it said the last time, however long ago. */
  z.object({
    status: z.literal('offline'),
    doi: z.string(),
    cause: textSchema,
    cached: z
      .object({ proposed: proposedWorkSchema, fetchedAt: z.iso.datetime(), ageDays: z.int().min(0) })
      .nullable(),
  }),
  z.object({ status: z.literal('invalid-doi'), doi: z.string(), reason: textSchema }),
])
export type DoiAnswer = z.infer<typeof doiAnswerSchema>

export const lookUpDoi = defineRoute({
  method: 'GET',
  path: '/doi',
  summary: 'Look a DOI up at Crossref, when a person asks for it; answers of 30 days are used again',
  tag,
  action: 'evidence.write',
  query: z.object({ doi: z.string().trim().min(1).max(2000) }),
  response: doiAnswerSchema,
})

export const listSources = ['sjr', 'wos', 'scopus', 'koksnvo'] as const
const listSourceSchema = z.enum(listSources)
const yearSchema = z.coerce.number().int().min(1900).max(2200)

export const journalListSchema = z.object({
  source: listSourceSchema,
  /** The year the ranking is for, as its publisher names it. */
  year: z.int(),
  rows: z.int(),
  loadedAt: z.iso.datetime(),
  sha256: z.string(),
})
export type JournalList = z.infer<typeof journalListSchema>

export const listJournalLists = defineRoute({
  method: 'GET',
  path: '/journal-lists',
  summary: 'The lists of journals that are loaded, newest year first',
  tag,
  action: 'catalogue.read',
  response: z.object({ items: z.array(journalListSchema) }),
})

/** Refused rows that an answer names; the count says how many there are. */
export const refusedRowsShown = 200

export const loadListReportSchema = z.object({
  state: z.enum(['loaded', 'replaced', 'unchanged', 'refused']),
  rows: z.int(),
  refusedRows: z.int(),
  refused: z.array(z.object({ line: z.int(), reason: textSchema, excerpt: z.string() })),
  /** ISSNs left out for a wrong form or check digit, their rows being kept. */
  droppedIssns: z.int(),
})
export type LoadListReport = z.infer<typeof loadListReportSchema>

export const putJournalList = defineRoute({
  method: 'POST',
  path: '/journal-lists',
  summary:
    'Load the list of a source and year from CSV, whole or not at all; the list of the same source and year is replaced',
  tag,
  action: 'lists.change',
  multipart: true,
  body: z.object({ source: listSourceSchema, year: yearSchema }),
  response: loadListReportSchema,
})

export const journalSchema = z.object({
  title: z.string(),
  issns: z.array(z.string()),
  /** What each list says, by source and year; null: the list names the journal and does not rank it. */
  standings: z.array(
    z.object({
      source: listSourceSchema,
      year: z.int(),
      /** 1 to 4: the best of the journal's categories. */
      quartile: z.int().nullable(),
      percentile: z.number().nullable(),
      categories: z.array(z.object({ category: z.string(), quartile: z.int().nullable() })),
    }),
  ),
})
export type Journal = z.infer<typeof journalSchema>

export const searchJournals = defineRoute({
  method: 'GET',
  path: '/journals',
  summary: 'Journals by ISSN or a part of the title, with what the lists of all years say, side by side',
  tag,
  action: 'catalogue.read',
  query: z.object({ ...pageQuery, search: z.string().trim().min(3).max(300) }),
  response: pageOf(journalSchema),
})

export const journalSuggestionSchema = journalSchema.extend({
  /** As of teachers. */
  confidence: z.number().min(0).max(1),
  learned: z.boolean(),
  reasons: z.array(textSchema),
})
export type JournalSuggestion = z.infer<typeof journalSuggestionSchema>

export const suggestJournals = defineRoute({
  method: 'POST',
  path: '/journals/suggestions',
  summary:
    'Which journals of the lists a title as typed may mean, each with the reasons; empty: none is likely enough',
  tag,
  action: 'evidence.write',
  body: z.object({
    title: z.string().trim().min(3).max(300),
    /** Of the work; null: not known. */
    year: z.int().min(1400).max(2200).nullable().default(null),
  }),
  response: z.object({ items: z.array(journalSuggestionSchema) }),
})
