import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
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

/**
 * The icons that panels name (`i-lucide-<name>`), for the build to put them in: it looks through the dashboard's own files only.
 */
export function panelIcons(packages: readonly string[]): string[] {
  const folders = packages.filter(hasWeb).map((name) => join(findPackage(name).folder, 'web'))
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(vue|ts)$/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  )
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\bi-lucide-([a-z0-9-]+)/g)].map(([, name]) => name ?? ''),
  )
  return [...new Set(names)].map((name) => `lucide:${name}`)
}

function hasWeb(name: string): boolean {
  return './web' in findPackage(name).exports
}

/** Throws if a plugin of the list is not installed. */
function findPackage(name: string): { folder: string; exports: object } {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? []
  const folder = places
    .map((place) => join(place, name))
    .find((place) => existsSync(join(place, 'package.json')))
  if (folder === undefined) {
    throw new Error(`Plugin ${name} is listed in package.json "ustaz" but is not installed`)
  }
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { exports?: unknown }
  return { folder, exports: typeof exports === 'object' && exports !== null ? exports : {} }
}
