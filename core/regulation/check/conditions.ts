import type { Fault } from '../../contract/problem.ts'
import type { Condition } from '../../contract/regulation/rule.ts'
import { faultAt } from './fault.ts'
import type { SuppliedIndicator } from './supply.ts'
import { kindOfValue } from './values.ts'

export interface ConditionPlace {
  path: readonly (string | number)[]
  clause: string
  indicator: SuppliedIndicator
}

/** Whether a condition names a value the facts have, choices the value can take, and can hold at all. */
export function checkCondition(condition: Condition, place: ConditionPlace): Fault[] {
  const { path, clause } = place
  const value = condition.value ?? ''
  const kind = kindOfValue(place.indicator, value)
  if (!kind) {
    return [faultAt([...path, 'value'], 'value-unknown', { clause, value })]
  }
  const faults = [
    ...checkChoices(condition, 'is', kind.choices, place),
    ...checkChoices(condition, 'isNot', kind.choices, place),
  ]
  const asksNumber = condition.atLeast !== undefined || condition.atMost !== undefined
  if (asksNumber && kind.type !== 'number') {
    faults.push(faultAt([...path, 'value'], 'value-not-number', { clause, value }))
  }
  if (!canHold(condition)) faults.push(faultAt(path, 'condition-never', { clause, value }))
  return faults
}

function checkChoices(
  condition: Condition,
  test: 'is' | 'isNot',
  choices: readonly string[] | null,
  { path, clause }: ConditionPlace,
): Fault[] {
  if (!choices) return []
  return (condition[test] ?? []).flatMap((choice, index) =>
    choices.includes(String(choice))
      ? []
      : [faultAt([...path, test, index], 'choice-unknown', { clause, choice, choices: [...choices] })],
  )
}

/** A condition asks for something, not for an unknown and a known value at once, and not for an empty range. */
function canHold(condition: Condition): boolean {
  const { is, isNot, atLeast, atMost, unknown } = condition
  const known = [is, isNot, atLeast, atMost].filter((test) => test !== undefined)
  if (unknown) return known.length === 0
  const isEmpty = atLeast !== undefined && atMost !== undefined && Number(atLeast) > Number(atMost)
  return known.length > 0 && !isEmpty
}
