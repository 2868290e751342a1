import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { TLSSocket } from 'node:tls'
import ldap from 'ldapjs'
import type { LdapSettings } from './settings.ts'

/** A real LDAP server on this machine, for tests. */
export interface TestDirectory {
  settings: LdapSettings
  /** People and groups, by their whole names. */
  entries: Map<string, Record<string, string | string[]>>
  /** What was asked, in order: "bind DN" and "search FILTER"; over which line: "tls " before it, or nothing. */
  asked: string[]
  close(): Promise<void>
}

/** Of a certificate for the name localhost, and no other, that signs itself; its key is published here and worth nothing. */
export const caFile = fileURLToPath(new URL('fixtures/certificate.pem', import.meta.url))
const tls = { cert: readFileSync(caFile), key: readFileSync(new URL('fixtures/key.pem', import.meta.url)) }

export const base = 'dc=university,dc=kz'
export const searcher = { dn: `cn=search,${base}`, password: 'of the searcher' }

/** `tls`: from the first byte, raised to it when asked, or not to be had. */
export async function startTestDirectory(
  secrecy: 'tls' | 'start-tls' | 'none' = 'none',
): Promise<TestDirectory> {
  const entries: TestDirectory['entries'] = new Map()
  const asked: string[] = []
  const server = ldap.createServer(
    secrecy === 'tls' ? { certificate: tls.cert.toString(), key: tls.key.toString() } : {},
  )
  const note = ({ connection }: Request, what: string) =>
    asked.push(`${connection instanceof TLSSocket ? 'tls ' : ''}${what}`)
  const passwords = (dn: string) =>
    dn === searcher.dn ? searcher.password : [...entries].find(([name]) => name === dn)?.[1]['userPassword']

  server.bind('', (request: BindRequest, response: Response, next: Next) => {
    note(request, 'bind')
    response.end()
    next()
  })
  server.bind(base, (request: BindRequest, response: Response, next: Next) => {
    const dn = plain(request.dn)
    note(request, `bind ${dn}`)
    const { credentials } = request
    // As RFC 4513, 5.1.2 lets servers do: no password, so nobody in particular is let in.
    if (credentials !== '' && credentials !== passwords(dn)) {
      next(new ldap.InvalidCredentialsError())
      return
    }
    response.end()
    next()
  })
  server.search(base, (request: SearchRequest, response: SearchResponse, next: Next) => {
    note(request, `search ${request.filter.toString()}`)
    if (plain(request.connection.ldap.bindDN) !== searcher.dn) {
      next(new ldap.InsufficientAccessRightsError())
      return
    }
    // By itself ldapjs loses attributes that are asked for with capital letters in their names.
    response.attributes = []
    for (const [dn, { userPassword: _, ...attributes }] of entries) {
      const isBelow = dn.endsWith(plain(request.dn))
      if (isBelow && request.filter.matches(attributes)) response.send({ dn, attributes })
    }
    response.end()
    next()
  })
  if (secrecy === 'start-tls') offerStartTls(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const scheme = secrecy === 'tls' ? 'ldaps' : 'ldap'
  return {
    entries,
    asked,
    settings: {
      url: `${scheme}://localhost:${new URL(server.url).port}`,
      caFile: secrecy === 'none' ? null : caFile,
      searcher,
      base,
      filter: '(objectClass=person)',
      loginAttributes: ['uid', 'mail'],
      idAttribute: 'entryUUID',
      teacherAttribute: 'employeeNumber',
      groupBase: null,
      rules: [],
      newAccounts: false,
    },
    close: async () => {
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

/** What of ldapjs is used here; its own types leave it open. */
interface Request {
  connection: Socket & { ldap: { bindDN: unknown } }
  dn: unknown
}
interface BindRequest extends Request {
  credentials: string
}
interface SearchRequest extends Request {
  filter: { toString(): string; matches(attributes: Record<string, string | string[]>): boolean }
}
interface Response {
  end(): void
}
interface SearchResponse extends Response {
  attributes: string[]
  send(entry: { dn: string; attributes: Record<string, string | string[]> }): void
}
type Next = (error?: object) => void

/** Names as this server writes them: without spaces between their parts. */
const plain = (dn: unknown) => String(dn).replace(/, /g, ',')

/** ldapjs does not know it by itself: the line goes on as TLS once the answer is written (RFC 4511, 4.14). */
function offerStartTls(server: ReturnType<typeof ldap.createServer>): void {
  server.exop('1.3.6.1.4.1.1466.20037', ({ connection }: Request, response: Response, next: Next) => {
    response.end()
    connection.removeAllListeners('data')
    const secure = new TLSSocket(connection, { isServer: true, ...tls })
    ;(server as unknown as { newConnection(socket: TLSSocket): void }).newConnection(secure)
    next()
  })
}
