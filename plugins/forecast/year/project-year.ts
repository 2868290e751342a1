import { studentReach } from '../ratings/intervals.ts'

/** How many entries of a year stood on its day, and how many it had in the end. */
export interface EarlierYear {
  standing: number
  final: number
}
export interface YearProjection {
  mean: number
  lower80: number
  upper80: number
  lower95: number
  upper95: number
}
/** few-years: fewer than two earlier years to learn from. too-early: nothing stands yet, or did by this day in earlier years. */
export type ProjectionRefusal = 'few-years' | 'too-early'

export const fewestYears = 2

/**
 * What the year will have in the end if it goes on as earlier years did: what stands now over the share that stood by this day in all earlier
 * years together. The interval is Student's of a new year by how much log(final / standing) differed among the earlier ones, which never
 * counts as less than what chance alone makes of so few entries (binomial: (1 - share) / standing). What stands does not go away: no
 * bound lies below it.
 */
export function projectYear(
  now: number,
  earlier: readonly EarlierYear[],
): YearProjection | ProjectionRefusal {
  const years = earlier.filter(({ final }) => final > 0)
  if (years.length < fewestYears) return 'few-years'
  if (now === 0 || years.some(({ standing }) => standing === 0)) return 'too-early'
  const sum = (pick: (year: EarlierYear) => number) => years.reduce((total, year) => total + pick(year), 0)
  const share = sum(({ standing }) => standing) / sum(({ final }) => final)
  const logs = years.map(({ standing, final }) => Math.log(final / standing))
  const middle = logs.reduce((total, log) => total + log, 0) / logs.length
  const spread = logs.reduce((total, log) => total + (log - middle) ** 2, 0) / (logs.length - 1)
  const deviation = Math.sqrt(Math.max(spread, (1 - share) / now) * (1 + 1 / logs.length))
  const { inner, outer } = studentReach(logs.length - 1)
  const mean = now / share
  const at = (factor: number) => Math.max(now, mean * Math.exp(factor * deviation))
  return { mean, lower80: at(-inner), upper80: at(inner), lower95: at(-outer), upper95: at(outer) }
}
