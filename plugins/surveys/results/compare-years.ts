import { doubtOf } from '../scores/index.ts'
import { normalReach } from '../scores/normal.ts'
import { confidencePercent } from './estimate-teachers.ts'

/** What one survey said of a teacher, as it was written down at its end. 0 to 100; null: no score. */
export interface YearFigures {
  campaignId: number
  versionId: number
  shrunken: number | null
  standardError: number | null
  low: number | null
  high: number | null
  unitMedian: number | null
}

export interface Change {
  /** The survey before with a score. */
  from: number
  /** This less that one. */
  difference: number
  /** As much as chance alone brings to either side, in 95 of 100 cases. */
  margin: number
  /** Whether it is more than that. */
  verdict: 'higher' | 'lower' | 'noise'
  /** The other survey asked another version of the questions. */
  otherQuestions: boolean
}
export type Beside = 'above' | 'below' | 'within'

const chance = (100 - confidencePercent) / 200

/**
 * What each of a teacher's surveys, oldest first, changed since the one before it with a score; null: there is none. Both figures are drawn to the
 * mean of their own survey and their errors are taken as independent, so a change is rather overlooked than made up.
 */
export function changesOf(years: readonly YearFigures[]): (Change | null)[] {
  return years.map((now, index) => {
    const before = years.slice(0, index).findLast(({ shrunken }) => shrunken !== null)
    return before ? changeOf(before, now) : null
  })
}

function changeOf(before: YearFigures, now: YearFigures): Change | null {
  if (before.shrunken === null || now.shrunken === null) return null
  if (before.standardError === null || now.standardError === null) return null
  const difference = now.shrunken - before.shrunken
  const standardError = Math.hypot(before.standardError, now.standardError)
  const isNoise = standardError > 0 && doubtOf(difference, standardError).doubt >= chance
  return {
    from: before.campaignId,
    difference,
    margin: normalReach[confidencePercent] * standardError,
    verdict: isNoise || difference === 0 ? 'noise' : difference > 0 ? 'higher' : 'lower',
    otherQuestions: before.versionId !== now.versionId,
  }
}

/** Where the interval of a score lies beside the median of the department; null: one of them is not known. */
export function besideMedian({ low, high, unitMedian }: YearFigures): Beside | null {
  if (low === null || high === null || unitMedian === null) return null
  if (low > unitMedian) return 'above'
  return high < unitMedian ? 'below' : 'within'
}
