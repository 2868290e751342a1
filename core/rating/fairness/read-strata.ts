import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { FairnessDimension } from '../../contract/resources/fairness.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { FinishedRun } from '../results/find-run.ts'
import type { Sample } from './gap.ts'
import { ageGroup, partTimeGroup } from './groups-of-people.ts'

/** People of one group in one stratum: a league and, but for groups by position, a position. */
export interface Stratum extends Sample {
  dimension: FairnessDimension
  group: string | null
  stratum: string
}

/** Everybody with a total, counted by dimension, group and stratum; one pass over the run. */
export async function readStrata(db: Kysely<CoreTables>, run: FinishedRun): Promise<Stratum[]> {
  const { rows } = await sql<Stratum>`
    select d.dimension, d.grp as "group", d.stratum, count(*)::int as count, avg(r.total)::float8 as mean,
      coalesce(var_samp(r.total), 0)::float8 as variance
    from core.run_teacher r
    join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = r.teacher_id
    join core.snapshot s on s.id = ${run.snapshotId}
    cross join lateral (select coalesce(r.league, '-') as league, coalesce(r.league, '-') || '|' || coalesce(t.position, '-') as post) x
    cross join lateral (values
      ('position', t.position, x.league),
      ('sex', t.sex, x.post),
      ('field', t.field, x.post),
      ('degree', t.degree, x.post),
      ('age', ${ageGroup}, x.post),
      ('partTime', ${partTimeGroup}, x.post),
      ('leave', case when t.leave_days > 0 then 'on-leave' else 'present' end, x.post)
    ) d (dimension, grp, stratum)
    where r.run_id = ${run.id} and r.total is not null
    group by d.dimension, d.grp, d.stratum
    order by d.dimension, d.grp collate "C" nulls last, d.stratum collate "C"`.execute(db)
  return rows
}
