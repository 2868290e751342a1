import { UstazError } from '@ustaz/core/contract'
import type { Page } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { Result, ResultDetail, UnknownReason } from '../contract.ts'
import type { TeachingTables } from '../tables.ts'
import { readDistribution } from './distribution.ts'
import { percentOf } from './grades.ts'
import { shrink } from './shrink.ts'
import { thresholds } from './thresholds.ts'
import type { ResultKey } from './result-key.ts'

/** Whose results may be read; null: everybody's. */
export type Reach = readonly number[] | null

type Row = Omit<ResultDetail, 'teacher' | 'course' | 'distribution' | 'review' | 'shares' | 'unknown'> &
  ResultDetail['shares'] & {
    course: Result['course']
    unknown: UnknownReason | null
    accepted: boolean | null
    reason: string | null
    account_name: string | null
    reviewed_at: Date | null
  }

export async function listYears(db: Kysely<TeachingTables>, reach: Reach): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct r.year from plugin_teaching.course_result r where ${within(reach)} order by r.year desc`.execute(
    db,
  )
  return rows.map(({ year }) => year)
}

/** Results of an academic year, by course and term; every figure of fewer than 5 students is null. */
export async function listResults(
  db: Kysely<TeachingTables>,
  reach: Reach,
  query: { year: number; teacher?: number; search?: string; rises?: boolean; page: number; pageSize: number },
): Promise<Page<Omit<Result, 'teacher'>>> {
  const { year, teacher, search = '', rises = false, page, pageSize } = query
  const chosen = sql`from ${resultsOf(year)} r join plugin_teaching.course c on c.id = r.course_id
    where ${within(reach)} and (${teacher ?? null}::bigint is null or r.teacher_id = ${teacher ?? null}::bigint)
      and (not ${rises}::boolean or r.rises)
      and (${search} = '' or strpos(lower(c.code || ' ' || c.title), lower(${search})) > 0)`
  const { rows } = await sql<Row & { total: number }>`
    select ${columns}, (count(*) over ())::int as total ${chosen}
    order by r.term desc, c.code, r.teacher_id limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  const total = rows[0]?.total ?? (await countOf(db, chosen))
  return { items: rows.map(toResult), page, pageSize, total }
}

async function countOf(db: Kysely<TeachingTables>, chosen: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total ${chosen}`.execute(db)
  return rows[0]?.total ?? 0
}

/** Throws `teaching.result-not-found`, also where it is not within reach: whether it exists is nobody else's matter. */
export async function readResult(
  db: Kysely<TeachingTables>,
  reach: Reach,
  key: ResultKey,
): Promise<Omit<ResultDetail, 'teacher'>> {
  const { rows } = await sql<Row>`
    select ${columns} from ${resultsOf(key.year)} r join plugin_teaching.course c on c.id = r.course_id
    where ${within(reach)} and r.teacher_id = ${key.teacher} and r.course_id = ${key.course} and r.term = ${key.term}`.execute(
    db,
  )
  const row = rows[0]
  if (!row) throw new UstazError('teaching.result-not-found', { status: 404 })
  const { passed, good, excellent, retaken, attended } = row
  return {
    ...toResult(row),
    groups: row.groups,
    normGroups: row.normGroups,
    normByOthers: row.normByOthers,
    normDeviation: row.normDeviation,
    priorDifference: row.priorDifference,
    difference: row.difference,
    standardError: row.standardError,
    shares: { passed, good, excellent, retaken, attended },
    distribution: row.unknown === 'hidden' ? [] : await readDistribution(db, key),
    review: toReview(row),
  }
}

function resultsOf(year: number): RawBuilder<unknown> {
  return shrink(sql`select * from plugin_teaching.course_result where year = ${year}`)
}

function within(reach: Reach): RawBuilder<boolean> {
  return reach === null ? sql<boolean>`true` : sql<boolean>`r.teacher_id = any(${[...reach]}::bigint[])`
}

const least = sql.lit(thresholds.leastStudents)
const shown = (value: RawBuilder<unknown>, known = sql`r.graded`) =>
  sql`case when ${known} >= ${least} then ${value} end`
const columns = sql`
  r.teacher_id as "teacherId", json_build_object('id', c.id, 'code', c.code, 'title', c.title) as course, r.year, r.term, r.enrolled,
  r.graded as students, r.groups, ${shown(sql`r.mean`)} as mean, ${shown(sql`r.norm_mean`, sql`r.norm_students`)} as "normMean",
  r.norm_students as "normStudents", r.norm_groups as "normGroups", r.norm_by_others as "normByOthers",
  ${shown(sql`r.norm_deviation`, sql`r.norm_students`)} as "normDeviation", ${shown(sql`r.prior_difference`, sql`r.used`)} as "priorDifference",
  round(r.difference, 6) as difference, round(r.standard_error, 6) as "standardError", round(r.result, 6) as result,
  round(r.result - 1.959964 * r.standard_error, 6) as low, round(r.result + 1.959964 * r.standard_error, 6) as high,
  round(r.used::numeric / r.enrolled, 6) as coverage, r.risen,
  case when r.graded < ${least} then 'hidden' when r.rises then 'rise' when r.result is not null then null
    when r.difference is not null then 'few-results'
    when r.used < ${least} or r.used < ${sql.lit(thresholds.leastCoverage)}::numeric * r.enrolled then 'coverage' else 'no-norm' end as unknown,
  ${percentOf(sql`r.passed`, sql`r.graded`)} as passed, ${percentOf(sql`r.good`, sql`r.graded`)} as good,
  ${percentOf(sql`r.excellent`, sql`r.graded`)} as excellent, ${percentOf(sql`r.retaken`, sql`r.attempts_known`)} as retaken,
  ${percentOf(sql`r.attended`, sql`r.attendance_known`)} as attended, r.accepted, r.reason, r.account_name, r.reviewed_at`

function toResult(row: Row): Omit<Result, 'teacher'> {
  const { teacherId, course, year, term, enrolled, students, mean, normMean, normStudents } = row
  const { result, low, high, unknown, coverage, risen } = row
  return {
    ...{ teacherId, course, year, term, enrolled, students, mean, normMean, normStudents },
    ...{ result, low, high, unknown, coverage, risen },
  }
}

function toReview({ accepted, reason, account_name: by, reviewed_at: at }: Row): ResultDetail['review'] {
  if (accepted === null || reason === null || by === null || at === null) return null
  return { accepted, reason, by, at: at.toISOString() }
}
