import type { Finding } from '../../contract/problem.ts'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import type { Rule } from '../../contract/regulation/rule.ts'
import type { Supply } from '../check/supply.ts'
import { knownCriteria, warnAt } from './finding.ts'

const sharing = /\b(participants|affiliated|ordinal|share|role)\b/

/** Criteria by which every one of several participants gets the whole points; one finding for each indicator. */
export function lintCoAuthors(document: RegulationDocument, supply: Supply): Finding[] {
  const full = knownCriteria(document, supply).filter(
    ({ criterion, indicator }) =>
      indicator.participants === 'many' && criterion.whose === 'own' && !tellsApart(criterion, document),
  )
  return [...Map.groupBy(full, ({ criterion }) => criterion.indicator)].map(([indicator, found]) => {
    const { criterion, index } = found[0]!
    const clauses = found.map((one) => one.criterion.id)
    return warnAt(['criteria', index, 'split'], 'co-authors-full', {
      clause: criterion.id,
      clauses,
      indicator,
    })
  })
}

/** Whether points depend in any way on who did how much. */
function tellsApart(criterion: Criterion, { coefficients }: RegulationDocument): boolean {
  const rules = [
    criterion.points,
    ...coefficients.filter(({ id }) => criterion.factors.includes(id)).map(({ rule }) => rule),
  ]
  const asked = criterion.where.some(({ value, formula }) => sharing.test(value ?? formula ?? ''))
  return criterion.split !== null || asked || rules.some(readsSharing)
}

function readsSharing(rule: Rule): boolean {
  switch (rule.kind) {
    case 'table':
      return sharing.test(`${rule.by} ${rule.column ?? ''}`)
    case 'per-value':
    case 'tiers':
      return sharing.test(rule.of)
    case 'formula':
      return sharing.test(rule.formula)
    case 'function':
      return true
    case 'per-unit':
    case 'expert':
      return false
  }
}
