import { findActor } from '../../access/actor.ts'
import { findDemoAccount } from '../../access/demo-people.ts'
import { listAccounts } from '../../access/list-accounts.ts'
import { consumeLink, readLink } from '../../access/links.ts'
import { shortestPassword } from '../../access/password.ts'
import { allowedActions } from '../../access/rights.ts'
import { renewPostRoles } from '../../access/providers/admit-identity.ts'
import { checkSignIn } from '../../access/sign-in.ts'
import type { AppContext } from '../../app-context.ts'
import { UstazError } from '../../contract/problem.ts'
import * as contract from '../../contract/resources/access.ts'
import type { Actor } from '../../plugin/route.ts'
import { admitProven } from './admit-proven.ts'
import { handleSessionRoute } from './register-session-route.ts'
import type { SessionRoute } from './register-session-route.ts'

export const signInRoutes: readonly SessionRoute[] = [
  handleSessionRoute(contract.getSession, async ({ signedIn }, { config, passwordProviders }) => ({
    account: signedIn ? describe(signedIn.actor) : null,
    ways: {
      password: true,
      directory: passwordProviders.length > 0,
      openId: config.openId !== null,
      demo: config.demoSignIn,
    },
  })),
  handleSessionRoute(contract.openSession, async ({ body, address, open }, context) => {
    const { db, config, passwordProviders, now } = context
    const proven = await checkSignIn(db, { ...body, address, at: now() }, passwordProviders)
    if ('accountId' in proven) {
      if (config.rolesFromPosts) await renewPostRoles(db, proven.accountId, now())
      await open(proven.accountId, 'password')
      return await describeAccount(context, proven.accountId)
    }
    const { provider, identity } = proven
    const accountId = await admitProven(context, identity, provider.admission)
    await open(accountId, provider.id)
    return await describeAccount(context, accountId)
  }),
  handleSessionRoute(contract.closeSession, async ({ signedIn, baseUrl, close }, { openId }) => {
    await close()
    const isFromThere = openId !== null && signedIn?.provider === openId.id
    return { next: isFromThere ? await openId.signOutAddress(`${baseUrl}/sign-in`) : null }
  }),
  handleSessionRoute(contract.listDemoPeople, async ({ query: { role, ...filter } }, { db, config }) => {
    requireDemo(config)
    return await listAccounts(db, {
      ...filter,
      roles: role === undefined ? undefined : [role],
      locked: false,
    })
  }),
  handleSessionRoute(contract.openDemoSession, async ({ body, open }, context) => {
    requireDemo(context.config)
    await findDemoAccount(context.db, body.accountId)
    await open(body.accountId, 'demo')
    return await describeAccount(context, body.accountId)
  }),
  handleSessionRoute(contract.readLink, async ({ body }, { db, now }) => ({
    ...(await readLink(db, body.secret, now())),
    shortestPassword,
  })),
  handleSessionRoute(contract.consumeLink, async ({ body }, { db, now }) => {
    await consumeLink(db, { ...body, at: now() })
  }),
]

function requireDemo({ demoSignIn }: { demoSignIn: boolean }): void {
  if (!demoSignIn) throw new UstazError('way-off', { status: 403 })
}

export function describe(actor: Actor): contract.SignedIn {
  const { accountId: id, name, teacherId, roles } = actor
  return { id, name, teacherId, roles: [...roles], actions: allowedActions(actor) }
}

export async function describeAccount({ db }: AppContext, accountId: number): Promise<contract.SignedIn> {
  const actor = await findActor(db, accountId)
  if (!actor) throw new UstazError('account-not-found', { status: 404, params: { id: accountId } })
  return describe(actor)
}
