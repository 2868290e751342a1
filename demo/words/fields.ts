import type { LocalizedText } from '../../core/contract/text.ts'
import { readWords } from './read-words.ts'

/** What a department teaches and studies; one department of the small university for each, in this order by faculty. */
export const facultyFields = {
  engineering: ['programming', 'security', 'automation', 'energy', 'mathematics'],
  technology: ['food', 'chemistry', 'ecology', 'textile', 'biotechnology'],
  economy: ['economics', 'finance', 'management', 'tourism', 'law'],
  humanities: ['kazakh', 'languages', 'history', 'education', 'sport'],
} as const
export type FacultyId = keyof typeof facultyFields
export type FieldId = (typeof facultyFields)[FacultyId][number]

export interface Field {
  id: FieldId
  programme: LocalizedText
  disciplines: readonly LocalizedText[]
  /** What research is about: Kazakh in the accusative, Russian in the genitive, as the aspects before or after them want it. */
  topics: readonly LocalizedText[]
}

const words = readWords('fields.csv', ['field', 'what'])

export const fields: Readonly<Record<FieldId, Field>> = Object.fromEntries(
  Object.values(facultyFields)
    .flat()
    .map((id) => [id, fieldOf(id)]),
) as Record<FieldId, Field>

function fieldOf(id: FieldId): Field {
  const [programme] = words.get(`${id}/programme`)!
  const disciplines = words.get(`${id}/discipline`)!
  return { id, programme: programme!, disciplines, topics: words.get(`${id}/topic`)! }
}
