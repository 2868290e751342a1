import { z } from 'zod'
import { localizedTextSchema } from '../text.ts'
import { clauseId } from './naming.ts'

/** How results may be appealed against: from their publication on, in calendar days. */
export const appealsSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    /** So many days after the day of publication, the last one inclusive. */
    days: z.int().min(1).max(366),
    /** Who answers, in the regulation's words. */
    answeredBy: localizedTextSchema,
    /** So many days after the last day of filing, the last one inclusive. */
    answerDays: z.int().min(1).max(366),
  })
  .meta({ part: 'appeals' })
export type AppealRules = z.infer<typeof appealsSchema>

/** Those of a document, also of one that was stored before there was such a section; null: it knows no appeal. */
export function appealsOf(document: { appeals?: AppealRules | null }): AppealRules | null {
  return document.appeals ?? null
}
