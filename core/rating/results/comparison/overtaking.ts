import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { MoverDetail } from '../../../contract/resources/run-comparison.ts'
import type { CoreTables } from '../../../database/tables.ts'
import type { StoredMover } from './read-movers.ts'
import type { RunPair } from './run-pair.ts'

type Overtaking = NonNullable<MoverDetail['overtaking']>

/** How a place changed by what others did: who came above and who no longer is. null unless ranked in one league in both runs. */
export async function readOvertaking(
  db: Kysely<CoreTables>,
  pair: RunPair,
  { before, after, placeChange }: StoredMover,
): Promise<Overtaking | null> {
  if (placeChange === null || !before || !after) return null
  const league = after.league
  const ranked = (runId: number) => sql`select teacher_id, place from core.run_teacher
    where run_id = ${runId} and league = ${league} and status = 'ranked'`
  const { rows } = await sql<Overtaking>`
    select count(*) filter (where now_above and not then_above and then_place is not null)::int as "overtookYou",
      count(*) filter (where then_above and not now_above and now_place is not null)::int as "youOvertook",
      count(*) filter (where now_above and then_place is null)::int as "cameAbove",
      count(*) filter (where then_above and now_place is null)::int as "leftAbove"
    from (
      select b.place as then_place, a.place as now_place,
        coalesce(b.place < ${before.place}, false) as then_above, coalesce(a.place < ${after.place}, false) as now_above
      from (${ranked(pair.before.id)}) b full join (${ranked(pair.after.id)}) a using (teacher_id)
    ) other`.execute(db)
  return rows[0]!
}
