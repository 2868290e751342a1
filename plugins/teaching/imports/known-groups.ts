import type { Transaction } from 'kysely'
import type { TeachingTables } from '../tables.ts'

export async function knownGroups(trx: Transaction<TeachingTables>): Promise<string[]> {
  const rows = await trx.selectFrom('course_group').select('code').execute()
  return rows.map(({ code }) => code)
}
