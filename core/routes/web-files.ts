import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { UstazError } from '../contract/problem.ts'

/** Serves the built web; every address that is no file and not below /api is a page of it. null: there is none to serve. */
export async function registerWeb(app: FastifyInstance, folder: URL | null): Promise<void> {
  const root = folder && existsSync(new URL('index.html', folder)) ? fileURLToPath(folder) : null
  if (root) await app.register(fastifyStatic, { root, setHeaders: setCaching, wildcard: false })
  app.setNotFoundHandler(async (request, reply) => {
    if (root && isPage(request)) return await sendPage(reply)
    throw new UstazError('route-not-found', {
      status: 404,
      params: { method: request.method, path: request.url.split('?', 1)[0] ?? '/' },
    })
  })
}

function isPage({ method, url }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] ?? '/'
  const isRead = method === 'GET' || method === 'HEAD'
  return isRead && path !== '/api' && !path.startsWith('/api/') && !path.startsWith('/assets/')
}

async function sendPage(reply: FastifyReply): Promise<unknown> {
  return await reply.header('cache-control', 'no-cache').sendFile('index.html')
}

/** The build names files below assets/ by their content: they never change. */
function setCaching(reply: FastifyReply, path: string): void {
  const named = /[/\\]assets[/\\]/.test(path)
  reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache')
}
