import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'

/** Sums the matches into `rating_sum` (teacher_id, no, area_no, matches, awarded, capped): one row a teacher and criterion. */
export async function sumCriteria(trx: Transaction<CoreTables>): Promise<void> {
  await sql`create temporary table rating_sum on commit drop as
    select s.teacher_id, s.no, c.area_no, s.matches, s.awarded, least(s.awarded, c.cap) as capped
    from (select teacher_id, no, count(*) as matches, coalesce(sum(awarded), 0) as awarded
          from rating_match group by teacher_id, no) s
    join rating_criterion c on c.no = s.no`.execute(trx)
}
