import type { RouteDefinition } from '@ustaz/core/contract'

/** A route of a plugin's contract at the address where the server has it: below `/plugins/<id>`. */
export function pluginRoute<R extends RouteDefinition>(plugin: string, route: R): R {
  return { ...route, path: `/plugins/${plugin}${route.path}` }
}
