import type { FastifyRequest } from 'fastify'
import { isLocalName } from '../local-name.ts'
import { UstazError } from '../contract/problem.ts'
import { requestHeader } from '../contract/call.ts'

/**
 * Only requests under the product's own names are answered (a foreign name that resolves to this address would let any web page
 * in), and none that a page of another site makes. Throws `foreign-host`, `foreign-origin`.
 */
export function refuseForeign(request: FastifyRequest, publicUrl: string): void {
  const isLocal = isLocalName(request.hostname)
  if (!isLocal && request.host !== new URL(publicUrl).host) {
    throw new UstazError('foreign-host', { status: 403, params: { host: request.hostname.slice(0, 100) } })
  }
  const { origin } = request.headers
  if (origin === undefined) return
  const isOwn = isLocal ? isLocalOrigin(origin) : origin === publicUrl
  if (!isOwn) throw new UstazError('foreign-origin', { status: 403 })
}

/** Any port of this machine: the development server of the web stands on another one. */
function isLocalOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLocalName(new URL(origin).hostname)
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Request forgery: whatever changes something and is not proved by a token in `authorization` must carry a header of our own. A
 * form or link of another site cannot set one, and its script only after asking by a preflight, which is never answered with yes.
 * Together with the origin above and SameSite=Lax of the cookie that leaves no way; a token in each page would be state that
 * has to be kept in step between tabs and processes, and would hold no more. Throws `forgery-suspected`.
 */
export function refuseForgery(request: FastifyRequest): void {
  if (safeMethods.has(request.method) || request.headers[requestHeader.name] === requestHeader.value) return
  throw new UstazError('forgery-suspected', { status: 403, params: { header: requestHeader.name } })
}
