import { sql } from 'kysely'
import type { RegulationDocument, Criterion } from '../../contract/regulation/document.ts'
import type { Condition } from '../../contract/regulation/rule.ts'
import { all, areDisjoint, compileCondition } from './condition.ts'
import { compileRule } from './rule.ts'
import { compileMinimum, compileSplit } from './split.ts'
import { textOf } from './value.ts'
import type { Fragment } from './value.ts'

/** A criterion with its number: its place in the document, counted from 1. */
export interface NumberedCriterion {
  no: number
  criterion: Criterion
}

export function numberCriteria(document: RegulationDocument): NumberedCriterion[] {
  return document.criteria.map((criterion, index) => ({ no: index + 1, criterion }))
}

/**
 * Every pair of a frozen fact and a criterion that counts it, as a query with columns teacher_id, fact_no, no (the
 * criterion), points, shared, awarded (numeric; null: an unknown value blocks). `teacherId` null: all teachers.
 *
 * The facts are read once. Criteria that can never count the same fact share one CASE (a layer); only criteria that overlap
 * need a second layer, so that a fact is tested by a few comparisons instead of by every criterion.
 */
export function compileMatches(
  document: RegulationDocument,
  source: { snapshotId: number; teacherId: number | null },
): Fragment {
  const numbered = numberCriteria(document)
  const layers = layersOf(numbered).map(compileLayer)
  const onlyOne = source.teacherId === null ? sql`` : sql`and f.teacher_id = ${sql.lit(source.teacherId)}`
  const chosen = sql`select f.*, c.no from core.snapshot_fact f
    cross join lateral (values ${sql.join(layers.map((layer) => sql`(${layer})`))}) c (no)
    where f.snapshot_id = ${sql.lit(source.snapshotId)} ${onlyOne} and c.no is not null`
  const rules = byNumber(numbered, ({ criterion }) => compileRule(criterion.points), sql`null::numeric`)
  const splits = byNumber(
    numbered.filter(({ criterion }) => criterion.split),
    ({ criterion }) => compileSplit(criterion.split!),
    sql`f.points`,
  )
  const minimums = byNumber(
    numbered.filter(({ criterion }) => criterion.split?.minimum),
    ({ criterion }) => compileMinimum(criterion.split!.minimum!),
    sql`f.shared`,
  )
  return sql`select f.teacher_id, f.fact_no, f.no::smallint as no, f.points, f.shared, ${minimums} as awarded
    from (select f.*, ${splits} as shared
      from (select f.*, ${rules} as points from (${chosen}) f offset 0) f offset 0) f`
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

function compileLayer(layer: readonly NumberedCriterion[]): Fragment {
  const indicators = [...new Set(layer.map(({ criterion }) => criterion.indicator))]
  const branches = indicators.map((indicator) => {
    const candidates = layer
      .filter(({ criterion }) => criterion.indicator === indicator)
      .map(({ no, criterion }) => ({ no, where: criterion.where }))
    return sql`when ${sql.lit(indicator)} then ${decide(candidates)}`
  })
  return sql`case f.indicator ${sql.join(branches, sql` `)} end`
}

interface Candidate {
  no: number
  where: readonly Condition[]
}

/** The number of the candidate whose conditions hold: by the value all candidates ask for first, then one by one. */
function decide(candidates: readonly Candidate[]): Fragment {
  const [only, second] = candidates
  if (!only) return sql`null`
  if (!second) return only.where.length === 0 ? sql.lit(only.no) : chain([only])
  const discriminator = only.where.find(
    ({ value, is }) => is && candidates.every(({ where }) => where.some((c) => c.value === value && c.is)),
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
  return sql`case ${textOf(discriminator)} ${sql.join(branches, sql` `)} end`
}

function chain(candidates: readonly Candidate[]): Fragment {
  const branches = candidates.map(
    ({ no, where }) => sql`when ${all(where.map(compileCondition))} then ${sql.lit(no)}`,
  )
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
    const { is: _, ...rest } = condition
    return Object.keys(rest).length > 1 ? [rest] : []
  })
  return { no: candidate.no, where }
}

function byNumber(
  items: readonly NumberedCriterion[],
  expression: (item: NumberedCriterion) => Fragment,
  otherwise: Fragment,
): Fragment {
  if (items.length === 0) return otherwise
  const branches = items.map((item) => sql`when ${sql.lit(item.no)} then ${expression(item)}`)
  return sql`case f.no ${sql.join(branches, sql` `)} else ${otherwise} end`
}
