import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Names the content of a JSON answer to GET, and answers 304 to those who have it already. The name is weak: the bytes on the
 * wire may be compressed. Answers are about people, so no shared cache may keep them, and a browser asks before each reuse.
 */
export function nameContent(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  reply.header('cache-control', 'private, no-cache')
  reply.header('vary', 'accept-language, cookie, authorization')
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead || reply.statusCode !== 200 || typeof payload !== 'string') return payload
  const etag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 32)}"`
  reply.header('etag', etag)
  if (!isNamedIn(request.headers['if-none-match'], etag)) return payload
  reply.code(304)
  return ''
}

/** Weak comparison (RFC 9110, 8.8.3.2) with each name of the list. */
function isNamedIn(header: string | undefined, etag: string): boolean {
  const opaque = (name: string) => name.trim().replace(/^W\//, '')
  return (header ?? '').split(',').some((name) => name.trim() === '*' || opaque(name) === opaque(etag))
}
