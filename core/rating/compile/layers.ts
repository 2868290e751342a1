import { sql } from 'kysely'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import type { Condition } from '../../contract/regulation/rule.ts'
import { all, compileCondition } from './condition.ts'
import { areDisjoint } from './disjoint.ts'
import { textOf } from './value.ts'
import type { Fragment } from './value.ts'
import type { FrozenPeriod } from './teacher-rows.ts'
import { windowDays } from './window.ts'

/** A criterion with its number: its place in the document, counted from 1. */
export interface NumberedCriterion {
  no: number
  criterion: Criterion
}

export function numberCriteria({ criteria }: RegulationDocument): NumberedCriterion[] {
  return criteria.map((criterion, index) => ({ no: index + 1, criterion }))
}

/**
 * The facts with the number of the criterion that counts them (no), once for each criterion that does. Criteria that can never
 * count the same fact share one CASE (a layer); only criteria that overlap need a second layer, so that a fact is tested by a
 * few comparisons instead of by every criterion. Each layer reads the facts of its own indicators; values of a lateral
 * join would be compiled anew for each fact, a hundred times as slow.
 */
export function compileLayers(
  facts: Fragment,
  criteria: readonly NumberedCriterion[],
  period: FrozenPeriod,
): Fragment {
  const layers = layersOf(criteria).map((layer) => {
    const indicators = [...new Set(layer.map(({ criterion }) => criterion.indicator))].map((one) =>
      sql.lit(one),
    )
    // The barrier keeps the server from testing each fact a second time where it leaves out those without a number.
    return sql`(select f.*, ${compileLayer(layer, period)} as no from (${facts}) f
      where f.indicator in (${sql.join(indicators)}) offset 0)`
  })
  return sql`select f.* from (${sql.join(layers, sql` union all `)}) f where f.no is not null`
}

/** Splits the criteria into layers within which no fact can be counted twice. */
export function layersOf(criteria: readonly NumberedCriterion[]): NumberedCriterion[][] {
  const layers: NumberedCriterion[][] = []
  for (const item of criteria) {
    const layer = layers.find((others) =>
      others.every((other) => cannotMeet(item.criterion, other.criterion)),
    )
    if (layer) layer.push(item)
    else layers.push([item])
  }
  return layers
}

function cannotMeet(a: Criterion, b: Criterion): boolean {
  return a.indicator !== b.indicator || areDisjoint(a.where, b.where)
}

function compileLayer(layer: readonly NumberedCriterion[], period: FrozenPeriod): Fragment {
  const indicators = [...new Set(layer.map(({ criterion }) => criterion.indicator))]
  const branches = indicators.map((indicator) => {
    const candidates = layer
      .filter(({ criterion }) => criterion.indicator === indicator)
      .map(({ no, criterion }) => ({ no, where: criterion.where, days: testDays(criterion, period) }))
    return sql`when ${sql.lit(indicator)} then ${decide(candidates)}`
  })
  return sql`case f.indicator ${sql.join(branches, sql` `)} end`
}

/** Whether the day of a fact lies in the criterion's window; null: all frozen days do. */
function testDays({ window }: Criterion, period: FrozenPeriod): Fragment | null {
  const { from, to } = windowDays(window, period)
  const day = (text: string) => sql`${sql.lit(text)}::date`
  const tests = [
    ...(from > period.factsFrom ? [sql`f.happened_on >= ${day(from)}`] : []),
    ...(to < period.to ? [sql`f.happened_on <= ${day(to)}`] : []),
  ]
  return tests.length === 0 ? null : all(tests)
}

interface Candidate {
  no: number
  where: readonly Condition[]
  days: Fragment | null
}

/** The number of the candidate whose conditions hold: by the value all candidates ask for first, then one by one. */
function decide(candidates: readonly Candidate[]): Fragment {
  const [only, second] = candidates
  if (!only) return sql`null`
  if (!second) return only.where.length === 0 && !only.days ? sql.lit(only.no) : chain([only])
  const discriminator = only.where.find(
    ({ value, is }) =>
      value !== undefined &&
      is &&
      candidates.every(({ where }) => where.some((c) => c.value === value && c.is)),
  )?.value
  if (discriminator === undefined) return chain(candidates)
  const values = [...new Set(candidates.flatMap((candidate) => isOf(candidate, discriminator)))]
  if (values.length === 1) return chain(candidates)
  const branches = values.map((value) => {
    const rest = candidates
      .filter((candidate) => isOf(candidate, discriminator).includes(value))
      .map((candidate) => withoutIs(candidate, discriminator))
    return sql`when ${sql.lit(value)} then ${decide(rest)}`
  })
  return sql`case ${textOf(discriminator, values)} ${sql.join(branches, sql` `)} end`
}

function chain(candidates: readonly Candidate[]): Fragment {
  const branches = candidates.map(({ no, where, days }) => {
    const tests = [...(days ? [days] : []), ...where.map(compileCondition)]
    return sql`when ${all(tests)} then ${sql.lit(no)}`
  })
  return sql`case ${sql.join(branches, sql` `)} end`
}

function isOf(candidate: Candidate, value: string): string[] {
  return firstIs(candidate, value)?.is?.map(String) ?? []
}

function firstIs(candidate: Candidate, value: string): Condition | undefined {
  return candidate.where.find((condition) => condition.value === value && condition.is)
}

/** The candidate without the test that its branch has already made. */
function withoutIs(candidate: Candidate, value: string): Candidate {
  const tested = firstIs(candidate, value)
  const where = candidate.where.flatMap((condition) => {
    if (condition !== tested) return [condition]
    const { is: _, id: __, ...rest } = condition
    return Object.keys(rest).length > 1 ? [rest] : []
  })
  return { ...candidate, where }
}
