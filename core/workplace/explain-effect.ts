import type { RegulationDocument } from '../contract/regulation/document.ts'
import { numbersOfFacts, textsOfFacts } from '../contract/regulation/values.ts'
import type { EntryEffect } from '../contract/resources/teacher-year.ts'
import { namesOfRule } from '../rating/compile/reads.ts'
import type { Effect } from '../rating/preview/read-effects.ts'
import { titlesOf } from '../rating/results/teacher-result.ts'

type Why = EntryEffect['why']
/** An effect with what there is to say of it; the reasons are not yet in words. */
export type ExplainedEffect = Effect & Pick<EntryEffect, 'why' | 'unknown'>

export function explainEffect(effect: Effect, document: RegulationDocument): ExplainedEffect {
  return { ...effect, why: whyNothing(effect, document), unknown: unknownValues(effect, document) }
}

const always = (code: NonNullable<Why>['code']): Why => ({ code, clause: null, clauseTitle: null })

/** Why a fact changes nothing, or why that cannot be told; null: it changes something. */
function whyNothing({ change, lines, others, reasons }: Effect, document: RegulationDocument): Why {
  if (lines.length === 0) return always('no-clause')
  if (change === null || (change === '0' && reasons.length > 0)) return always('waits')
  if (change !== '0') return null
  const naming = (code: NonNullable<Why>['code'], clause: string): Why => ({
    code,
    clause,
    clauseTitle: titlesOf(document).get(clause) ?? document.title,
  })
  const limit = others.find(({ kind, change: cut }) => isLimit(kind) && cut.startsWith('-'))
  if (limit) return naming('limit', limit.clause)
  const list = lines.find(({ kind }) => kind === 'once' || kind === 'keep')
  if (list) return naming('gives-way', list.clause)
  const counting = lines.find(({ kind }) => kind === 'points')
  return counting ? naming('zero-points', counting.clause) : always('zero-points')
}

const isLimit = (kind: string) => kind === 'cap' || kind === 'share'

/** What stands in the way of an entry before any clause is asked. */
export function untold(code: NonNullable<Why>['code']): ExplainedEffect {
  return { change: null, lines: [], others: [], reasons: [], unknown: [], why: always(code) }
}

/** Attributes that the clauses counting a fact read and that it lacks. */
function unknownValues({ lines }: Effect, document: RegulationDocument): EntryEffect['unknown'] {
  const counted = lines.filter(({ kind }) => kind === 'points')
  return counted.flatMap(({ clause, fact }) => {
    const criterion = document.criteria.find(({ id }) => id === clause)
    if (!criterion || !fact) return []
    const factors = document.coefficients.filter(({ id }) => criterion.factors.includes(id))
    const names = [criterion.points, ...factors.map(({ rule }) => rule)].flatMap((rule) => {
      return namesOfRule(rule, () => ({ all: [], needed: [] }))
    })
    return [...new Set(names)]
      .filter((name) => !ofCore.has(name) && !name.startsWith('teacher.'))
      .filter((name) => (fact.attributes[name] ?? null) === null)
      .map((value) => ({ clause, indicator: fact.indicator, value }))
  })
}

/** Values that every fact has beside its attributes, or that whoever verifies gives. */
const ofCore: ReadonlySet<string> = new Set([...numbersOfFacts, ...textsOfFacts, 'role'])
