import { usePanelText } from '@ustaz/web/panel'
import type { TeacherResult } from '../contract.ts'

/** The texts of these pages, and what they say of scores. */
export function useSurveyText() {
  const text = usePanelText('surveys', 'surveys')
  const { own, decimal, count } = text
  const score = (value: string | null) =>
    value === null ? own('unknown') : decimal(Number(value).toFixed(1))
  const signedScore = (value: string) => decimal(Number(value).toFixed(1), { sign: true })
  return {
    ...text,
    score,
    signedScore,
    /** The median of the department, or why there is none. */
    medianOrWhy: ({ unitMedian, noMedian }: Pick<TeacherResult, 'unitMedian' | 'noMedian'>) =>
      noMedian === null ? score(unitMedian) : own(`noMedian.${noMedian}`),
    interval: ({ low, high }: Pick<TeacherResult, 'low' | 'high'>) =>
      low === null || high === null ? own('unknown') : own('range', { low: score(low), high: score(high) }),
    /** "24 of 30 (80 %)"; below the threshold "fewer than 5 of 30". */
    responses({
      answers,
      students,
      threshold,
    }: {
      answers: number | null
      students: number
      threshold?: number
    }) {
      const whole = count(students)
      if (answers === null) return own('fewer', { threshold: count(threshold ?? 0), whole })
      const percent = decimal(((100 * answers) / students).toFixed(0))
      return own('responses', { part: count(answers), whole, percent })
    },
  }
}
