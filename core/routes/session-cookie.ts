import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionHours } from '../access/sessions.ts'

/** Over TLS the name says that no other host of the domain and no plain page can have set it (RFC 6265bis, 4.1.3.2). */
const names = { plain: 'ustaz_session', secure: '__Host-ustaz_session' }

/** Where the product is asked for under its public address and that has TLS; a proxy may end TLS before it reaches us. */
function isSecure(request: FastifyRequest, publicUrl: string): boolean {
  return publicUrl.startsWith('https:') && request.host === new URL(publicUrl).host
}

/** What the session's cookie holds; null: there is none. */
export function readSessionCookie(request: FastifyRequest, publicUrl: string): string | null {
  return request.cookies[isSecure(request, publicUrl) ? names.secure : names.plain] ?? null
}

/** Gives the browser the session's cookie, or takes it away (null). */
export function writeSessionCookie(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  token: string | null,
  publicUrl: string,
): void {
  const secure = isSecure(request, publicUrl)
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  const name = secure ? names.secure : names.plain
  if (token === null) reply.clearCookie(name, options)
  else reply.setCookie(name, token, { ...options, maxAge: sessionHours.longest * 3600 })
}
