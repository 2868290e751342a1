import type { Fault } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { checkNumber } from './rules.ts'
import { faultAt } from './fault.ts'
import type { Supply } from './supply.ts'

/** Norms, leagues and eligibility name positions and facts that exist; a position is ranked in one league. */
export function checkPeople(document: RegulationDocument, supply: Supply): Fault[] {
  return [
    ...checkNorms(document, supply),
    ...checkLeagues(document, supply),
    ...checkEligibility(document, supply),
  ]
}

function checkNorms({ norms }: RegulationDocument, { positions }: Supply): Fault[] {
  return norms.flatMap(({ id: clause, byPosition }, index) => {
    const path = ['norms', index, 'byPosition']
    const named = Object.keys(byPosition)
    if (named.length === 0) return [faultAt(path, 'norm-empty', { clause })]
    return named
      .filter((position) => !positions.has(position))
      .map((position) => faultAt([...path, position], 'position-unknown', { clause, position }))
  })
}

function checkLeagues({ leagues }: RegulationDocument, supply: Supply): Fault[] {
  const leagueOf = new Map<string, string>()
  return leagues.flatMap((league, leagueIndex) =>
    league.positions.flatMap((position, index) => {
      const path = ['leagues', leagueIndex, 'positions', index]
      const clause = league.id
      if (!supply.positions.has(position)) return [faultAt(path, 'position-unknown', { clause, position })]
      const other = leagueOf.get(position)
      leagueOf.set(position, other ?? clause)
      return other === undefined ? [] : [faultAt(path, 'position-twice', { clause, position, other })]
    }),
  )
}

function checkEligibility({ eligibility }: RegulationDocument, supply: Supply): Fault[] {
  return eligibility.flatMap((rule, index) => {
    if (rule.kind !== 'fact') return []
    const { id: clause, indicator } = rule
    const path = ['eligibility', index]
    const supplied = supply.indicator(indicator)
    if (!supplied) return [faultAt([...path, 'indicator'], 'indicator-unknown', { clause, indicator })]
    return checkNumber(rule.value, 'value', { path, clause, indicator: supplied })
  })
}
