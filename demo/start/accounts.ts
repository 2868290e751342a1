import type { Kysely } from 'kysely'
import type { CoreTables } from '../../core/database/tables.ts'

/** In whose name the demonstration does what people of a university would do: never both sides by one account. */
export interface OfficeAccounts {
  office: number
  management: number
}

export async function readOfficeAccounts(db: Kysely<CoreTables>): Promise<OfficeAccounts> {
  const first = async (role: string) => {
    const query = db
      .selectFrom('account_role')
      .select('account_id')
      .where('role', '=', role)
      .orderBy('account_id')
    return (await query.limit(1).executeTakeFirstOrThrow()).account_id
  }
  return { office: await first('office'), management: await first('management') }
}
