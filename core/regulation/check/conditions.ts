import type { Fault } from '../../contract/problem.ts'
import type { Comparison, Condition } from '../../contract/regulation/rule.ts'
import { faultAt } from './fault.ts'
import { checkFormula } from './formulas.ts'
import type { SuppliedIndicator } from './supply.ts'
import { kindOfTeacherValue, kindOfValue } from './values.ts'
import type { ValueKind } from './values.ts'

export interface ConditionPlace {
  path: readonly (string | number)[]
  clause: string
  indicator: SuppliedIndicator
}

interface Place {
  path: readonly (string | number)[]
  clause: string
  /** What a value can be; null: there is no such value. */
  kindOf(name: string): ValueKind | null
}

/** Whether a condition has one form, names values the facts have, choices those can take, and can hold at all. */
export function checkCondition(condition: Condition, { path, clause, indicator }: ConditionPlace): Fault[] {
  return checkForm(condition, { path, clause, kindOf: (name) => kindOfValue(indicator, name) })
}

/** The same for conditions about people: they name values of the teacher only, and positions that exist. */
export function checkTeacherConditions(
  conditions: readonly Condition[],
  place: { path: readonly (string | number)[]; clause: string; positions: ReadonlySet<string> },
): Fault[] {
  const { path, clause, positions } = place
  const kindOf = (name: string): ValueKind | null =>
    name === 'teacher.position' ? { type: 'text', choices: [...positions] } : kindOfTeacherValue(name)
  return conditions.flatMap((condition, index) =>
    checkForm(condition, { path: [...path, index], clause, kindOf }),
  )
}

function checkForm(condition: Condition, place: Place): Fault[] {
  const { value, any, formula } = condition
  const forms = [value, any, formula].filter((form) => form !== undefined)
  if (forms.length !== 1) return [faultAt(place.path, 'condition-form', { clause: place.clause })]
  if (any) {
    return any.flatMap((one, index) =>
      checkComparison(one, { ...place, path: [...place.path, 'any', index] }),
    )
  }
  if (formula !== undefined)
    return checkFormula(formula, 'flag', { ...place, path: [...place.path, 'formula'] })
  return checkComparison({ ...condition, value: value! }, place)
}

function checkComparison(condition: Comparison, place: Place): Fault[] {
  const { path, clause } = place
  const { value } = condition
  const kind = place.kindOf(value)
  if (!kind) return [faultAt([...path, 'value'], 'value-unknown', { clause, value })]
  const faults = [
    ...checkChoices(condition, 'is', kind.choices, place),
    ...checkChoices(condition, 'isNot', kind.choices, place),
  ]
  if (boundsOf(condition).length > 0 && kind.type !== 'number') {
    faults.push(faultAt([...path, 'value'], 'value-not-number', { clause, value }))
  }
  if (!canHold(condition)) faults.push(faultAt(path, 'condition-never', { clause, value }))
  return faults
}

function checkChoices(
  condition: Comparison,
  test: 'is' | 'isNot',
  choices: readonly string[] | null,
  { path, clause }: Place,
): Fault[] {
  if (!choices) return []
  return (condition[test] ?? []).flatMap((choice, index) =>
    choices.includes(String(choice))
      ? []
      : [faultAt([...path, test, index], 'choice-unknown', { clause, choice, choices: [...choices] })],
  )
}

const boundsOf = ({ atLeast, atMost, above, below }: Comparison) =>
  [atLeast, atMost, above, below].filter((bound) => bound !== undefined)

/** A condition asks for something, not for an unknown and a known value at once, and not for an empty range. */
function canHold(condition: Comparison): boolean {
  const { is, isNot, atLeast, atMost, above, below, unknown } = condition
  const known = [is, isNot, ...boundsOf(condition)].filter((test) => test !== undefined)
  if (unknown) return known.length === 0
  const low = Math.max(...[atLeast, above].flatMap((bound) => (bound === undefined ? [] : Number(bound))))
  const high = Math.min(...[atMost, below].flatMap((bound) => (bound === undefined ? [] : Number(bound))))
  const isOpen =
    (above !== undefined && Number(above) === low) || (below !== undefined && Number(below) === high)
  return known.length > 0 && (low < high || (low === high && !isOpen))
}
