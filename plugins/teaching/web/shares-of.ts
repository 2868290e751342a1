import type { ResultDetail } from '../contract.ts'

export interface Step {
  from: number
  /** Last grade of the step, inclusive. */
  to: number
  /** Percent of the students to one decimal, as text; null: there are none to speak of. */
  own: string | null
  norm: string | null
}

/** A distribution in percents, so that groups of different size lie side by side. */
export function sharesOf(distribution: ResultDetail['distribution']): Step[] {
  const sum = (of: 'own' | 'norm') => distribution.reduce((total, step) => total + step[of], 0)
  const totals = { own: sum('own'), norm: sum('norm') }
  const share = (count: number, total: number) => (total === 0 ? null : ((100 * count) / total).toFixed(1))
  return distribution.map(({ from, own, norm }) => ({
    from,
    to: from === 90 ? 100 : from + 9,
    own: share(own, totals.own),
    norm: share(norm, totals.norm),
  }))
}
