import type { FastifyReply, FastifyRequest } from 'fastify'
import { flowMinutes } from '../access/openid/sign-in-flows.ts'
import { sessionHours } from '../access/sessions.ts'

/** Over TLS the name says that no other host of the domain and no plain page can have set it (RFC 6265bis, 4.1.3.2). */
const nameOf = (cookie: Cookie, secure: boolean) => `${secure ? '__Host-' : ''}ustaz_${cookie}`

/** flow: of who went to another provider to sign in and has not come back yet. */
export type Cookie = 'session' | 'flow'
const seconds: Record<Cookie, number> = { session: sessionHours.longest * 3600, flow: flowMinutes * 60 }

/** Where the product is asked for under its public address and that has TLS; a proxy may end TLS before it reaches us. */
function isSecure(request: FastifyRequest, publicUrl: string): boolean {
  return publicUrl.startsWith('https:') && request.host === new URL(publicUrl).host
}

/** What a cookie of ours holds; null: there is none. */
export function readCookie(request: FastifyRequest, cookie: Cookie, publicUrl: string): string | null {
  return request.cookies[nameOf(cookie, isSecure(request, publicUrl))] ?? null
}

/** Gives the browser a cookie, or takes it away (value null). */
export function writeCookie(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { cookie, value }: { cookie: Cookie; value: string | null },
  publicUrl: string,
): void {
  const secure = isSecure(request, publicUrl)
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  const name = nameOf(cookie, secure)
  if (value === null) reply.clearCookie(name, options)
  else reply.setCookie(name, value, { ...options, maxAge: seconds[cookie] })
}
