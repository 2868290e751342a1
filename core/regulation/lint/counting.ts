import type { Finding } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Supply } from '../check/supply.ts'
import { knownCriteria, warnAt } from './finding.ts'

/** What lasts (a certificate, a membership) can be entered every year; without window or limit it counts every time. */
export function lintLasting(document: RegulationDocument, supply: Supply): Finding[] {
  return knownCriteria(document, supply).flatMap(({ criterion, index, indicator }) => {
    const { id: clause, window, keep, where, together } = criterion
    const isLimited =
      (window !== null && window.years > 1) ||
      keep.length > 0 ||
      together !== null ||
      where.some(({ value, formula }) => value === 'age' || /\bage\b/.test(formula ?? ''))
    return indicator.lasting && !isLimited
      ? [warnAt(['criteria', index], 'lasting-every-year', { clause })]
      : []
  })
}

/** A criterion that names one unit while its rule counts facts of another; what counts once for each person counts people. */
export function lintUnits(document: RegulationDocument, supply: Supply): Finding[] {
  return knownCriteria(document, supply).flatMap(({ criterion, index, indicator }) => {
    const { id: clause, points, unit, keep } = criterion
    const counts = points.kind === 'per-unit' || points.kind === 'table'
    const counted = keep.some(({ per }) => per.includes('person')) ? 'person' : indicator.unit
    return counts && unit !== counted
      ? [warnAt(['criteria', index, 'unit'], 'unit-differs', { clause, unit, counted })]
      : []
  })
}

export function lintEmptyAreas({ areas, criteria, rollUps }: RegulationDocument): Finding[] {
  const used = new Set([...criteria, ...rollUps].map(({ area }) => area))
  return areas.flatMap(({ id }, index) =>
    used.has(id) ? [] : [warnAt(['areas', index], 'area-empty', { clause: id })],
  )
}

/** Positions of the university that no league ranks: their teachers are scored and shown as not ranked. */
export function lintLeagues({ leagues, code }: RegulationDocument, { positions }: Supply): Finding[] {
  if (leagues.some((league) => league.positions.length === 0)) return []
  const ranked = new Set(leagues.flatMap((league) => league.positions))
  const missing = [...positions].filter((position) => !ranked.has(position))
  return missing.length === 0
    ? []
    : [warnAt(['leagues'], 'position-without-league', { clause: code, positions: missing })]
}
