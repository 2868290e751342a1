import * as client from 'openid-client'
import type { Log } from '../../log.ts'
import { UstazError } from '../../contract/problem.ts'
import type { ProvenIdentity } from '../providers/identity.ts'
import type { OpenIdSettings } from './settings.ts'
import { readIdentity } from './read-claims.ts'
import type { Flow } from './sign-in-flows.ts'
import { toProblem } from './to-problem.ts'

/** An OpenID Connect provider: authorization code flow with PKCE, state and nonce. */
export interface OpenIdProvider {
  /** Holds the issuer: the same subject of another issuer is another person. */
  id: string
  /** Where the browser goes to sign in. Throws `provider-unavailable`. */
  signInAddress(flow: Flow, returnAddress: string): Promise<string>
  /**
   * Whom the provider proves by what it sent the browser back with. Throws `provider-refused` where it says no, `sign-in-unproven`
   * where its answer does not hold, `provider-unavailable`.
   */
  identify(returned: URL, flow: Flow): Promise<ProvenIdentity>
  /** Where the browser goes to end the session there too; null: the provider offers no such thing, or is out of reach. */
  signOutAddress(returnAddress: string): Promise<string | null>
}

/** What the provider says about itself is read anew after this time. */
const rememberedMinutes = 60
const timeoutSeconds = 10

/** Nothing is asked before somebody wants to sign in: a provider that is down does not keep the product from starting. */
export function createOpenIdProvider(settings: OpenIdSettings, log: Log): OpenIdProvider {
  const id = `openid:${settings.issuer}`
  const configuration = remember(async () => await discover(settings))
  /** Tokens and codes are in no message of the library, and so not in the log. */
  const known = async <T>(work: (config: client.Configuration) => Promise<T>): Promise<T> => {
    try {
      return await work(await configuration())
    } catch (error) {
      const problem = toProblem(error)
      log.warn(`signing in by ${settings.issuer}: ${problem.code}: ${causesOf(error).join(': ')}`)
      throw problem
    }
  }
  return {
    id,
    async signInAddress(flow, returnAddress) {
      const challenge = await client.calculatePKCECodeChallenge(flow.verifier)
      return await known(async (config) => {
        const address = client.buildAuthorizationUrl(config, {
          redirect_uri: returnAddress,
          scope: settings.scopes,
          code_challenge: challenge,
          code_challenge_method: 'S256',
          state: flow.state,
          nonce: flow.nonce,
        })
        return await Promise.resolve(address.href)
      })
    },
    async identify(returned, { state, nonce, verifier }) {
      return await known(async (config) => {
        const tokens = await client.authorizationCodeGrant(config, returned, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const idToken = tokens.claims()
        if (!idToken) throw new UstazError('sign-in-unproven', { status: 401 })
        const hasUserInfo = config.serverMetadata().userinfo_endpoint !== undefined
        const userInfo = hasUserInfo
          ? await client.fetchUserInfo(config, tokens.access_token, idToken.sub)
          : null
        return readIdentity(id, { subject: idToken.sub, idToken, userInfo }, settings)
      })
    },
    async signOutAddress(returnAddress) {
      try {
        const config = await configuration()
        if (config.serverMetadata().end_session_endpoint === undefined) return null
        return client.buildEndSessionUrl(config, { post_logout_redirect_uri: returnAddress }).href
      } catch (error) {
        log.warn(`signing out at ${settings.issuer}: ${causesOf(error).join(': ')}`)
        return null
      }
    },
  }
}

async function discover(settings: OpenIdSettings): Promise<client.Configuration> {
  const issuer = new URL(settings.issuer)
  // Settings let http through for this machine only (core/access/openid/settings.ts).
  const execute = [
    client.enableNonRepudiationChecks,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that nobody uses it unawares
    ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
  ]
  const authentication = settings.clientSecret === null ? client.None() : withSecret(settings.clientSecret)
  return await client.discovery(issuer, settings.clientId, undefined, authentication, {
    execute,
    timeout: timeoutSeconds,
  })
}

/** In the header, as providers expect who have not been told otherwise (OpenID Connect Core 1.0, 9), unless they do not take it there. */
function withSecret(secret: string): client.ClientAuth {
  const [inHeader, inBody] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    ;(methods.includes('client_secret_basic') ? inHeader : inBody)(server, ...rest)
  }
}

/** Reads once for everybody who asks in the meantime, and again when it is old; a failure is not remembered. */
function remember<T>(read: () => Promise<T>): () => Promise<T> {
  let last: { value: Promise<T>; until: number } | null = null
  return async () => {
    if (last === null || last.until < performance.now()) {
      const value = read()
      last = { value, until: performance.now() + rememberedMinutes * 60_000 }
      value.catch(() => (last = null))
    }
    return await last.value
  }
}

function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  return [error.message, ...causesOf(error.cause)]
}
