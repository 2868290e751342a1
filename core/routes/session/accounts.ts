import {
  createAccount,
  forgetIdentities,
  requireAccount,
  setLocked,
  setRoles,
  updateAccount,
} from '../../access/accounts.ts'
import { createLink, linkAddress } from '../../access/links.ts'
import { getManagedAccount, listManagedAccounts } from '../../access/managed-accounts.ts'
import { endSessions } from '../../access/sessions.ts'
import type { AppContext } from '../../app-context.ts'
import { UstazError } from '../../contract/problem.ts'
import * as contract from '../../contract/resources/accounts.ts'
import { handleSessionRoute } from './register-session-route.ts'
import type { Exchange, SessionRoute } from './register-session-route.ts'

/** Administration of accounts. */
export const accountRoutes: readonly SessionRoute[] = [
  handleSessionRoute(contract.listAccounts, async ({ query }, { db, now }) => {
    return await listManagedAccounts(db, query, now())
  }),
  handleSessionRoute(contract.getAccount, async ({ params }, { db, now }) => {
    return await getManagedAccount(db, params.id, now())
  }),
  handleSessionRoute(contract.createAccount, async (request, context) => {
    const id = await createAccount(context.db, request.body)
    return { id, link: await linkFor(id, 'invitation', request, context) }
  }),
  handleSessionRoute(contract.updateAccount, async ({ params, body }, { db }) => {
    await updateAccount(db, params.id, body)
  }),
  handleSessionRoute(contract.setAccountRoles, async ({ params, body }, { db }) => {
    await setRoles(db, params.id, body.roles)
  }),
  handleSessionRoute(contract.setAccountLocked, async ({ params, body }, { db, now }) => {
    await setLocked(db, { id: params.id, locked: body.locked, at: now() })
  }),
  handleSessionRoute(contract.createAccountLink, async (request, context) => {
    const { id } = request.params
    const { email } = await requireAccount(context.db, id)
    if (email === null) throw new UstazError('address-missing', { status: 409, params: { id } })
    return await linkFor(id, 'reset', request, context)
  }),
  handleSessionRoute(contract.forgetAccountIdentities, async ({ params }, { db }) => ({
    forgotten: await forgetIdentities(db, params.id),
  })),
  handleSessionRoute(contract.endAccountSessions, async ({ params }, { db }) => {
    await requireAccount(db, params.id)
    return { ended: await endSessions(db, params.id) }
  }),
]

async function linkFor(
  accountId: number,
  purpose: 'invitation' | 'reset',
  { signedIn, baseUrl }: Exchange,
  { db, now }: AppContext,
) {
  const createdBy = signedIn?.actor.accountId ?? null
  const { secret, expiresAt } = await createLink(db, { accountId, purpose, createdBy, at: now() })
  return { address: linkAddress(baseUrl, secret), expiresAt: expiresAt.toISOString() }
}
