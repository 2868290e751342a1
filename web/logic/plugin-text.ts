import type { getCatalogue, Language, RouteResponse } from '@ustaz/core/contract'

export type Catalogue = RouteResponse<typeof getCatalogue>

/** The text of a plugin at a path of its messages; null: it has none there. */
export function pluginText(
  catalogue: Catalogue | undefined,
  language: Language,
  plugin: string,
  path: readonly string[],
): string | null {
  const messages = catalogue?.plugins.find(({ id }) => id === plugin)?.messages[language]
  const found = path.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), messages)
  if (typeof found === 'string') return found
  return isObject(found) && typeof found['label'] === 'string' ? found['label'] : null
}

/** "methodical.textbook" as plugin and kind. */
export function splitIndicator(indicator: string): { plugin: string; kind: string } {
  const [plugin = '', ...rest] = indicator.split('.')
  return { plugin, kind: rest.join('.') }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
