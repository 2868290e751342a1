import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { withUnitsBelow } from '../access/scope.ts'
import type { CoreTables } from '../database/tables.ts'
import type { EntriesOf, YearCount } from '../plugin/access.ts'
import type { Period } from '../plugin/period.ts'

/** What was not rejected; drafts too, for every year alike, since an entry counts from the day somebody began it. */
const isKept = sql<boolean>`e.state <> 'rejected'`

/**
 * Entries that are dated in each of these years, by the day of the year of their date and by the one they were entered on. An entry of several
 * people of a unit is one; it belongs to the unit by the posts held on its date.
 */
export async function countYears(
  db: Kysely<CoreTables>,
  years: readonly Period[],
  of: EntriesOf,
): Promise<YearCount[]> {
  const from = sql`${years.map((year) => year.from)}::date[]`
  const to = sql`${years.map((year) => year.to)}::date[]`
  const { rows } = await sql<{ no: number; day: number | null; entered: number | null; count: number }>`
    with entry as (
      select (y.no - 1)::int as no, e.happened_on - y.first as day,
        greatest(0, least((e.created_at at time zone 'UTC')::date, y.last + 1) - y.first) as entered
      from unnest(${from}, ${to}) with ordinality y (first, last, no)
      join core.evidence e on e.happened_on between y.first and y.last
      where ${isKept} and ${await concerns(db, of, sql`e.happened_on`)}
    )
    select no, day, entered, count(*)::int as count from entry group by grouping sets ((no, day), (no, entered))`.execute(
    db,
  )
  return years.map((year, index) => {
    const days = Math.round((Date.parse(year.to) - Date.parse(year.from)) / 86_400_000) + 1
    const count: YearCount = { ...year, dated: zeros(days), entered: zeros(days + 1) }
    for (const row of rows) {
      if (row.no !== index) continue
      if (row.day !== null) count.dated[row.day] = row.count
      if (row.entered !== null) count.entered[row.entered] = row.count
    }
    return count
  })
}

/** Entries that were begun since a day and have no date, by indicator, the most first; in a unit by the posts held when they were begun. */
export async function countUndated(
  db: Kysely<CoreTables>,
  since: string,
  of: EntriesOf,
): Promise<{ indicator: string; count: number }[]> {
  const begun = sql`(e.created_at at time zone 'UTC')::date`
  const { rows } = await sql<{ indicator: string; count: number }>`
    select e.indicator, count(*)::int as count from core.evidence e
    where e.happened_on is null and ${isKept} and e.created_at >= ${since}::date and ${await concerns(db, of, begun)}
    group by e.indicator order by count desc, e.indicator`.execute(db)
  return rows
}

const zeros = (length: number) => new Array<number>(length).fill(0)

async function concerns(db: Kysely<CoreTables>, of: EntriesOf, day: ReturnType<typeof sql>) {
  if (of === 'everybody') return sql<boolean>`true`
  if ('teacherId' in of) {
    return sql<boolean>`e.id in (select evidence_id from core.evidence_participant where teacher_id = ${of.teacherId})`
  }
  return sql<boolean>`exists (
    select 1 from core.evidence_participant p join core.appointment a on a.teacher_id = p.teacher_id
    where p.evidence_id = e.id and a.unit_id = any(${await withUnitsBelow(db, [of.unitId])}::bigint[])
      and ${day} between a.starts_on and coalesce(a.ends_on, 'infinity'::date))`
}
