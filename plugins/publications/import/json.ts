import { z } from 'zod'
import { crossrefSchema, workOfCrossref } from './crossref-record.ts'
import { workOfCsl } from './csl.ts'
import type { ImportFormat, Outcome } from './imported.ts'
import { refuse } from './imported.ts'
import { workOfOpenAlex } from './openalex-record.ts'

const object = z.record(z.string(), z.unknown())
const crossrefTitle = z.object({ DOI: z.string(), title: z.array(z.unknown()) })
const crossrefMark = crossrefSchema
  .pick({ DOI: true })
  .extend({ member: z.unknown().refine((value) => value != null) })
const openAlexId = z.object({ id: z.string().regex(/^(?:https:\/\/openalex\.org\/)?W\d+$/) })
const cslMark = z
  .object({ type: z.string() })
  .or(z.object({ id: z.union([z.string(), z.number()]), title: z.string() }))

/** Which of the JSON formats a record is in, told by what only that format has; null if none. */
export function formatOfRecord(record: unknown): ImportFormat | null {
  if (openAlexId.safeParse(record).success) return 'openalex-json'
  if (crossrefTitle.safeParse(record).success || crossrefMark.safeParse(record).success)
    return 'crossref-json'
  return cslMark.safeParse(record).success ? 'csl-json' : null
}

/** One JSON record of any format that is read. */
export function workOfRecord(record: unknown): { format: ImportFormat | null; outcome: Outcome } {
  const format = formatOfRecord(record)
  if (format === 'openalex-json') return { format, outcome: workOfOpenAlex(record) }
  if (format === 'crossref-json') return { format, outcome: workOfCrossref(record) }
  if (format === 'csl-json') return { format, outcome: workOfCsl(record) }
  return { format, outcome: refuse('record-form', { detail: 'not a Crossref, OpenAlex or CSL record' }) }
}

/** The records in an answer: an array, Crossref's `message` or `message.items`, OpenAlex' `results`, or one record. */
export function recordsOf(json: unknown): unknown[] {
  if (Array.isArray(json)) return json
  const answer = object.safeParse(json).data ?? {}
  if ('message' in answer) return recordsOf(object.safeParse(answer.message).data ?? [])
  for (const list of [answer.items, answer.results]) if (Array.isArray(list)) return list
  return [json]
}
