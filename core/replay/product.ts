import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { PluginHost } from '../plugins/host.ts'
import type { Begin } from './export-format.ts'

const packageSchema = z.object({ name: z.string(), version: z.string() })

/** What computes here: the product and the plugins that can be loaded. */
export async function readProduct(host: PluginHost): Promise<Pick<Begin, 'product' | 'plugins'>> {
  const file = new URL('../../package.json', import.meta.url)
  const product = packageSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  const plugins = host.plugins().filter(({ fault, definition }) => fault === null && definition !== null)
  return { product, plugins: plugins.map(({ id, version }) => ({ id, version })) }
}
