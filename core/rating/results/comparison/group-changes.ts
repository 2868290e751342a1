import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { GroupComparison } from '../../../contract/resources/run-comparison.ts'
import type { CoreTables } from '../../../database/tables.ts'
import { smallestGroup } from '../../fairness/hide-groups.ts'
import { ageGroup, partTimeGroup } from '../../fairness/groups-of-people.ts'
import { hideGroupChanges } from './hide-group-changes.ts'
import type { ChangeRow } from './hide-group-changes.ts'
import { pairRows } from './pair-rows.ts'
import type { RunPair } from './run-pair.ts'

const everybody = { all: true, unitIds: [], teacherId: null }

/** Who gains and who loses between two runs, group by group; small groups are hidden. */
export async function readGroupChanges(db: Kysely<CoreTables>, pair: RunPair): Promise<GroupComparison> {
  const money = await readMoney(db, pair)
  const rows = await readRows(db, pair)
  // Amounts in two currencies, or of one run alone, say nothing about each other.
  const comparable = rows.filter(({ measure }) => measure !== 'money' || money !== null)
  return { smallestGroup, ...hideGroupChanges(comparable), money }
}

/** Every group of every dimension with every measure, small ones too. */
async function readRows(db: Kysely<CoreTables>, pair: RunPair): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select d.dimension, d.grp as "group", d.parent, m.measure, count(*)::int as count,
      count(*) filter (where m.change > 0)::int as up, count(*) filter (where m.change < 0)::int as down,
      count(*) filter (where m.change = 0)::int as same, trim_scale(round(avg(m.change), 2))::text as mean,
      trim_scale(round((percentile_cont(0.5) within group (order by m.change::float8))::numeric, 2))::text as median
    from ${pairRows(pair, { scope: everybody })} x
    join core.snapshot s on s.id = ${pair.after.snapshotId}
    join core.snapshot_teacher t on t.snapshot_id = s.id and t.teacher_id = x.teacher_id
    cross join lateral (values
      ('all', null::text, null::text),
      ('faculty', t.faculty_id::text, null),
      ('department', t.unit_id::text, t.faculty_id::text),
      ('position', t.position, null),
      ('age', ${ageGroup}, null),
      ('sex', t.sex, null),
      ('partTime', ${partTimeGroup}, null)
    ) d (dimension, grp, parent)
    cross join lateral (values
      ('total', x.total_change),
      ('place', -x.place_change::numeric),
      ('money', x.after_money - x.before_money)
    ) m (measure, change)
    where m.change is not null
    group by d.dimension, d.grp, d.parent, m.measure
    order by d.dimension, d.parent collate "C" nulls last, d.grp collate "C" nulls last, m.measure`.execute(
    db,
  )
  return rows
}

async function readMoney(db: Kysely<CoreTables>, pair: RunPair): Promise<GroupComparison['money']> {
  const { before, after } = pair
  const currency = after.document.money?.currency
  if (currency === undefined || currency !== before.document.money?.currency) return null
  const { rows } = await sql<
    Record<'sum_before' | 'sum_after' | 'change', string> & Record<'paid_before' | 'paid_after', number>
  >`
    select trim_scale(coalesce(sum(x.before_money), 0))::text as sum_before, count(x.before_money)::int as paid_before,
      trim_scale(coalesce(sum(x.after_money), 0))::text as sum_after, count(x.after_money)::int as paid_after,
      trim_scale(coalesce(sum(x.after_money), 0) - coalesce(sum(x.before_money), 0))::text as change
    from ${pairRows(pair, { scope: everybody })} x`.execute(db)
  const sums = rows[0]!
  return {
    currency,
    before: { sum: sums.sum_before, people: sums.paid_before },
    after: { sum: sums.sum_after, people: sums.paid_after },
    change: sums.change,
  }
}
