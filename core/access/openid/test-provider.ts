import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import type { Configuration } from 'oidc-provider'
import type { OpenIdSettings } from './settings.ts'

/** A real OpenID Connect provider on this machine, for tests. */
export interface TestOpenIdProvider {
  issuer: string
  settings: OpenIdSettings
  /** What the provider knows of people, by subject. */
  people: Map<string, Record<string, unknown>>
  /** Serves a client whose browser comes back to one of the products at these origins. */
  serve(...origins: readonly string[]): void
  /** Goes where a browser is sent, signs in there as the subject, and answers where it is sent back to. */
  visit(address: string, subject: string): Promise<URL>
  close(): Promise<void>
}

const clientId = 'ustaz'
const clientSecret = 'secret of the client'

export async function startTestOpenIdProvider(): Promise<TestOpenIdProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people: TestOpenIdProvider['people'] = new Map()
  return {
    issuer,
    people,
    settings: {
      issuer,
      clientId,
      clientSecret,
      scopes: 'openid email profile',
      rolesClaim: 'groups',
      teacherClaim: 'staff_number',
      newAccounts: false,
      rules: [],
    },
    serve(...origins) {
      const answer = new Provider(issuer, configurationOf(people, origins)).callback()
      server.removeAllListeners('request').on('request', (request, response) => {
        void answer(request, response)
      })
    },
    visit: async (address, subject) => await visit(issuer, address, subject),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function configurationOf(people: TestOpenIdProvider['people'], origins: readonly string[]): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: origins.map((origin) => `${origin}/sign-in/return`),
        post_logout_redirect_uris: origins.map((origin) => `${origin}/sign-in`),
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['of a test'] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'groups', 'staff_number'],
    },
    findAccount: (_, subject) => {
      const claims = people.get(subject)
      return claims && { accountId: subject, claims: () => ({ sub: subject, ...claims }) }
    },
    // Nobody is asked for consent: it is the university's own provider.
    loadExistingGrant: async ({ oidc: { provider, client, account } }) => {
      const ids = { clientId: client?.clientId, accountId: account?.accountId }
      const grant = new provider.Grant(ids)
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}

async function visit(issuer: string, address: string, subject: string): Promise<URL> {
  const cookies = new Map<string, string>()
  const ask = async (url: URL, form?: Record<string, string>) => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const body = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...body })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return response
  }
  let next = new URL(address)
  for (let steps = 0; next.origin === issuer; steps++) {
    if (steps > 10) throw new Error(`the provider leads nowhere: ${next.href}`)
    const page = await ask(next)
    const isForm = page.status === 200 && next.pathname.startsWith('/interaction/')
    const answer = isForm ? await ask(next, { prompt: 'login', login: subject, password: 'any' }) : page
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`${next.href}: ${answer.status} ${await answer.text()}`)
    next = new URL(location, next)
  }
  return next
}
