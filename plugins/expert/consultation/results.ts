import { judgeAnswer } from '../answer/judge-answer.ts'
import type { JudgedAnswer } from '../answer/judge-answer.ts'
import { weighAhp } from '../ahp.ts'
import { weighBestWorst } from '../best-worst.ts'
import type { Results } from '../contract.ts'
import { agreementOf, kendallW } from '../pairwise/kendall-w.ts'
import type { ConsultationRow, SheetRow } from './read-consultation.ts'
import { toQuestion } from './read-consultation.ts'
import { weightingOf } from './weighting-of.ts'

/** What came out so far: of each expert who submitted, and of all together by the weighting that a draft would get. */
export function resultsOf(row: ConsultationRow, sheets: readonly SheetRow[], now: Date): Results {
  const submitted = sheets.filter(({ submitted_at }) => submitted_at !== null)
  const areas = row.areas.map(({ id }) => id)
  const experts = submitted.map((sheet) => expertOf(areas, row, sheet))
  const orders = experts.map(({ weights }) => areas.map((area) => weights[area]!))
  const w = kendallW(orders)
  return {
    question: toQuestion(row, now),
    invited: sheets.length,
    experts,
    group: submitted.length === 0 ? null : groupOf(areas, row, submitted),
    agreement: w === null ? null : { w, word: agreementOf(w) },
  }
}

function expertOf(
  areas: readonly string[],
  row: ConsultationRow,
  sheet: SheetRow,
): Results['experts'][number] {
  const rules = { randomIndex: row.random_index, limit: Number(row.ratio_limit) }
  const judged = judgeAnswer(areas, sheet.answer, rules, sheet.name)
  const { ratio, limit, acceptable, weights } = judged
  return {
    accountId: sheet.account_id,
    name: sheet.name,
    weights: weights!,
    ratio: ratio ?? 0,
    limit,
    acceptable: acceptable ?? (ratio === null ? true : null),
    contradiction: areasOf(judged),
  }
}

function areasOf({ method, contradiction }: JudgedAnswer): string[] {
  if (contradiction === null) return []
  if (method === 'best-worst') return [contradiction.area]
  return [...new Set(contradiction.judged.flatMap(({ area, over }) => [area, over]))]
}

function groupOf(
  areas: readonly string[],
  row: ConsultationRow,
  submitted: readonly SheetRow[],
): Results['group'] {
  const { id, params } = weightingOf(row, submitted)
  if (id === 'expert.best-worst') {
    const { weights } = weighBestWorst(areas, { ...params, whenInconsistent: 'warn' })
    return { weights, ratio: null, contradiction: [] }
  }
  const { weights, how } = weighAhp(areas, { ...params, whenInconsistent: 'warn' })
  const { worstTriad, consistencyRatio } = how
  const contradicts = worstTriad !== null && worstTriad.inconsistency > rounding
  return {
    weights,
    ratio: consistencyRatio[row.random_index],
    contradiction: contradicts ? worstTriad.areas : [],
  }
}

/** Smaller contradictions of combined judgements are rounding. */
const rounding = 1e-9
