import { requireAccount } from '../../access/accounts.ts'
import { createToken, grantableActions, listTokens, revokeToken } from '../../access/tokens.ts'
import type { TokenLine } from '../../access/tokens.ts'
import * as contract from '../../contract/resources/tokens.ts'
import { handleSessionRoute, signedIn } from './register-session-route.ts'
import type { SessionRoute } from './register-session-route.ts'

/** API tokens: one's own, and those of others for who administers accounts. */
export const tokenRoutes: readonly SessionRoute[] = [
  handleSessionRoute(contract.listOwnTokens, async (request, { db, now }) => {
    const { actor } = signedIn(request)
    const lines = await listTokens(db, actor.accountId, now())
    return { items: lines.map(describe), grantable: grantableActions(actor) }
  }),
  handleSessionRoute(contract.createOwnToken, async (request, { db, now }) => {
    const { actor } = signedIn(request)
    const { id, text, expiresAt } = await createToken(db, actor, { ...request.body, at: now() })
    return { id, token: text, expiresAt: expiresAt.toISOString() }
  }),
  handleSessionRoute(contract.revokeOwnToken, async (request, { db, now }) => {
    const { accountId } = signedIn(request).actor
    await revokeToken(db, { accountId, id: request.params.id, at: now() })
  }),
  handleSessionRoute(contract.listAccountTokens, async ({ params }, { db, now }) => {
    await requireAccount(db, params.id)
    return { items: (await listTokens(db, params.id, now())).map(describe) }
  }),
  handleSessionRoute(contract.revokeAccountToken, async ({ params }, { db, now }) => {
    await revokeToken(db, { accountId: params.id, id: params.tokenId, at: now() })
  }),
]

function describe({ createdAt, expiresAt, usedAt, revokedAt, ...line }: TokenLine): contract.ApiToken {
  return {
    ...line,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }
}
