import { connect as connectPlainly, isIP } from 'node:net'
import { Client } from 'ldapts'
import { UstazError } from '../../contract/problem.ts'
import type { LdapSettings, secrecyOf } from './settings.ts'

/** Where a directory is, and how one talks to it. */
export interface Directory extends Pick<LdapSettings, 'url'> {
  /** PEM; null: the authorities that Node knows. */
  ca: string | null
  /** As `secrecyOf` says. */
  secrecy: ReturnType<typeof secrecyOf>
}

const connectMilliseconds = 5_000
const answerMilliseconds = 5_000

/**
 * Does work on a connection of its own, which is closed afterwards. Throws `provider-unavailable` for everything but answers of the
 * server, which `work` has to understand.
 */
export async function onConnection<T>(
  directory: Directory,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = createClient(directory)
  const late = AbortSignal.timeout(connectMilliseconds + 2 * answerMilliseconds)
  const tooLate = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => {
      reject(
        new UstazError('provider-unavailable', {
          status: 503,
          message: `${directory.url}: no answer in time`,
        }),
      )
    })
  })
  const talk = async () => {
    if (directory.secrecy === 'start-tls') await client.startTLS(tlsOptions(directory))
    return await work(client)
  }
  try {
    return await Promise.race([talk(), tooLate])
  } catch (cause) {
    if (cause instanceof UstazError) throw cause
    throw new UstazError('provider-unavailable', { status: 503, cause })
  } finally {
    // The work is done or failed; what closing says to it changes neither.
    await client.unbind().catch(() => undefined)
  }
}

function createClient(directory: Directory): Client {
  let isOpened = false
  return new Client({
    url: directory.url,
    connectTimeout: connectMilliseconds,
    timeout: answerMilliseconds,
    ...(directory.secrecy === 'tls' ? { tlsOptions: tlsOptions(directory) } : {}),
    // The library connects anew when it is disconnected. Raised to TLS it would then go on in the clear, with the password.
    createConnection: ((port: number, host: string) => {
      if (isOpened) throw new Error('the directory closed the connection')
      isOpened = true
      return connectPlainly(port, host)
    }) as typeof connectPlainly,
  })
}

/** The certificate must be one for the host of the address. */
function tlsOptions({ url, ca }: Directory) {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  return { host, ...(isIP(host) ? {} : { servername: host }), ...(ca === null ? {} : { ca }) }
}
