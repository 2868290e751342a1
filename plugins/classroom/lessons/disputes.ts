import { UstazError } from '@ustaz/core/contract'
import type { Actor, PluginContext, Scope } from '@ustaz/core/plugin'
import type { Lesson } from '../contract.ts'
import type { ClassroomTables } from '../tables.ts'
import { readLesson } from './read-lessons.ts'

interface Asked {
  context: PluginContext<ClassroomTables>
  actor: Actor
  scope: Scope
  id: number
}

/** Opens a dispute. Throws `classroom.lesson-not-found`, `classroom.lesson-disputed` (one was opened before, decided or not). */
export async function disputeLesson({ context, actor, scope, id }: Asked, reason: string): Promise<Lesson> {
  const { dispute } = await readLesson(context, scope, id)
  const row = { lesson_id: id, account_id: actor.accountId, reason, opened_at: context.now() }
  const opened = dispute
    ? undefined
    : await context.db
        .insertInto('dispute')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
  if (!opened) throw new UstazError('classroom.lesson-disputed', { status: 409, params: { id } })
  return await readLesson(context, scope, id)
}

/** Decides the open dispute, never one's own. Throws `classroom.dispute-not-open`, `classroom.dispute-own`. */
export async function decideDispute(
  { context, actor, scope, id }: Asked,
  { decision, answer }: { decision: 'accepted' | 'rejected'; answer: string },
): Promise<Lesson> {
  const lesson = await readLesson(context, scope, id)
  if (lesson.teacher?.id === actor.teacherId) throw new UstazError('classroom.dispute-own', { status: 403 })
  const decided = await context.db
    .updateTable('dispute')
    .set({ decision, answer, decided_by: actor.accountId, decided_at: context.now() })
    .where('lesson_id', '=', id)
    .where('decision', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!decided) throw new UstazError('classroom.dispute-not-open', { status: 409, params: { id } })
  return await readLesson(context, scope, id)
}
