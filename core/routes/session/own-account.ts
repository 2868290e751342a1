import { changePassword } from '../../access/change-password.ts'
import { shortestPassword } from '../../access/password.ts'
import { readOwnAccount } from '../../access/own-account.ts'
import { endSessionOf, endSessions, listSessions } from '../../access/sessions.ts'
import * as contract from '../../contract/resources/access.ts'
import { handleSessionRoute } from './register-session-route.ts'
import type { Exchange, SessionRoute } from './register-session-route.ts'

export const ownAccountRoutes: readonly SessionRoute[] = [
  handleSessionRoute(contract.getOwnAccount, async (request, { db }) => ({
    ...(await readOwnAccount(db, signedIn(request).actor.accountId)),
    shortestPassword,
  })),
  handleSessionRoute(contract.listOwnSessions, async (request, { db, now }) => {
    const { actor, sessionId } = signedIn(request)
    const lines = await listSessions(db, actor.accountId, now())
    return {
      items: lines.map(({ createdAt, seenAt, expiresAt, ...line }) => ({
        ...line,
        createdAt: createdAt.toISOString(),
        seenAt: seenAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        current: line.id === sessionId,
      })),
    }
  }),
  handleSessionRoute(contract.endOwnSession, async (request, { db }) => {
    await endSessionOf(db, signedIn(request).actor.accountId, request.params.id)
  }),
  handleSessionRoute(contract.endOwnSessions, async (request, { db }) => {
    const ended = await endSessions(db, signedIn(request).actor.accountId)
    await request.close()
    return { ended }
  }),
  handleSessionRoute(contract.changePassword, async (request, { db, now }) => {
    const { accountId } = signedIn(request).actor
    await changePassword(db, accountId, { ...request.body, address: request.address, at: now() })
    await request.open(accountId, 'password')
  }),
]

/** Routes of one's own account name an action that needs somebody to be signed in. */
function signedIn({ signedIn: found }: Exchange): NonNullable<Exchange['signedIn']> {
  if (!found) throw new Error('a route of the own account was reached by nobody')
  return found
}
