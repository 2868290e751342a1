import { UstazError } from '@ustaz/core/contract'
import type { AccountAccess, AccountName } from '@ustaz/core/plugin'
import type { Transaction } from 'kysely'
import type { Answer } from '../answer/answer.ts'
import type { ExpertTables } from '../tables.ts'

/** The accounts with their names, each once. Throws `expert.experts-unknown` if one is none, or may not answer. */
export async function nameExperts(accounts: AccountAccess, ids: readonly number[]): Promise<AccountName[]> {
  const wanted = [...new Set(ids)]
  const filter = { action: 'consultation.answer', ids: wanted, page: 1, pageSize: wanted.length }
  const { items } = await accounts.list(filter)
  const missing = wanted.filter((id) => !items.some((account) => account.id === id))
  if (missing.length > 0)
    throw new UstazError('expert.experts-unknown', { status: 422, params: { accounts: missing.map(String) } })
  return items
}

/** Gives each an empty sheet; who has one keeps it. */
export async function inviteExperts(
  trx: Transaction<ExpertTables>,
  consultationId: number,
  experts: readonly AccountName[],
  empty: Answer,
): Promise<void> {
  const sheets = experts.map(({ id, name }) => ({
    consultation_id: consultationId,
    account_id: id,
    name,
    answer: JSON.stringify(empty),
  }))
  await trx
    .insertInto('sheet')
    .values(sheets)
    .onConflict((conflict) => conflict.columns(['consultation_id', 'account_id']).doNothing())
    .execute()
}

/** Takes the invitations of all others back. Throws `expert.expert-answered` if one of them has answered something. */
export async function withdrawOthers(
  trx: Transaction<ExpertTables>,
  consultationId: number,
  experts: readonly AccountName[],
): Promise<void> {
  const stay = experts.map(({ id }) => id)
  const others = await trx
    .selectFrom('sheet')
    .select(['account_id', 'name', 'saved_at'])
    .where('consultation_id', '=', consultationId)
    .where('account_id', 'not in', stay)
    .forUpdate()
    .execute()
  const answered = others.filter(({ saved_at }) => saved_at !== null).map(({ name }) => name)
  if (answered.length > 0)
    throw new UstazError('expert.expert-answered', { status: 409, params: { experts: answered } })
  await trx
    .deleteFrom('sheet')
    .where('consultation_id', '=', consultationId)
    .where('account_id', 'not in', stay)
    .execute()
}
