import type { Fault } from '../../contract/problem.ts'
import type { Criterion } from '../../contract/regulation/document.ts'
import { parseFormula } from '../../rating/document/formula/parse.ts'
import { typeFormula } from '../../rating/document/formula/types.ts'
import { faultAt } from './fault.ts'
import type { SuppliedIndicator } from './supply.ts'
import { kindOfValue } from './values.ts'
import type { ValueKind } from './values.ts'

export interface FormulaPlace {
  path: readonly (string | number)[]
  clause: string
  /** What a value can be; null: there is no such value. */
  kindOf(name: string): ValueKind | null
}

/** Whether a text reads as a formula over values that are there, and gives a number (of a condition: yes or no). */
export function checkFormula(source: string, wanted: 'number' | 'flag', place: FormulaPlace): Fault[] {
  const { path, clause, kindOf } = place
  const read = parseFormula(source)
  if ('fault' in read) return [faultOf(read.fault, path, clause)]
  const { faults } = typeFormula(read.expression, wanted, (name) => {
    const kind = kindOf(name)
    return kind?.type === 'other' ? 'any' : (kind?.type ?? null)
  })
  return faults.map((fault) => faultOf(fault, path, clause))
}

/** A criterion's split by a formula. */
export function checkSplitFormula(
  { id: clause, split }: Criterion,
  path: readonly (string | number)[],
  indicator: SuppliedIndicator,
): Fault[] {
  if (split?.kind !== 'formula') return []
  const kindOf = (name: string) => kindOfValue(indicator, name)
  return checkFormula(split.formula, 'number', { path: [...path, 'split', 'formula'], clause, kindOf })
}

function faultOf(
  { code, position, params }: { code: string; position: number; params: Record<string, string | number> },
  path: readonly (string | number)[],
  clause: string,
): Fault {
  return faultAt(path, code, { ...params, clause, position })
}
