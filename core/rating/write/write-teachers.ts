import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { decimal } from '../compile/value.ts'
import type { Query, Source } from './source.ts'

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
      select t.teacher_id, a.league,
        coalesce(reason.status, 'ranked') as status, coalesce(reason.reasons, '[]') as reasons,
        case when reason.status is distinct from 'blocked' then a.total end as total
      from core.snapshot_teacher t
      join rating_total a on a.teacher_id = t.teacher_id
      left join (
        select teacher_id, min(severity) as status, jsonb_agg(jsonb_build_object('code', code, 'clause', clause,
          'params', params) order by severity, code, clause, params) as reasons
        from rating_reason group by teacher_id
      ) reason on reason.teacher_id = t.teacher_id
      where t.snapshot_id = ${snapshotId}
    ) s
    order by s.teacher_id`.execute(trx)
}

/** Bands are about exact totals: 599.999 lies below 600 although it is shown as 600.00. */
function bandBranches(document: RegulationDocument): Query {
  const branches = document.bands.map((band) => {
    const from = band.from === null ? sql`true` : sql`s.total >= ${decimal(band.from)}`
    const to = band.to === null ? sql`true` : sql`s.total < ${decimal(band.to)}`
    return sql`when s.total is not null and ${from} and ${to} then ${sql.lit(band.id)}`
  })
  return branches.length === 0 ? sql`when false then null` : sql.join(branches, sql` `)
}

function digits(document: RegulationDocument): Query {
  return sql`${sql.lit(document.rounding.digits)}::int`
}
