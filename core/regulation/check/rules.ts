import type { Fault } from '../../contract/problem.ts'
import type { Rule } from '../../contract/regulation/rule.ts'
import type { ConditionPlace } from './conditions.ts'
import { faultsOf, pointerTo } from '../../messages/zod-fault.ts'
import { faultAt } from './fault.ts'
import { checkFormula } from './formulas.ts'
import { checkRanges } from './ranges.ts'
import type { Supply } from './supply.ts'
import { kindOfValue } from './values.ts'

export interface RulePlace extends ConditionPlace {
  supply: Pick<Supply, 'pointsFunction'>
}

/** Whether a rule reads a value the facts have, in a way that fits it. */
export function checkRule(rule: Rule, place: RulePlace): Fault[] {
  switch (rule.kind) {
    case 'per-unit':
      return []
    case 'per-value':
      return checkNumber(rule.of, 'of', place)
    case 'table':
      return checkTable(rule, place)
    case 'tiers':
      return [...checkNumber(rule.of, 'of', place), ...checkTiers(rule, place)]
    case 'expert':
      return Number(rule.from) > Number(rule.to)
        ? [faultAt([...place.path, 'to'], 'range-empty', { clause: place.clause })]
        : []
    case 'formula': {
      const kindOf = (name: string) => kindOfValue(place.indicator, name)
      return checkFormula(rule.formula, 'number', { ...place, path: [...place.path, 'formula'], kindOf })
    }
    case 'function':
      return checkFunction(rule, place)
  }
}

/** The function exists, takes the parameters, and reads values the facts have. */
function checkFunction(rule: Extract<Rule, { kind: 'function' }>, place: RulePlace): Fault[] {
  const { path, clause, indicator, supply } = place
  const found = supply.pointsFunction(rule.use)
  if (!found) return [faultAt([...path, 'use'], 'function-unknown', { clause, function: rule.use })]
  const params = found.params.safeParse(rule.params)
  const faults = params.success
    ? []
    : faultsOf(params.error, rule.params).map((fault) => ({
        path: `${pointerTo([...path, 'params'])}${fault.path}`,
        code: fault.code,
        params: { ...fault.params, clause },
      }))
  const missing = Object.keys(found.values.shape).filter((name) => !kindOfValue(indicator, name))
  return [...faults, ...missing.map((value) => faultAt([...path, 'use'], 'value-unknown', { clause, value }))]
}

/** The value called `name`, written under `key`, must be a number. */
export function checkNumber(name: string, key: string, { path, clause, indicator }: ConditionPlace): Fault[] {
  const kind = kindOfValue(indicator, name)
  if (!kind) return [faultAt([...path, key], 'value-unknown', { clause, value: name })]
  return kind.type === 'number' ? [] : [faultAt([...path, key], 'value-not-number', { clause, value: name })]
}

function checkTable(rule: Extract<Rule, { kind: 'table' }>, place: ConditionPlace): Fault[] {
  const { path, clause, indicator } = place
  const kind = kindOfValue(indicator, rule.by)
  if (!kind) return [faultAt([...path, 'by'], 'value-unknown', { clause, value: rule.by })]
  if (kind.type === 'other') return [faultAt([...path, 'by'], 'value-no-choice', { clause, value: rule.by })]
  const columns = checkColumns(rule, place)
  const rows = Object.keys(rule.points).flatMap((choice) => {
    if (kind.type === 'number' && !isPlainNumber(choice)) {
      return [faultAt([...path, 'points', choice], 'choice-not-number', { clause, choice })]
    }
    const isKnown = kind.choices?.includes(choice) ?? true
    const choices = [...(kind.choices ?? [])]
    return isKnown
      ? []
      : [faultAt([...path, 'points', choice], 'choice-unknown', { clause, choice, choices })]
  })
  return [...columns, ...rows]
}

/** Rows list points by column exactly where the table has a column, whose values the facts have. */
function checkColumns(
  rule: Extract<Rule, { kind: 'table' }>,
  { path, clause, indicator }: ConditionPlace,
): Fault[] {
  const kind = rule.column === null ? null : kindOfValue(indicator, rule.column)
  if (rule.column !== null && !kind) {
    return [faultAt([...path, 'column'], 'value-unknown', { clause, value: rule.column })]
  }
  return Object.entries(rule.points).flatMap(([choice, row]) => {
    const at = [...path, 'points', choice]
    if ((typeof row === 'string') === (rule.column !== null))
      return [faultAt(at, 'table-columns', { clause, choice })]
    const choices = kind?.choices ?? null
    if (typeof row === 'string' || choices === null) return []
    return Object.keys(row)
      .filter((name) => !choices.includes(name))
      .map((name) =>
        faultAt([...at, name], 'choice-unknown', { clause, choice: name, choices: [...choices] }),
      )
  })
}

/** Numbers are looked up as text without trailing zeros: a row called "2.50" would never be found. */
function isPlainNumber(text: string): boolean {
  return /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/.test(text)
}

function checkTiers(rule: Extract<Rule, { kind: 'tiers' }>, { path, clause }: ConditionPlace): Fault[] {
  return checkRanges(rule.tiers).map(({ index, code }) =>
    faultAt([...path, 'tiers', index], code, { clause }),
  )
}
