import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { AppContext } from '../../app-context.ts'
import { conflictsOf } from '../../approval/seats.ts'
import type { Page } from '../../contract/paging.ts'
import type { EvidenceCopy } from '../../contract/resources/evidence-copies.ts'
import type { Actor, Scope } from '../../plugin/route.ts'
import { readableBy } from '../rights.ts'
import { judgePairs } from './judge-pairs.ts'

/**
 * Pairs that nobody decided about yet, of which the actor may read both and takes part in neither: what the kind holds for the same first.
 * A page is read by the index of open pairs.
 */
export async function listCopies(
  { db, host }: Pick<AppContext, 'db' | 'host'>,
  { actor, scope }: { actor: Actor; scope: Scope },
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<EvidenceCopy>> {
  const readable = await readableBy(db, actor, scope)
  const conflicts = await conflictsOf(db, [actor.accountId])
  const isOpen = (id: RawBuilder<unknown>) => sql`exists (select from core.evidence
    where evidence.id = ${id} and evidence.state <> 'rejected' and ${readable}
      and not exists (select from core.evidence_participant own
        where own.evidence_id = evidence.id and own.teacher_id = any(${conflicts}::bigint[])))`
  const from = sql`core.evidence_copy c where c.decision is null and c.verdict <> 'different'
    and ${isOpen(sql`c.first_id`)} and ${isOpen(sql`c.second_id`)}`
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from ${from}`.execute(
    db,
  )
  const { rows } = await sql<Omit<EvidenceCopy, 'likeness'>>`
    select c.id, c.verdict, array[c.first_id, c.second_id] as "evidenceIds", ${summaryOf(sql`c.first_id`)} as first, ${summaryOf(sql`c.second_id`)} as second
    from (select c.id, c.verdict, c.first_id, c.second_id from ${from} order by c.verdict desc, c.id
      limit ${pageSize} offset ${(page - 1) * pageSize}) c order by c.verdict desc, c.id`.execute(db)
  const likeness = await judgePairs({ db, host }, rows.map(({ id }) => id)) // prettier-ignore
  // A pair that went in between is left out.
  const items = rows.flatMap((row) => {
    const found = likeness.get(row.id)
    return found ? [{ ...row, likeness: found }] : []
  })
  return { items, total: counted[0]!.total, page, pageSize }
}

const summaryOf = (id: RawBuilder<unknown>) => sql`(
  select jsonb_build_object('id', e.id, 'indicator', e.indicator, 'title', e.title, 'state', e.state, 'happenedOn', e.happened_on,
    'participantCount', e.participant_count, 'teachers', (
      select coalesce(jsonb_agg(n.name order by n.ordinal), '[]') from (
        select p.ordinal, p.name from core.evidence_participant p
        where p.evidence_id = e.id and p.teacher_id is not null order by p.ordinal limit 3) n))
  from core.evidence e where e.id = ${id})`
