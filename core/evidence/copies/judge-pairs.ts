import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { copyTask } from '../../contract/resources/evidence-copies.ts'
import type { PairLikeness } from '../../contract/resources/evidence-copies.ts'
import { matchingAccess } from '../matching-access.ts'
import type { PluginHost } from '../../plugins/host.ts'
import { featuresOf, likenessOf } from './likeness.ts'
import type { Compared } from './likeness.ts'

interface PairRow {
  id: number
  indicator: string
  first: Compared
  second: Compared
}

/**
 * What speaks for and against each of these pairs, by id, and how likely they are one work where enough was decided to tell. Whoever
 * is told may read both entries: that is the caller's to see to.
 */
export async function judgePairs(
  { db, host }: { db: Kysely<CoreTables>; host: PluginHost },
  ids: readonly number[],
): Promise<Map<number, PairLikeness>> {
  const rows = await readPairs(db, ids)
  const likenesses = rows.map(({ indicator, first, second }) =>
    likenessOf(host.evidenceKind(indicator), first, second),
  )
  const features = rows.map(({ first, second }, i) => featuresOf(likenesses[i]!, first, second))
  const judged = await matchingAccess(db, host).judge(copyTask, features)
  return new Map(
    rows.map(({ id }, i) => {
      const { agree, differ, days, people } = likenesses[i]!
      return [id, { probability: judged?.probabilities[i] ?? null, agree, differ, days, people }]
    }),
  )
}

async function readPairs(db: Kysely<CoreTables>, ids: readonly number[]): Promise<PairRow[]> {
  if (ids.length === 0) return []
  const entry = (id: string) => sql`(
    select jsonb_build_object('title', e.title, 'data', e.data, 'happenedOn', e.happened_on, 'identity', e.identity,
      'teacherIds', (select coalesce(jsonb_agg(p.teacher_id order by p.ordinal), '[]') from core.evidence_participant p
        where p.evidence_id = e.id and p.teacher_id is not null))
    from core.evidence e where e.id = ${sql.ref(id)})`
  const { rows } = await sql<PairRow>`
    select c.id, a.indicator, ${entry('c.first_id')} as first, ${entry('c.second_id')} as second
    from core.evidence_copy c join core.evidence a on a.id = c.first_id
    where c.id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}
