import { requireAccount } from '../../access/accounts.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  renewRecoveryCodes,
} from '../../access/own-second-factor.ts'
import { removeSecondFactor } from '../../access/second-factor.ts'
import type { AppContext } from '../../app-context.ts'
import * as contract from '../../contract/resources/second-factor.ts'
import { handleSessionRoute, signedIn } from './register-session-route.ts'
import type { Exchange, SessionRoute } from './register-session-route.ts'

/** The second factor: one's own, and taking it away from who lost it. */
export const secondFactorRoutes: readonly SessionRoute[] = [
  handleSessionRoute(contract.beginSecondFactor, async (request, context) => {
    const proof = { ...request.body, code: null, ...askedOf(request, context) }
    return await beginSecondFactor(context.db, ownId(request), proof)
  }),
  handleSessionRoute(contract.confirmSecondFactor, async (request, context) => {
    const proof = { ...request.body, ...askedOf(request, context) }
    return { recoveryCodes: await confirmSecondFactor(context.db, ownId(request), proof) }
  }),
  handleSessionRoute(contract.renewRecoveryCodes, async (request, context) => {
    const proof = { ...request.body, ...askedOf(request, context) }
    return { recoveryCodes: await renewRecoveryCodes(context.db, ownId(request), proof) }
  }),
  handleSessionRoute(contract.endSecondFactor, async (request, context) => {
    const proof = { ...request.body, ...askedOf(request, context) }
    await endSecondFactor(context.db, ownId(request), proof)
  }),
  handleSessionRoute(contract.resetSecondFactor, async ({ params }, { db }) => {
    await requireAccount(db, params.id)
    await removeSecondFactor(db, params.id)
  }),
]

const ownId = (request: Exchange) => signedIn(request).actor.accountId
const askedOf = ({ address }: Exchange, { now }: AppContext) => ({ address, at: now() })
