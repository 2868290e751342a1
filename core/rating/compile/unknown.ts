import { sql } from 'kysely'
import type { Rule, Split } from '../../contract/regulation/rule.ts'
import { unknownInFormula } from './formula.ts'
import { namesOfRule, namesOfSplit } from './reads.ts'
import type { Answers } from './reads.ts'
import { rowValues } from './value.ts'
import type { Fragment, Values } from './value.ts'

/**
 * Why a rule gives nothing for a row where it gives nothing: a JSON object with `code` and what the words of the reason need:
 * `value-unknown`, `value-without-points` (known, but the regulation has no points for it), `expert-points-out-of-range`,
 * `formula-without-result` (it divides by 0 or the like), `function-without-answer`.
 */
export function unknownOfRule(rule: Rule, answers: Answers, values: Values = rowValues): Fragment {
  const [first] = namesOfRule(rule, answers)
  switch (rule.kind) {
    case 'per-unit':
    case 'per-value':
      return named(first!)
    case 'table':
      return firstUnknown(
        [rule.by, ...(rule.column === null ? [] : [rule.column])],
        values.text,
        withoutPoints(rule.by, values),
      )
    case 'tiers':
      return firstUnknown([rule.of], values.number, withoutPoints(rule.of, values))
    case 'expert':
      return firstUnknown(
        ['expertPoints'],
        values.number,
        reason('expert-points-out-of-range', {
          value: sql.lit('expertPoints'),
          found: values.text('expertPoints'),
          from: sql.lit(rule.from),
          to: sql.lit(rule.to),
        }),
      )
    case 'formula':
      return unknownOfFormula(rule.formula, 'number', values)
    case 'function':
      return firstUnknown(
        answers(rule.use).needed,
        values.text,
        reason('function-without-answer', { function: sql.lit(rule.use) }),
      )
  }
}

/** The same for a split that gives nothing. */
export function unknownOfSplit(split: Split): Fragment {
  if (split.kind === 'formula') return unknownOfFormula(split.formula, 'number', rowValues)
  const own = named(namesOfSplit(split)[0]!)
  if (split.kind !== 'by-role' || !split.othersDivide) return own
  return sql`case when ${rowValues.text('role')} is null then ${own} else ${named('roleCounts')} end`
}

export const named = (value: string): Fragment => reason('value-unknown', { value: sql.lit(value) })

function unknownOfFormula(formula: string, wanted: 'number', values: Values): Fragment {
  const value = unknownInFormula(formula, wanted, values)
  return sql`case when ${value} is not null then ${reason('value-unknown', { value })}
    else ${reason('formula-without-result', { formula: sql.lit(formula) })} end`
}

function withoutPoints(value: string, values: Values): Fragment {
  return reason('value-without-points', { value: sql.lit(value), found: values.text(value) })
}

function firstUnknown(
  names: readonly string[],
  valueOf: (name: string) => Fragment,
  otherwise: Fragment,
): Fragment {
  const branches = names.map((name) => sql`when (${valueOf(name)}) is null then ${named(name)}`)
  return branches.length === 0 ? otherwise : sql`case ${sql.join(branches, sql` `)} else ${otherwise} end`
}

function reason(code: string, params: Record<string, Fragment>): Fragment {
  const pairs = Object.entries({ code: sql.lit(code), ...params }).map(
    ([key, value]) => sql`${sql.lit(key)}, (${value})::text`,
  )
  return sql`jsonb_build_object(${sql.join(pairs)})`
}
