import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'

/** What came out for one person, as far as an example may name it. */
export interface Outcome {
  status: 'ranked' | 'excluded' | 'blocked'
  reasons: { code: string; clause: string | null }[]
  total: string | null
  shown: string | null
  place: number | null
  band: string | null
  league: string | null
  money: string | null
  areas: Record<string, string>
  criteria: Record<string, string>
  lines: { kind: string; clause: string; amount: string }[]
}

/**
 * Reads what a run just wrote, by teacher id, within its transaction: the sums of criteria stand only in the run's temporary
 * tables. A teacher the regulation does not rate is absent.
 */
export async function readOutcomes(
  trx: Transaction<CoreTables>,
  runId: number,
): Promise<Map<number, Outcome>> {
  const { rows } = await sql<Outcome & { teacher_id: number }>`
    select r.teacher_id, r.status, r.reasons, trim_scale(r.total)::text as total, r.total_rounded::text as shown, r.place,
      r.band, r.league, trim_scale(r.money)::text as money, coalesce(a.areas, '{}') as areas,
      coalesce(c.criteria, '{}') as criteria, coalesce(l.lines, '[]') as lines
    from core.run_teacher r
    left join (select teacher_id, jsonb_object_agg(area, trim_scale(points)::text) as areas
               from core.run_area where run_id = ${runId} group by teacher_id) a on a.teacher_id = r.teacher_id
    left join (select s.teacher_id, jsonb_object_agg(c.id, trim_scale(s.capped)::text) as criteria
               from rating_sum s join rating_criterion c on c.no = s.no group by s.teacher_id) c
      on c.teacher_id = r.teacher_id
    left join (select teacher_id, jsonb_agg(jsonb_build_object('kind', kind, 'clause', clause, 'amount',
                 trim_scale(amount)::text) order by line_no) as lines
               from core.run_line where run_id = ${runId} group by teacher_id) l on l.teacher_id = r.teacher_id
    where r.run_id = ${runId}`.execute(trx)
  return new Map(rows.map(({ teacher_id, ...outcome }) => [teacher_id, outcome]))
}
