import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { decimal } from '../compile/value.ts'

interface Source {
  runId: number
  snapshotId: number
  document: RegulationDocument
  weights: Record<string, string>
}

/** Writes points, weight and score of every teacher and area. */
export async function writeAreas(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  await sql`insert into core.run_area (run_id, teacher_id, area, points, weight, score)
    select ${source.runId}, r.teacher_id, r.area, r.points, w.weight, r.points * w.weight
    from rating_area r join ${weightTable(source)} on w.area = r.area
    order by r.teacher_id, r.area`.execute(trx)
}

/**
 * Writes the signed lines of every teacher, in the order of the regulation. A line of kind `points` stands for each fact a
 * criterion counted, also at 0 points; other lines stand only where they change something. Their sum is the total.
 */
export async function writeLines(trx: Transaction<CoreTables>, source: Source): Promise<number> {
  const written = await sql`
    insert into core.run_line (run_id, teacher_id, line_no, kind, area, clause, fact_no, amount)
    select ${source.runId}, l.teacher_id,
      row_number() over (partition by l.teacher_id order by l.area_no, l.no, l.fact_no, l.kind_no, l.clause),
      l.kind, l.area, l.clause, l.fact_no, l.amount
    from (
      select m.teacher_id, c.area_no, m.no, m.fact_no, 1 as kind_no, 'points' as kind, c.area, c.id as clause,
        m.points as amount
      from rating_match m join rating_criterion c on c.no = m.no where m.points is not null
      union all
      select m.teacher_id, c.area_no, m.no, m.fact_no, 2, 'split', c.area, c.id, m.shared - m.points
      from rating_match m join rating_criterion c on c.no = m.no where m.shared <> m.points
      union all
      select m.teacher_id, c.area_no, m.no, m.fact_no, 3, 'minimum', c.area, c.id, m.awarded - m.shared
      from rating_match m join rating_criterion c on c.no = m.no where m.awarded <> m.shared
      union all
      select s.teacher_id, s.area_no, s.no, null, 4, 'cap', c.area, c.id, s.capped - s.awarded
      from rating_sum s join rating_criterion c on c.no = s.no where s.capped < s.awarded
      union all
      select r.teacher_id, r.area_no, null, null, 5, 'cap', r.area, r.area, r.points - r.raw
      from rating_area r where r.points < r.raw
      union all
      select r.teacher_id, r.area_no, null, null, 6, 'weight', r.area, ${source.document.weighting.id},
        r.points * w.weight - r.points
      from rating_area r join ${weightTable(source)} on w.area = r.area where w.weight <> 1 and r.points <> 0
      ${normParts(source)}
    ) l`.execute(trx)
  return Number(written.numAffectedRows ?? 0)
}

/** Writes status, total, place and band of every teacher. Places compare totals at 9 decimals within a league. */
export async function writeTeachers(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const { document, runId, snapshotId } = source
  await sql`
    insert into core.run_teacher (run_id, teacher_id, league, status, reasons, total, total_rounded, place, band)
    select ${runId}, s.teacher_id, s.league, s.status, s.reasons, s.total, round(s.total, ${digits(document)}),
      case when s.status = 'ranked' then rank() over (
        partition by s.league, s.status order by round(s.total, 9) desc) end,
      case ${bandBranches(document)} else null end
    from (
      select t.teacher_id, ${leagueOf(document)} as league,
        coalesce(reason.status, 'ranked') as status, coalesce(reason.reasons, '[]') as reasons,
        case when reason.status is distinct from 'blocked' then a.score - ${normOf(document)} end as total
      from core.snapshot_teacher t
      join (select teacher_id, sum(score) as score from core.run_area where run_id = ${runId} group by teacher_id) a
        on a.teacher_id = t.teacher_id
      left join (
        select teacher_id, min(severity) as status, jsonb_agg(jsonb_build_object('code', code, 'clause', clause,
          'params', params) order by severity, code, clause, params) as reasons
        from rating_reason group by teacher_id
      ) reason on reason.teacher_id = t.teacher_id
      where t.snapshot_id = ${snapshotId}
    ) s
    order by s.teacher_id`.execute(trx)
}

function weightTable({ weights }: Source): RawBuilder<unknown> {
  const rows = Object.entries(weights).map(([area, weight]) => sql`(${area}, ${decimal(weight)})`)
  return sql`(values ${sql.join(rows)}) w (area, weight)`
}

function normParts({ document, snapshotId }: Source): RawBuilder<unknown> {
  return sql.join(
    document.norms.map(
      (norm) => sql`union all
        select t.teacher_id, 32767, null, null, 7, 'norm', null, ${norm.id}, -(${byPosition(norm.byPosition)})
        from core.snapshot_teacher t
        where t.snapshot_id = ${snapshotId} and ${byPosition(norm.byPosition)} is not null`,
    ),
    sql` `,
  )
}

function normOf(document: RegulationDocument): RawBuilder<unknown> {
  if (document.norms.length === 0) return sql`0`
  return sql`(${sql.join(
    document.norms.map((norm) => byPosition(norm.byPosition)),
    sql` + `,
  )})`
}

function byPosition(values: Record<string, string>): RawBuilder<unknown> {
  const branches = Object.entries(values).map(
    ([position, points]) => sql`when ${sql.lit(position)} then ${decimal(points)}`,
  )
  return sql`case t.position ${sql.join(branches, sql` `)} end`
}

function leagueOf(document: RegulationDocument): RawBuilder<unknown> {
  const branches = document.leagues.flatMap((league) =>
    league.positions.map((position) => sql`when ${sql.lit(position)} then ${sql.lit(league.id)}`),
  )
  return sql`case t.position ${sql.join(branches, sql` `)} end`
}

/** Bands are about exact totals: 599.999 lies below 600 although it is shown as 600.00. */
function bandBranches(document: RegulationDocument): RawBuilder<unknown> {
  const branches = document.bands.map((band) => {
    const from = band.from === null ? sql`true` : sql`s.total >= ${decimal(band.from)}`
    const to = band.to === null ? sql`true` : sql`s.total < ${decimal(band.to)}`
    return sql`when s.total is not null and ${from} and ${to} then ${sql.lit(band.id)}`
  })
  return branches.length === 0 ? sql`when false then null` : sql.join(branches, sql` `)
}

function digits(document: RegulationDocument): RawBuilder<unknown> {
  return sql`${sql.lit(document.rounding.digits)}::int`
}
