import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { decimal } from '../compile/value.ts'
import type { Query } from '../query.ts'
import { hasEffect } from './judged.ts'

/** Placed teachers with `band`, the id of theirs; null: they are in none. */
export function banded(document: RegulationDocument, teachers: Query): Query {
  if (document.bands.length === 0) return sql`select p.*, null::text as band from (${teachers}) p`
  const numbered = sql`select p.*, ${numberOf(document)} as band_no from (
    select p.*, count(*) filter (where p.status = 'ranked') over (partition by p.league) as league_size from (${teachers}) p) p`
  const limits = hasEffect(document, 'band')
    ? sql`left join (${limitsOf(document)}) l on l.teacher_id = p.teacher_id`
    : sql``
  const names = document.bands.map(({ id }, index) => sql`when ${sql.lit(index + 1)} then ${sql.lit(id)}`)
  return sql`select p.*, case ${highest(document)} ${sql.join(names, sql` `)} end as band from (${numbered}) p ${limits}`
}

/**
 * By exact totals, from inclusive: 599.999 lies below 600 although it is shown as 600.00. By the part of the league, 100 x place / its
 * size, to inclusive: the first 10 % of ten teachers are one.
 */
function numberOf({ bands, bandsBy }: RegulationDocument): Query {
  const known = bandsBy === 'total' ? sql`p.total is not null` : sql`p.place is not null`
  const branches = bands.map(({ from, to }, index) => {
    const tests = bandsBy === 'total' ? byTotal(from, to) : byPercent(from, to)
    return sql`when ${sql.join([known, ...tests], sql` and `)} then ${sql.lit(index + 1)}`
  })
  return sql`case ${sql.join(branches, sql` `)} end`
}

function byTotal(from: string | null, to: string | null): Query[] {
  return [
    ...(from === null ? [] : [sql`p.total >= ${decimal(from)}`]),
    ...(to === null ? [] : [sql`p.total < ${decimal(to)}`]),
  ]
}

function byPercent(from: string | null, to: string | null): Query[] {
  return [
    ...(from === null ? [] : [sql`100 * p.place > ${decimal(from)} * p.league_size`]),
    ...(to === null ? [] : [sql`100 * p.place <= ${decimal(to)} * p.league_size`]),
  ]
}

/** The teacher's band, or the highest that an unmet requirement leaves. Bands rise with the total, and fall with the part of the league. */
function highest(document: RegulationDocument): Query {
  if (!hasEffect(document, 'band')) return sql`p.band_no`
  const lower = document.bandsBy === 'total' ? sql`least` : sql`greatest`
  return sql`case when p.band_no is not null then ${lower}(p.band_no, l.band_no) end`
}

function limitsOf({ requirements, bands, bandsBy }: RegulationDocument): Query {
  const rows = requirements.flatMap(({ id, effect }) => {
    if (effect.kind !== 'band') return []
    const index = bands.findIndex((band) => band.id === effect.notAbove)
    return [sql`when ${sql.lit(id)} then ${sql.lit(index + 1)}`]
  })
  const lowest = bandsBy === 'total' ? sql`min` : sql`max`
  return sql`select teacher_id, ${lowest}(case clause ${sql.join(rows, sql` `)} end) as band_no from rating_requirement
    where effect = 'band' and not met group by teacher_id`
}
