import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const virtualId = 'virtual:ustaz-panels'

/**
 * Makes `virtual:ustaz-panels` out of the installed plugins: an array of the panels that each plugin with an export
 * `./web` gives as its default export. A plugin without `./web` has no panel and is passed over.
 */
export function pluginPanels(packages: readonly string[]): Plugin {
  return {
    name: 'ustaz-panels',
    resolveId: (id) => (id === virtualId ? `\0${virtualId}` : null),
    load: (id) => (id === `\0${virtualId}` ? panelsModule(packages.filter(hasWeb)) : null),
  }
}

/** The source of the virtual module. */
export function panelsModule(packages: readonly string[]): string {
  const imports = packages.map((name, index) => `import panel${index} from '${name}/web'`)
  return [
    ...imports,
    `export default [${packages.map((_, index) => `panel${index}`).join(', ')}].flat()`,
  ].join('\n')
}

function hasWeb(name: string): boolean {
  const require = createRequire(import.meta.url)
  const file = require.resolve.paths(name)?.map((folder) => `${folder}/${name}/package.json`)
  for (const path of file ?? []) {
    const text = readIfThere(path)
    if (text !== null) return './web' in ((JSON.parse(text) as { exports?: object }).exports ?? {})
  }
  throw new Error(`Plugin ${name} is listed in package.json "ustaz" but is not installed`)
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
