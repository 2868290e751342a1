import type { Fault } from '../../contract/problem.ts'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import { checkCondition } from './conditions.ts'
import { namesOfRule } from '../../rating/compile/reads.ts'
import { faultAt } from './fault.ts'
import { checkSplitFormula } from './formulas.ts'
import { isDay } from './limits.ts'
import { checkNumber, checkRule } from './rules.ts'
import { kindOfValue } from './values.ts'
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
    return [...faults, ...checkCounting(criterion, ['criteria', index], supplied, { document, supply })]
  })
}

function checkCounting(
  criterion: Criterion,
  path: readonly (string | number)[],
  indicator: SuppliedIndicator,
  { document, supply }: { document: RegulationDocument; supply: Supply },
): Fault[] {
  const clause = criterion.id
  const minimum = criterion.split?.minimum
  const factors = criterion.factors.flatMap((id, index) => {
    const rule = document.coefficients.find((one) => one.id === id)?.rule
    return rule ? checkRule(rule, { path: [...path, 'factors', index], clause, indicator, supply }) : []
  })
  return [
    ...criterion.where.flatMap((condition, index) =>
      checkCondition(condition, { path: [...path, 'where', index], clause, indicator }),
    ),
    ...checkRule(criterion.points, { path: [...path, 'points'], clause, indicator, supply }),
    ...factors,
    ...checkSplitFormula(criterion, path, indicator),
    ...checkTogether(criterion, path, { indicator, supply }),
    ...checkRoles(criterion, path, indicator),
    ...checkKeep(criterion, path, indicator),
    ...checkWindow(criterion, path),
    ...(minimum
      ? checkNumber(minimum.of, 'of', { path: [...path, 'split', 'minimum'], clause, indicator })
      : []),
  ]
}

/** A rule for all facts at once reads one number of theirs, and nothing after it is about single facts. */
export function checkTogether(
  { id: clause, together, points, factors, split, capPerFact }: Criterion,
  path: readonly (string | number)[],
  { indicator, supply }: { indicator: SuppliedIndicator; supply: Supply },
): Fault[] {
  if (together === null) return []
  const all = (use: string) => Object.keys(supply.pointsFunction(use)?.values.shape ?? {})
  const names = namesOfRule(points, (use) => ({ all: all(use), needed: [] }))
  const ofFact = [...new Set(names.filter((name) => !name.startsWith('teacher.')))]
  const isOfOneNumber =
    ofFact.length < 2 && ofFact.every((name) => kindOfValue(indicator, name)?.type === 'number')
  const isAlone = factors.length === 0 && split === null && capPerFact === null
  return isOfOneNumber && isAlone ? [] : [faultAt([...path, 'together'], 'together-alone', { clause })]
}

function checkRoles(
  { id: clause, split }: Criterion,
  path: readonly (string | number)[],
  { roles }: SuppliedIndicator,
): Fault[] {
  if (split?.kind !== 'by-role') return []
  return split.leading.flatMap((choice, index) =>
    roles.includes(choice)
      ? []
      : [
          faultAt([...path, 'split', 'leading', index], 'choice-unknown', {
            clause,
            choice,
            choices: [...roles],
          }),
        ],
  )
}

function checkKeep(
  { id: clause, keep }: Criterion,
  path: readonly (string | number)[],
  indicator: SuppliedIndicator,
): Fault[] {
  return keep.flatMap(({ per }, at) =>
    per.flatMap((value, index) =>
      kindOfValue(indicator, value)
        ? []
        : [faultAt([...path, 'keep', at, 'per', index], 'value-unknown', { clause, value })],
    ),
  )
}

function checkWindow({ id: clause, window }: Criterion, path: readonly (string | number)[]): Fault[] {
  const start = window?.start ?? null
  return start === null || isDay(start)
    ? []
    : [faultAt([...path, 'window', 'start'], 'day-unknown', { clause, day: start })]
}
