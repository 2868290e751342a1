import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Period } from '../plugin/period.ts'
import { kindsLed } from '../rating/preview/led-by.ts'
import { regulationsInForce } from '../regulation/in-force.ts'
import type { InForce } from '../regulation/in-force.ts'

interface Asked {
  teacherId: number
  /** null: the one of the newest official run, else the first. */
  versionId: number | null
  /** null: the year that contains today. */
  period: Period | null
  /** Today, YYYY-MM-DD. */
  day: string
}

/**
 * The regulations by which a teacher is rated in a period, the chosen one among them. Throws `year-no-regulation` (404) where none
 * that is approved holds, or not the one that is asked for.
 */
export async function chooseRegulation(
  db: Kysely<CoreTables>,
  { teacherId, versionId, period, day }: Asked,
): Promise<{ chosen: InForce; all: InForce[] }> {
  const found = await regulationsInForce(db, { day, period })
  const all: InForce[] = []
  for (const one of found) if (await rates(db, one, teacherId)) all.push(one)
  const last = versionId === null ? await lastRatedBy(db, teacherId) : null
  const wanted =
    versionId === null
      ? (all.find(({ code }) => code === last) ??
        all.find(({ document }) => document.rated === 'all') ??
        all[0])
      : all.find(({ id }) => id === versionId)
  if (!wanted) throw new UstazError('year-no-regulation', { status: 404 })
  return { chosen: wanted, all }
}

async function rates(
  db: Kysely<CoreTables>,
  { document, period }: InForce,
  teacherId: number,
): Promise<boolean> {
  if (document.rated === 'all') return true
  const kinds = await kindsLed(db, teacherId, period.to)
  return kinds.includes(document.rated === 'faculty-leaders' ? 'faculty' : 'department')
}

/** Code of the regulation of the newest official run about everybody that has the teacher; null: there is none. */
async function lastRatedBy(db: Kysely<CoreTables>, teacherId: number): Promise<string | null> {
  const { rows } = await sql<{ code: string }>`
    select g.code from core.run r
    join core.regulation_version v on v.id = r.regulation_version_id
    join core.regulation g on g.id = v.regulation_id
    where r.purpose = 'official' and r.state = 'done' and coalesce(v.document ->> 'rated', 'all') = 'all'
      and exists (select from core.run_teacher t where t.run_id = r.id and t.teacher_id = ${teacherId})
    order by r.period_to desc, r.finished_at desc, r.id desc limit 1`.execute(db)
  return rows[0]?.code ?? null
}
