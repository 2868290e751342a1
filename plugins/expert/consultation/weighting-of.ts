import type { AhpParams } from '../ahp.ts'
import type { Answer } from '../answer/answer.ts'
import type { BestWorstParams } from '../best-worst.ts'
import type { ConsultationRow } from './read-consultation.ts'

interface Submitted {
  account_id: number
  name: string
  answer: Answer
}
export type ExpertWeighting =
  { id: 'expert.ahp'; params: AhpParams } | { id: 'expert.best-worst'; params: BestWorstParams }

/** The submitted answers as a regulation says them: what the consultation counts by, and what a draft gets, is the same. */
export function weightingOf(row: ConsultationRow, sheets: readonly Submitted[]): ExpertWeighting {
  const { method, random_index: randomIndex, ratio_limit, when_inconsistent: whenInconsistent } = row
  const named = withNames(sheets)
  if (method === 'ahp') {
    const experts = named.flatMap(({ name, answer }) =>
      answer.method === 'ahp' ? [{ name, judgements: answer.judgements }] : [],
    )
    const params = { experts, randomIndex, limit: Number(ratio_limit), whenInconsistent }
    return { id: 'expert.ahp', params }
  }
  const experts = named.flatMap(({ name, answer }) => {
    if (answer.method === 'ahp' || answer.best === null || answer.worst === null) return []
    const { best, worst, bestToOthers, othersToWorst } = answer
    return [{ name, best, worst, bestToOthers, othersToWorst }]
  })
  return { id: 'expert.best-worst', params: { experts, whenInconsistent } }
}

/** Namesakes are told apart by the number of their account. */
function withNames(sheets: readonly Submitted[]): Submitted[] {
  const isTwice = (name: string) => sheets.filter((sheet) => sheet.name === name).length > 1
  return sheets.map((sheet) => ({
    ...sheet,
    name: isTwice(sheet.name) ? `${sheet.name} (${sheet.account_id})` : sheet.name,
  }))
}
