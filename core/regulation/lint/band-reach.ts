import type { Finding } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Supply } from '../check/supply.ts'
import { warnAt } from './finding.ts'
import { limited, pointsOfCriterion } from './points-range.ts'
import type { PointsRange } from './points-range.ts'
import { isOutside, shownRange } from './ranges.ts'

/** Bands that no total reaches; silent where totals cannot be told from the rules alone. */
export function lintBandReach(document: RegulationDocument, supply: Supply): Finding[] {
  const possible = document.bandsBy === 'league-percent' ? { min: 0, max: 100 } : totalsOf(document, supply)
  if (!possible) return []
  return document.bands.flatMap(({ id, from, to }, index) =>
    isOutside({ from, to, fromInclusive: true, toInclusive: false }, { ...possible, whole: false })
      ? [
          warnAt(['bands', index], 'band-unreachable', {
            clause: id,
            ...shownRange({ ...possible, whole: false }),
          }),
        ]
      : [],
  )
}

/** Lowest and highest total of plain points; null: weights, roll-ups or rules that cannot be read off decide. */
function totalsOf(document: RegulationDocument, supply: Supply): PointsRange | null {
  const { areas, criteria, rollUps, norms, extrapolation, weighting, total } = document
  if (rollUps.length > 0 || extrapolation !== null || weighting.id !== 'shares.points') return null
  if (norms.some(({ mode }) => mode === 'ratio')) return null
  let sum: PointsRange = { min: 0, max: 0 }
  for (const area of areas) {
    let points: PointsRange = { min: 0, max: 0 }
    for (const criterion of criteria.filter((one) => one.area === area.id)) {
      const indicator = supply.indicator(criterion.indicator)
      const range = indicator && pointsOfCriterion(criterion, document, indicator)
      if (!range) return null
      points = plus(points, range)
    }
    sum = plus(sum, limited(points, area))
  }
  for (const norm of norms) {
    const values = [...Object.values(norm.byPosition), ...norm.exceptions.map(({ points }) => points)]
    const numbers = [...values, ...(norm.points === null ? [] : [norm.points])].map(Number)
    const lowest = norm.prorate.length > 0 ? 0 : Math.min(...numbers)
    sum = plus(sum, { min: -Math.max(...numbers), max: -lowest })
  }
  return limited(sum, total)
}

const plus = (a: PointsRange, b: PointsRange): PointsRange => ({ min: a.min + b.min, max: a.max + b.max })
