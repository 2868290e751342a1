import type { Fault } from '../../contract/problem.ts'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import { checkCondition } from './conditions.ts'
import { faultAt } from './fault.ts'
import { checkNumber, checkRule } from './rules.ts'
import type { SuppliedIndicator, Supply } from './supply.ts'

/** Every criterion stands in an area and counts facts that somebody supplies, by values those facts have. */
export function checkCriteria(document: RegulationDocument, supply: Supply): Fault[] {
  const areas = new Set(document.areas.map(({ id }) => id))
  return document.criteria.flatMap((criterion, index) => {
    const { id: clause, area, indicator } = criterion
    const faults: Fault[] = []
    if (!areas.has(area)) faults.push(faultAt(['criteria', index, 'area'], 'area-unknown', { clause, area }))
    const supplied = supply.indicator(indicator)
    if (!supplied) {
      faults.push(faultAt(['criteria', index, 'indicator'], 'indicator-unknown', { clause, indicator }))
      return faults
    }
    return [...faults, ...checkCounting(criterion, ['criteria', index], supplied)]
  })
}

function checkCounting(
  criterion: Criterion,
  path: readonly (string | number)[],
  indicator: SuppliedIndicator,
): Fault[] {
  const clause = criterion.id
  const minimum = criterion.split?.minimum
  return [
    ...criterion.where.flatMap((condition, index) =>
      checkCondition(condition, { path: [...path, 'where', index], clause, indicator }),
    ),
    ...checkRule(criterion.points, { path: [...path, 'points'], clause, indicator }),
    ...(minimum
      ? checkNumber(minimum.of, 'of', { path: [...path, 'split', 'minimum'], clause, indicator })
      : []),
  ]
}
