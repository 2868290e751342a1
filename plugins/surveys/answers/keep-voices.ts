import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { weightedScales } from '../questions/weighted-scales.ts'
import type { Question } from '../questions/question.ts'
import type { SurveyTables, Voice } from '../tables.ts'
import type { CellAnswer } from './read-sent.ts'

interface Heard {
  bundle: number | null
  campaign: { questions: readonly Question[] }
  answers: readonly CellAnswer[]
}

/**
 * Puts what each person chose on the scales that count among what others of the bundle chose, all of it in another random order each time one
 * comes. There is no row, id or moment of a person; what does not count in the score is in the sums only.
 */
export async function keepVoices(trx: Transaction<SurveyTables>, heard: readonly Heard[]): Promise<void> {
  const linked = heard.flatMap(({ bundle, campaign, answers }) => {
    const voice = voiceOf(answers, campaign.questions)
    return bundle === null || !voice ? [] : [{ bundle, voice }]
  })
  if (linked.length === 0) return
  const rows = [...Map.groupBy(linked, ({ bundle }) => bundle)].map(([bundle, own]) => ({
    bundle,
    voices: own.map(({ voice }) => voice),
  }))
  const ids = rows.map(({ bundle }) => bundle)
  await sql`select from plugin_surveys.bundle where id = any(${ids}::bigint[]) order by id for update`.execute(
    trx,
  )
  await sql`
    update plugin_surveys.bundle b set voices = (
      select jsonb_agg(voice order by gen_random_uuid()) from jsonb_array_elements(b.voices || x.voices) voice)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) x (bundle bigint, voices jsonb) where b.id = x.bundle`.execute(
    trx,
  )
}

/** null: no scale that counts was answered, so there is nothing to keep together. */
function voiceOf(answers: readonly CellAnswer[], questions: readonly Question[]): Voice | null {
  const scales = weightedScales(questions)
  const steps = answers.flatMap(({ cell, answer }) => {
    const own = scales.map(({ question }) => {
      const step = answer[question]
      return typeof step === 'number' ? step : null
    })
    return own.some((step) => step !== null) ? [[cell, own] as const] : []
  })
  return steps.length > 0 ? Object.fromEntries(steps) : null
}
