import { findActor } from '../../access/actor.ts'
import { findDemoAccount } from '../../access/demo-people.ts'
import { discount } from '../../access/guesses.ts'
import { listAccounts } from '../../access/list-accounts.ts'
import { consumeLink, readLink } from '../../access/links.ts'
import { confirmOwnEmail } from '../../access/own-email.ts'
import { shortestPassword } from '../../access/password.ts'
import { requestReset } from '../../access/reset-by-mail.ts'
import { allowedActions } from '../../access/rights.ts'
import { renewPostRoles } from '../../access/providers/admit-identity.ts'
import { limitUntilSecured } from '../../access/second-factor.ts'
import { checkSignIn, finishSignIn } from '../../access/sign-in.ts'
import type { Proven } from '../../access/sign-in.ts'
import type { AppContext } from '../../app-context.ts'
import { UstazError } from '../../contract/problem.ts'
import * as contract from '../../contract/resources/access.ts'
import { canMail } from '../../mail/queue-mail.ts'
import type { Actor } from '../../plugin/route.ts'
import { admitProven } from './admit-proven.ts'
import { handleSessionRoute } from './register-session-route.ts'
import type { SessionRoute } from './register-session-route.ts'

export const signInRoutes: readonly SessionRoute[] = [
  handleSessionRoute(contract.getSession, async ({ signedIn }, context) => ({
    account: signedIn ? describe(signedIn.actor) : null,
    timeZone: context.config.timeZone,
    ways: {
      password: true,
      directory: context.passwordProviders.length > 0,
      openId: context.config.openId !== null,
      demo: context.config.demoSignIn,
      resetByMail: canMail(context),
    },
  })),
  handleSessionRoute(contract.openSession, async ({ body, address, open }, context) => {
    const { db, passwordProviders, now } = context
    const attempt = { ...body, address, at: now() }
    const proven = await checkSignIn(db, attempt, passwordProviders)
    const { accountId, provider } = await accountOf(context, proven).catch(async (error: unknown) => {
      await discount(db, attempt)
      throw error
    })
    await finishSignIn(db, accountId, attempt)
    await open(accountId, provider)
    return await describeAccount(context, accountId, provider)
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
    return await describeAccount(context, body.accountId, 'demo')
  }),
  handleSessionRoute(contract.readLink, async ({ body }, { db, now }) => ({
    ...(await readLink(db, body.secret, now())),
    shortestPassword,
  })),
  handleSessionRoute(contract.consumeLink, async ({ body }, { db, now }) => {
    await consumeLink(db, { ...body, at: now() })
  }),
  handleSessionRoute(contract.requestReset, async ({ body, address }, context) => {
    await requestReset(context, { ...body, address })
  }),
  handleSessionRoute(contract.confirmEmail, async ({ body }, { db, now }) => ({
    email: await confirmOwnEmail(db, { ...body, at: now() }),
  })),
]

function requireDemo({ demoSignIn }: { demoSignIn: boolean }): void {
  if (!demoSignIn) throw new UstazError('way-off', { status: 403 })
}

export function describe(actor: Actor): contract.SignedIn {
  const { accountId: id, name, teacherId, roles, limit } = actor
  return { id, name, teacherId, roles: [...roles], actions: allowedActions(actor), limit: limit?.by ?? null }
}

/** The account of whom login and password prove, its roles renewed, and what its session is called after. */
async function accountOf(
  context: AppContext,
  proven: Proven,
): Promise<{ accountId: number; provider: string }> {
  if (!('accountId' in proven)) {
    const { provider, identity } = proven
    return { accountId: await admitProven(context, identity, provider.admission), provider: provider.id }
  }
  const { db, config, now } = context
  await renewPostRoles(db, proven.accountId, { rolesFromPosts: config.rolesFromPosts, at: now() })
  return { accountId: proven.accountId, provider: 'password' }
}

/** An account as it may act in a session of this provider. */
export async function describeAccount(
  context: AppContext,
  accountId: number,
  provider: string,
): Promise<contract.SignedIn> {
  const actor = await findActor(context.db, accountId)
  if (!actor) throw new UstazError('account-not-found', { status: 404, params: { id: accountId } })
  return describe(await limitUntilSecured(context, actor, provider))
}
