import { UstazError } from '@ustaz/core/contract'
import type { Actor } from '@ustaz/core/plugin'
import type { Kysely } from 'kysely'
import type { TeachingTables } from '../tables.ts'
import type { ResultKey } from './result-key.ts'

/**
 * Keeps what was said about a rise, beside what was said before. Throws `teaching.result-not-found`, `teaching.nothing-to-review` where there is no
 * difference, `teaching.review-own` where the actor is the teacher.
 */
export async function reviewResult(
  db: Kysely<TeachingTables>,
  key: ResultKey,
  said: { accepted: boolean; reason: string; actor: Actor; at: Date },
): Promise<void> {
  if (said.actor.teacherId === key.teacher) throw new UstazError('teaching.review-own', { status: 403 })
  const ids = { teacher_id: key.teacher, course_id: key.course, year: key.year, term: key.term }
  const result = await db
    .selectFrom('course_result')
    .select('difference')
    .where('teacher_id', '=', key.teacher)
    .where('course_id', '=', key.course)
    .where('year', '=', key.year)
    .where('term', '=', key.term)
    .executeTakeFirst()
  if (!result) throw new UstazError('teaching.result-not-found', { status: 404 })
  const { difference } = result
  if (difference === null) throw new UstazError('teaching.nothing-to-review', { status: 409 })
  const by = { account_id: said.actor.accountId, account_name: said.actor.name, reviewed_at: said.at }
  const { accepted, reason } = said
  await db
    .insertInto('result_review')
    .values({ ...ids, accepted, reason, difference, ...by })
    .execute()
}
