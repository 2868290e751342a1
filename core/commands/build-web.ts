import { existsSync } from 'node:fs'
import { glob, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '../log.ts'
import { UstazError } from '../contract/problem.ts'
import { whileAlone } from './while-alone.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const cache = join(root, 'node_modules/.cache/ustaz')
const dist = join(root, 'web/dist')

/** What the web is made from. */
const sources = [
  'web/**/*',
  'plugins/*/**/*.ts',
  'plugins/*/web/**/*.vue',
  'core/contract/**/*.ts',
  'package.json',
]

/**
 * Builds the web if it was not built yet or its sources are newer; answers the folder to serve. One process builds, others that
 * start meanwhile wait for it; the new build takes the old one's place when it is whole. Throws `web-build-failed`.
 */
export async function buildWeb(log: Log): Promise<URL> {
  if (await isStale()) {
    await whileAlone(join(cache, 'web.lock'), async () => {
      if (await isStale()) await build(log)
    }).catch((cause: unknown) => {
      throw new UstazError('web-build-failed', { status: 500, params: { folder: dist }, cause })
    })
  }
  return new URL('../../web/dist/', import.meta.url)
}

async function build(log: Log): Promise<void> {
  log.info('building the web')
  const began = performance.now()
  const { build: viteBuild } = await import('vite')
  const outDir = join(cache, `web-${process.pid}`)
  const configFile = join(root, 'web/vite.config.ts')
  await forUsers(async () => await viteBuild({ configFile, logLevel: 'warn', build: { outDir } }))
  await replaceFolder(outDir, dist)
  log.info(`web built in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

/** Vite takes over NODE_ENV where it is set: a test runner would leave behind a web that is made for its developers. */
async function forUsers(work: () => Promise<unknown>): Promise<void> {
  const { NODE_ENV: before } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

async function replaceFolder(fresh: string, place: string): Promise<void> {
  const old = `${fresh}-old`
  if (existsSync(place)) await rename(place, old)
  await mkdir(join(place, '..'), { recursive: true })
  await rename(fresh, place)
  await rm(old, { recursive: true, force: true })
}

async function isStale(): Promise<boolean> {
  const built = await timeOf(join(dist, 'index.html'))
  for await (const path of glob(sources, { cwd: root, exclude: isOutput })) {
    if ((await timeOf(join(root, path))) > built) return true
  }
  return false
}

const isOutput = (path: string) => /(^|[/\\])(dist|node_modules)([/\\]|$)/.test(path)

/** When the file was last changed, in milliseconds; 0: there is none. A folder has no time of its own. */
async function timeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? found.mtimeMs : 0
}
