import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { UstazError } from '../contract/problem.ts'
import { securityHeaders } from './security-headers.ts'

/** A university stands behind one address: what all its phones ask at once is counted by itself and may be so many times more. */
const crowdFactor = 100

const isOfCrowd = (request: FastifyRequest) => request.routeOptions.config.crowd === true

/** What every answer of the server goes through: security headers, a limit of requests per peer and minute, compression. */
export const protection = fastifyPlugin<{ requestsPerMinute: number }>(
  async (app, { requestsPerMinute }) => {
    await app.register(helmet, securityHeaders)
    await app.register(rateLimit, {
      max: (request: FastifyRequest) => requestsPerMinute * (isOfCrowd(request) ? crowdFactor : 1),
      keyGenerator: (request: FastifyRequest) => (isOfCrowd(request) ? `crowd ${request.ip}` : request.ip),
      timeWindow: 60_000,
      errorResponseBuilder: (_: unknown, { ttl }: { ttl: number }) =>
        new UstazError('too-many-requests', { status: 429, params: { seconds: Math.ceil(ttl / 1000) } }),
    })
    await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1024 })
  },
  { name: 'ustaz-protection', fastify: '5.x' },
)
