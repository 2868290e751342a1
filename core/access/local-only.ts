import type { FastifyRequest } from 'fastify'
import { UstazError } from '../contract/problem.ts'

/**
 * Until sign-in exists nobody but this machine is served: the peer must be a loopback address, the name asked for must be one
 * of this machine (a foreign name that resolves to 127.0.0.1 would let any web page in), and no page of another site may ask.
 * `peers` any: for a container whose port is published on a loopback address only (config.ts demands that it is said).
 * Throws `not-local`, `foreign-origin`.
 */
export function refuseStrangers(request: FastifyRequest, peers: 'loopback' | 'any'): void {
  const isNear = peers === 'any' || isLoopback(request.socket.remoteAddress ?? '')
  if (!isNear || !isLocalName(request.hostname)) throw new UstazError('not-local', { status: 403 })
  const { origin } = request.headers
  if (origin !== undefined && !isLocalOrigin(origin)) throw new UstazError('foreign-origin', { status: 403 })
}

export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '')
  return plain === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain)
}

/** A host name without its port, as a request names it. */
export function isLocalName(name: string): boolean {
  const plain = name.replace(/^\[|\]$/g, '').toLowerCase()
  return plain === 'localhost' || plain.endsWith('.localhost') || isLoopback(plain)
}

/** Any port of this machine: the development server of the web stands on another one. */
function isLocalOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLocalName(new URL(origin).hostname)
}
