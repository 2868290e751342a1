import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { UstazError } from '../contract/problem.ts'
import { languages } from '../contract/text.ts'
import type { PluginHost } from '../plugins/host.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

interface PageFile {
  mediaType: string
  etag: string
  /** By content encoding; '' is as it is. */
  bytes: Readonly<Record<'' | 'br' | 'gzip', Buffer>>
}

/**
 * Serves the pages of plugins for people without an account, each below /s/<plugin id>/. They are read, stripped of their types and compressed
 * once, at start: a lecture hall opens such a page within the same minute.
 */
export async function registerPages(
  app: FastifyInstance,
  host: Pick<PluginHost, 'pages' | 'messagesOf'>,
): Promise<void> {
  for (const { plugin, folder } of host.pages()) {
    const files = await readPage(folder, textsOf(host, plugin))
    const options = { config: { crowd: true }, schema: { hide: true } } as const
    app.get<{ Params: { name: string } }>(`/s/${plugin}/:name`, options, async (request, reply) => {
      return await sendFile(files.get(request.params.name), request, reply)
    })
    app.get(`/s/${plugin}/`, options, async (request, reply) => {
      // Other files are found beside it, so the slash at the end must be there.
      if (!pathOf(request).endsWith('/')) return await reply.redirect(`/s/${plugin}/`)
      return await sendFile(files.get('index.html'), request, reply)
    })
  }
}

function textsOf(host: Pick<PluginHost, 'messagesOf'>, plugin: string): unknown {
  const messages = host.messagesOf(plugin)
  return Object.fromEntries(languages.map((language) => [language, messages?.[language]['page'] ?? {}]))
}

async function readPage(folder: URL, texts: unknown): Promise<ReadonlyMap<string, PageFile>> {
  const names = (await readdir(folder)).filter(
    (name) => !/\.test\.ts$|\.d\.ts$|\.json$/.test(name) && /\.[a-z]+$/.test(name),
  )
  const sources = await Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return name.endsWith('.ts') ? [`${name.slice(0, -3)}.js`, toScript(text)] : [name, text]
    }),
  )
  sources.push(['messages.js', `export default ${JSON.stringify(texts)}`])
  return new Map(
    await Promise.all(sources.map(async ([name, text]) => [name, await fileOf(name, text)] as const)),
  )
}

/** Without its types, and its modules by the names under which they are served. */
function toScript(source: string): string {
  return stripTypeScriptTypes(source, { mode: 'strip' })
    .replace(/^[ \t]*\/\*\*[^]*?\*\/[ \t]*\n/gm, '')
    .replace(/^[ \t]*\n/gm, '')
    .replace(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'")
}

async function fileOf(name: string, text: string): Promise<PageFile> {
  const plain = Buffer.from(text)
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(plain), promisify(gzip)(plain)])
  return {
    mediaType: mediaTypes[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    bytes: { '': plain, br, gzip: zipped },
  }
}

const pathOf = ({ url }: Pick<FastifyRequest, 'url'>) => url.split('?', 1)[0] ?? '/'

async function sendFile(
  file: PageFile | undefined,
  request: Pick<FastifyRequest, 'url' | 'method' | 'headers'>,
  reply: FastifyReply,
): Promise<unknown> {
  if (!file) {
    const params = { method: request.method, path: pathOf(request) }
    throw new UstazError('route-not-found', { status: 404, params })
  }
  const wanted = request.headers['accept-encoding'] ?? ''
  const encoding = (['br', 'gzip'] as const).find((one) => new RegExp(`\\b${one}\\b`).test(wanted)) ?? ''
  reply.headers({
    'content-type': file.mediaType,
    'cache-control': 'public, no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
    ...(encoding ? { 'content-encoding': encoding } : {}),
  })
  if (request.headers['if-none-match'] === file.etag) return await reply.code(304).send()
  return await reply.send(file.bytes[encoding])
}
