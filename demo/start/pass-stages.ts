import { sql } from 'kysely'
import { findActor } from '../../core/access/actor.ts'
import type { AppContext } from '../../core/app-context.ts'
import { UstazError } from '../../core/contract/problem.ts'
import { submitAgain } from '../../core/evidence/join-entry.ts'
import { moveEntry } from '../../core/evidence/move-entry.ts'
import type { Actor } from '../../core/plugin/route.ts'
import { Random } from '../random.ts'
import { say, sayProgress } from './say.ts'

/** Submitted entries that are taken through the stages; of a larger university the others wait in one step. */
const mostEntries = 1000
/** How many stages an entry has behind it: it waits with the head, the dean, or structural units. */
const passedWeights = [40, 32, 28]
/** Longest time an entry waits in a stage, in hours; half of them wait for less than a third of it. */
const longestHours = 21 * 24

/**
 * Submitted entries were loaded before any regulation was in force: here each begins its way by the regulation that governs it, and
 * heads and deans pass some of them on, at times before now, so that queues of all stages have entries of different ages. Where a
 * co-author has not confirmed the share an entry stays where it is. What is on its way already stays, so that it can be done again.
 */
export async function passStages(context: AppContext, seed: string, signal: AbortSignal): Promise<void> {
  const entries = await findUnstaged(context)
  const now = context.now().getTime()
  const actors = new Map<number, Actor>()
  for (const [i, { id, enteredAt }] of entries.entries()) {
    signal.throwIfAborted()
    sayProgress('staging', { percent: Math.round((i / entries.length) * 100) })
    const random = new Random(seed, 'stages', id)
    const times = timesOf(random, { from: enteredAt.getTime(), to: now })
    await beginAt(context, id, times[0]!)
    for (const at of times.slice(1)) if (!(await passOn(context, { id, at, actors }))) break
  }
  if (entries.length > 0) say('staged', { entries: entries.length })
}

/** When an entry came to each stage that it has reached, oldest first: after it was entered. */
function timesOf(random: Random, { from, to }: { from: number; to: number }): Date[] {
  const stages = random.weighted(passedWeights) + 1
  let ago = 0
  const agos = Array.from(
    { length: stages },
    () => (ago += Math.max(1, longestHours * random.unit() ** 1.6) * 3_600_000),
  )
  const pace = Math.min(1, (to - from) / ago)
  return agos.reverse().map((one) => new Date(to - one * pace))
}

/** By the newest submission; those whose way has not begun wait in the one step of an entry that no regulation governs. */
async function findUnstaged({ db }: AppContext): Promise<{ id: number; enteredAt: Date }[]> {
  const { rows } = await sql<{ id: number; enteredAt: Date }>`
    select e.id, e.created_at as "enteredAt" from core.evidence e
    where e.state = 'submitted' and e.approval_version_id is null
      and exists (select from core.evidence_turn t where t.evidence_id = e.id and t.closed_at is null and t.stage = 'leader')
    order by e.updated_at desc, e.id limit ${mostEntries}`.execute(db)
  return rows
}

async function beginAt({ db }: AppContext, id: number, at: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { created_by: enteredBy } = await trx
      .selectFrom('evidence')
      .select('created_by')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await trx
      .updateTable('evidence_turn')
      .set({ closed_at: at, outcome: 'idle' })
      .where('evidence_id', '=', id)
      .where('closed_at', 'is', null)
      .execute()
    await submitAgain(trx, { actor: (await findActor(trx, enteredBy))!, id, at })
  })
}

interface Passing {
  id: number
  at: Date
  actors: Map<number, Actor>
}

/** Has whoever leads the unit whose turn it is pass an entry on; false: it stays, because nobody sits there or a share is not confirmed. */
async function passOn(context: AppContext, { id, at, actors }: Passing): Promise<boolean> {
  const { rows } = await sql<{ accountId: number; revision: number }>`
    select r.account_id as "accountId", e.revision from core.evidence e
    join core.evidence_turn t on t.evidence_id = e.id and t.closed_at is null and t.holder in ('head', 'dean')
    join core.account_role r on r.unit_id = t.unit_id and r.role = t.holder
    where e.id = ${id} order by t.id, r.account_id limit 1`.execute(context.db)
  const [turn] = rows
  if (!turn) return false
  const actor = actors.get(turn.accountId) ?? (await findActor(context.db, turn.accountId))!
  actors.set(turn.accountId, actor)
  const request = { action: 'approve' as const, reason: null, revision: turn.revision }
  try {
    await moveEntry({ ...context, now: () => at }, actor, id, request)
    return true
  } catch (error) {
    const stays = ['evidence-incomplete', 'evidence-not-allowed', 'evidence-not-found']
    if (error instanceof UstazError && stays.includes(error.code)) return false
    throw error
  }
}
