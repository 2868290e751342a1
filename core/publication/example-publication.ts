import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

/** For tests that are about something else: a run as if it had been published, by the first account there is. */
export async function publishExample(
  db: Kysely<CoreTables>,
  runId: number,
  terms: { appealsUntil: string; answerDays: number } | null = null,
): Promise<void> {
  const { id } = await db.selectFrom('account').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow()
  await db
    .insertInto('publication')
    .values({
      run_id: runId,
      state: 'preliminary',
      note: 'Example',
      account_id: id,
      happened_at: new Date('2026-06-20T09:00:00Z'),
      run_hash: 'example',
      appeals_until: terms?.appealsUntil ?? null,
      answer_days: terms?.answerDays ?? null,
    })
    .execute()
}
