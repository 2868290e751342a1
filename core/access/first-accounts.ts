import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

/** Who may set up an installation that nobody has set up yet; the management approves what the office writes. */
const first = [
  { name: 'Academic office', role: 'office' },
  { name: 'Management', role: 'management' },
  { name: 'Administrator', role: 'administrator' },
]

/** Makes the first accounts where there is none at all, so that somebody can bring in people and regulations. */
export async function createFirstAccounts(db: Kysely<CoreTables>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const any = await trx.selectFrom('account').select('id').limit(1).executeTakeFirst()
    if (any) return
    for (const { name, role } of first) {
      const { id } = await trx
        .insertInto('account')
        .values({ name, teacher_id: null })
        .returning('id')
        .executeTakeFirstOrThrow()
      await trx.insertInto('account_role').values({ account_id: id, role, unit_id: null }).execute()
    }
  })
}
