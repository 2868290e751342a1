import { sql } from 'kysely'
import type { z } from 'zod'
import { UstazError } from '../../contract/problem.ts'
import type { Rule } from '../../contract/regulation/rule.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { PointsFunction } from '../../plugin/points-function.ts'
import type { Answers } from './reads.ts'
import { rowValues } from './value.ts'
import type { Fragment, Values } from './value.ts'

export type FunctionRule = Extract<Rule, { kind: 'function' }>

/** By plugin.function; null: no enabled plugin supplies it. */
export type FindFunction = (id: string) => PointsFunction | null

/** A rule that a plugin computes, as the document uses it; the same function may stand in several rules with other params. */
export interface FunctionUse {
  /** From 1; rating_answer.use says it. */
  no: number
  rule: FunctionRule
  definition: PointsFunction
  params: Record<string, unknown>
  /** Values of a fact it is asked with. */
  names: readonly string[]
}

/** Throws `function-missing` and `function-params-wrong`. */
export function functionUses(
  { criteria, coefficients }: RegulationDocument,
  find: FindFunction,
): FunctionUse[] {
  const rules = [...criteria.map(({ points }) => points), ...coefficients.map(({ rule }) => rule)]
  return rules.filter(isFunction).map((rule, index) => {
    const definition = find(rule.use)
    if (!definition) throw new UstazError('function-missing', { status: 422, params: { function: rule.use } })
    const params = definition.params.safeParse(rule.params)
    if (!params.success) {
      throw new UstazError('function-params-wrong', {
        status: 422,
        params: { function: rule.use },
        cause: params.error,
      })
    }
    return {
      no: index + 1,
      rule,
      definition,
      params: params.data,
      names: Object.keys(definition.values.shape),
    }
  })
}

const isFunction = (rule: Rule): rule is FunctionRule => rule.kind === 'function'

/** What the functions read, and which of it they cannot do without. */
export function answersOf(uses: readonly FunctionUse[]): Answers {
  return (id) => {
    const use = uses.find(({ rule }) => rule.use === id)
    if (!use) return { all: [], needed: [] }
    const shape: Record<string, z.ZodType> = use.definition.values.shape
    const needed = use.names.filter((name) => !shape[name]!.safeParse(null).success)
    return { all: use.names, needed }
  }
}

/** What was answered to the values of a row; null: unknown. */
export function compileAnswer(uses: readonly FunctionUse[]) {
  return (rule: FunctionRule, values: Values): Fragment => {
    const use = uses.find((one) => one.rule === rule)!
    return sql`(select a.points from rating_answer a where a.use = ${sql.lit(use.no)} and a.key = ${keyOf(use, values)})`
  }
}

/** The values a function is asked with, as one JSON object. */
export function questionOf({ names }: FunctionUse, values: Values = rowValues): Fragment {
  const pairs = names.map((name) => sql`${sql.lit(name)}, ${values.json(name)}`)
  return sql`jsonb_build_object(${sql.join(pairs)})`
}

/** Short and of one length, however long the values are. */
export const keyOf = (use: FunctionUse, values: Values = rowValues): Fragment =>
  sql`md5((${questionOf(use, values)})::text)`
