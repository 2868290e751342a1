import { beginFlow, endFlow } from '../../access/openid/sign-in-flows.ts'
import type { OpenIdProvider } from '../../access/openid/provider.ts'
import type { AppContext } from '../../app-context.ts'
import type { OpenIdSettings } from '../../access/openid/settings.ts'
import { UstazError } from '../../contract/problem.ts'
import * as contract from '../../contract/resources/openid.ts'
import { returnPath } from '../../contract/return-path.ts'
import { admitProven } from './admit-proven.ts'
import { handleSessionRoute } from './register-session-route.ts'
import type { SessionRoute } from './register-session-route.ts'
import { describeAccount } from './sign-in.ts'

export const openIdRoutes: readonly SessionRoute[] = [
  handleSessionRoute(contract.beginOpenId, async ({ body, baseUrl, setFlow }, context) => {
    const { openId } = requireOpenId(context)
    const begun = { provider: openId.id, returnTo: returnPath(body.to), at: context.now() }
    const { token, flow } = await beginFlow(context.db, begun)
    const address = await openId.signInAddress(flow, baseUrl + contract.openIdReturnPath)
    setFlow(token)
    return { address }
  }),
  handleSessionRoute(contract.finishOpenId, async ({ body, baseUrl, flowToken, setFlow, open }, context) => {
    const { openId, settings } = requireOpenId(context)
    const returned = new URL(baseUrl + contract.openIdReturnPath)
    returned.search = body.query
    setFlow(null)
    const state = returned.searchParams.get('state')
    const flow = await endFlow(context.db, flowToken, { provider: openId.id, state, at: context.now() })
    const identity = await openId.identify(returned, flow)
    const accountId = await admitProven(context, identity, settings)
    await open(accountId, openId.id)
    return { account: await describeAccount(context, accountId, openId.id), to: flow.returnTo }
  }),
]

function requireOpenId(context: AppContext): { openId: OpenIdProvider; settings: OpenIdSettings } {
  const { openId, config } = context
  if (openId === null || config.openId === null) throw new UstazError('way-off', { status: 403 })
  return { openId, settings: config.openId }
}
