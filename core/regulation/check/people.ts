import type { Fault } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Condition } from '../../contract/regulation/rule.ts'
import { isAttribute } from '../../rating/compile/value.ts'
import { checkCondition, checkTeacherConditions } from './conditions.ts'
import { checkNumber } from './rules.ts'
import { faultAt } from './fault.ts'
import type { Supply } from './supply.ts'

/**
 * Norms, leagues, eligibility and exclusions name positions, facts and values that exist; a position is ranked in one league and
 * has a norm if a league ranks it.
 */
export function checkPeople(document: RegulationDocument, supply: Supply): Fault[] {
  return [
    ...checkNorms(document, supply),
    ...checkLeagues(document, supply),
    ...checkEligibility(document, supply),
    ...checkExclusions(document, supply),
    ...document.requirements.flatMap(({ id: clause, where }, index) =>
      checkTeacherConditions(where, {
        path: ['requirements', index, 'where'],
        clause,
        positions: supply.positions,
      }),
    ),
  ]
}

function checkNorms(document: RegulationDocument, { positions }: Supply): Fault[] {
  const { norms } = document
  const ratios = norms.filter(({ mode }) => mode === 'ratio')
  const twice = ratios.length > 1 ? [faultAt(['norms'], 'norm-ratio-twice', { clause: ratios[1]!.id })] : []
  const used = positionsInUse(document, positions)
  const single = norms.flatMap(({ id: clause, byPosition, points, exceptions }, index) => {
    const path = ['norms', index, 'byPosition']
    const named = Object.keys(byPosition)
    const ofExceptions = exceptions.flatMap(({ where }, at) =>
      checkTeacherConditions(where, { path: ['norms', index, 'exceptions', at, 'where'], clause, positions }),
    )
    if (named.length === 0 && points === null && exceptions.length === 0) {
      return [faultAt(path, 'norm-empty', { clause })]
    }
    const strange = named
      .filter((position) => !positions.has(position))
      .map((position) => faultAt([...path, position], 'position-unknown', { clause, position }))
    const missing = points === null ? used.filter((position) => !named.includes(position)) : []
    const absent = missing.length > 0 ? [faultAt(path, 'norm-missing', { clause, positions: missing })] : []
    return [...ofExceptions, ...strange, ...absent]
  })
  return [...twice, ...single]
}

/** Positions that some league ranks. */
function positionsInUse({ leagues }: RegulationDocument, positions: ReadonlySet<string>): string[] {
  const isOpen = leagues.some((league) => league.positions.length === 0)
  const named = new Set(leagues.flatMap((league) => league.positions))
  return [...positions].filter((position) => isOpen || named.has(position))
}

/** An exclusion names values that facts of its indicator have, or, without one, of some indicator that is counted. */
function checkExclusions({ exclusions, criteria }: RegulationDocument, supply: Supply): Fault[] {
  return exclusions.flatMap(({ id: clause, indicator, where }, index) => {
    const path = ['exclusions', index]
    const names = indicator === null ? [...new Set(criteria.map((one) => one.indicator))] : [indicator]
    const supplied = names.flatMap((name) => supply.indicator(name) ?? [])
    if (indicator !== null && supplied.length === 0) {
      return [faultAt([...path, 'indicator'], 'indicator-unknown', { clause, indicator })]
    }
    return where.flatMap((condition, at) => {
      const wide = indicator === null ? asksUnknownAttribute(condition) : null
      if (wide !== null)
        return [faultAt([...path, 'where', at], 'exclusion-too-wide', { clause, value: wide })]
      const place = { path: [...path, 'where', at], clause }
      const found = supplied.map((one) => checkCondition(condition, { ...place, indicator: one }))
      return found.find((faults) => faults.length === 0) ?? found[0] ?? []
    })
  })
}

/** Name of the attribute that a condition asks to be unknown; null: none. */
function asksUnknownAttribute({ value, unknown, any }: Condition): string | null {
  const asked = any ?? (value === undefined ? [] : [{ value, unknown }])
  return asked.find((one) => one.unknown && isAttribute(one.value))?.value ?? null
}

function checkLeagues({ leagues }: RegulationDocument, supply: Supply): Fault[] {
  const leagueOf = new Map<string, string>()
  const conditions = leagues.flatMap(({ id: clause, where }, index) =>
    checkTeacherConditions(where, { path: ['leagues', index, 'where'], clause, positions: supply.positions }),
  )
  const named = leagues.flatMap((league, leagueIndex) =>
    league.positions.flatMap((position, index) => {
      const path = ['leagues', leagueIndex, 'positions', index]
      const clause = league.id
      if (!supply.positions.has(position)) return [faultAt(path, 'position-unknown', { clause, position })]
      const other = leagueOf.get(position)
      if (league.where.length === 0) leagueOf.set(position, other ?? clause)
      return other === undefined ? [] : [faultAt(path, 'position-twice', { clause, position, other })]
    }),
  )
  return [...conditions, ...named]
}

function checkEligibility({ eligibility }: RegulationDocument, supply: Supply): Fault[] {
  return eligibility.flatMap((rule, index) => {
    const path = ['eligibility', index]
    const clause = rule.id
    if (rule.kind === 'teacher') {
      return checkTeacherConditions(rule.where, {
        path: [...path, 'where'],
        clause,
        positions: supply.positions,
      })
    }
    if (rule.kind !== 'fact') return []
    const { indicator } = rule
    const supplied = supply.indicator(indicator)
    if (!supplied) return [faultAt([...path, 'indicator'], 'indicator-unknown', { clause, indicator })]
    return checkNumber(rule.value, 'value', { path, clause, indicator: supplied })
  })
}
