import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Condition, Rule, Split } from '../../contract/regulation/rule.ts'
import { namesIn } from '../document/formula/expression.ts'
import { parseFormula } from '../document/formula/parse.ts'
import { comparisonsOf } from './condition.ts'

/** The values a plugin's function reads, by its name, and those it cannot do without. */
export type Answers = (use: string) => { all: readonly string[]; needed: readonly string[] }

/** Names of the values that a rule reads, in the order of the rule. */
export function namesOfRule(rule: Rule, answers: Answers): string[] {
  switch (rule.kind) {
    case 'per-unit':
      return ['quantity']
    case 'per-value':
    case 'tiers':
      return [rule.of]
    case 'table':
      return rule.column === null ? [rule.by] : [rule.by, rule.column]
    case 'formula':
      return namesOfFormula(rule.formula)
    case 'expert':
      return ['expertPoints']
    case 'function':
      return [...answers(rule.use).all]
  }
}

/** Names of the values that a split goes by, its minimum aside. */
export function namesOfSplit(split: Split): string[] {
  switch (split.kind) {
    case 'equal':
    case 'by-count':
      return ['participants']
    case 'share':
      return ['share']
    case 'by-role':
      return ['role']
    case 'by-order':
      return ['ordinal']
    case 'formula':
      return namesOfFormula(split.formula)
  }
}

export function namesOfCondition(condition: Condition): string[] {
  if (condition.formula !== undefined) return namesOfFormula(condition.formula)
  return comparisonsOf(condition).map(({ value }) => value)
}

/** Names of all values that the criteria and exclusions of a document read from facts. */
export function namesOfDocument(
  { criteria, coefficients, exclusions }: RegulationDocument,
  answers: Answers,
): Set<string> {
  const rules = [...criteria.map(({ points }) => points), ...coefficients.map(({ rule }) => rule)]
  const splits = criteria.flatMap(({ split }) => split ?? [])
  return new Set([
    ...[...criteria, ...exclusions].flatMap(({ where }) => where.flatMap(namesOfCondition)),
    ...rules.flatMap((rule) => namesOfRule(rule, answers)),
    ...splits.flatMap((split) => [...namesOfSplit(split), ...(split.minimum ? [split.minimum.of] : [])]),
    ...criteria.flatMap(({ keep }) => keep.flatMap(({ per }) => per)),
  ])
}

/** Of a text that is no formula nothing is named: compiling it says what is wrong. */
function namesOfFormula(source: string): string[] {
  const read = parseFormula(source)
  return 'fault' in read ? [] : namesIn(read.expression)
}
