import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { UstazError } from '../contract/problem.ts'

/** Listens and answers the address to open in a browser. Throws `port-taken`, `port-forbidden`, which say what to do. */
export async function listen(
  app: FastifyInstance,
  { host, port }: { host: string; port: number },
): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    throw explain(cause, port)
  }
  const { port: opened } = app.server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${opened}`
}

function explain(cause: unknown, port: number): unknown {
  const { code } = cause as NodeJS.ErrnoException
  const other = port < 65535 ? port + 1 : 3000
  if (code === 'EADDRINUSE')
    return new UstazError('port-taken', { status: 500, params: { port, other }, cause })
  if (code === 'EACCES') return new UstazError('port-forbidden', { status: 500, params: { port }, cause })
  return cause
}
