import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { loadPlugins } from './load-plugins.ts'
import type { FoundPlugin } from './load-plugins.ts'

const packageSchema = z.object({ ustaz: z.object({ plugins: z.array(z.string().min(1)) }) })

/** The one list of installed plugins: "ustaz": { "plugins": [...] } of the package.json of the whole. */
export async function readPluginList(
  file = new URL('../../package.json', import.meta.url),
): Promise<string[]> {
  return packageSchema.parse(JSON.parse(await readFile(file, 'utf8'))).ustaz.plugins
}

/** The plugins of the list, imported and checked. */
export async function loadListedPlugins(): Promise<FoundPlugin[]> {
  return await loadPlugins(await readPluginList(), async (specifier) => (await import(specifier)) as unknown)
}
