import { changePassword } from '../../access/change-password.ts'
import { requestOwnEmail } from '../../access/own-email.ts'
import { shortestPassword } from '../../access/password.ts'
import { readOwnAccount } from '../../access/own-account.ts'
import { mustHaveSecondFactor, readSecondFactor } from '../../access/second-factor.ts'
import { endSessionOf, endSessions, listSessions } from '../../access/sessions.ts'
import * as contract from '../../contract/resources/access.ts'
import { handleSessionRoute, signedIn } from './register-session-route.ts'
import type { SessionRoute } from './register-session-route.ts'

export const ownAccountRoutes: readonly SessionRoute[] = [
  handleSessionRoute(contract.getOwnAccount, async (request, { db, config }) => {
    const { actor } = signedIn(request)
    const { confirmedAt, codesLeft } = await readSecondFactor(db, actor.accountId)
    return {
      ...(await readOwnAccount(db, actor.accountId)),
      shortestPassword,
      secondFactor: {
        confirmedAt: confirmedAt?.toISOString() ?? null,
        codesLeft,
        demanded: mustHaveSecondFactor(actor, config.secondFactorRoles),
      },
    }
  }),
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
  handleSessionRoute(contract.requestOwnEmail, async (request, context) => {
    const { body, address } = request
    await requestOwnEmail(context, signedIn(request).actor.accountId, { ...body, address })
  }),
  handleSessionRoute(contract.changePassword, async (request, { db, now }) => {
    const { accountId } = signedIn(request).actor
    await changePassword(db, accountId, { ...request.body, address: request.address, at: now() })
    await request.open(accountId, 'password')
  }),
]
