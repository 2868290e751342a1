import { findDefinitionFaults } from './check-definition.ts'
import type { AnyPlugin } from '../plugin/definition.ts'
import type { PluginFault } from './hosted.ts'

/** One entry of the list of plugins, as it was found. */
export interface FoundPlugin {
  specifier: string
  /** null: it could not be imported, or is no plugin at all. */
  definition: AnyPlugin | null
  fault: PluginFault | null
}

/** Imports a module by its name, as seen from the package that lists it. */
export type ImportModule = (specifier: string) => Promise<unknown>

/** Imports and checks each plugin of the list, in its order; one that is broken is answered with its fault, and the rest too. */
export async function loadPlugins(specifiers: readonly string[], load: ImportModule): Promise<FoundPlugin[]> {
  const found: FoundPlugin[] = []
  for (const specifier of specifiers) found.push(await loadPlugin(specifier, load, found))
  return found
}

async function loadPlugin(
  specifier: string,
  load: ImportModule,
  before: FoundPlugin[],
): Promise<FoundPlugin> {
  try {
    return checkPlugin(specifier, defaultOf(await load(specifier)), before)
  } catch (error) {
    return { specifier, definition: null, fault: { stage: 'import', message: messageOf(error) } }
  }
}

function defaultOf(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined
}

/** Checks what a plugin's module exports; `before`: the plugins found earlier in the list. */
export function checkPlugin(
  specifier: string,
  exported: unknown,
  before: readonly FoundPlugin[] = [],
): FoundPlugin {
  const faults = findDefinitionFaults(exported)
  const broken = (message: string): FoundPlugin => ({
    specifier,
    definition: null,
    fault: { stage: 'definition', message },
  })
  if (faults.length > 0) return broken(faults.join('; '))
  const definition = exported as AnyPlugin
  const twin = before.find((other) => other.definition?.id === definition.id)
  return twin
    ? broken(`the id "${definition.id}" is already that of ${twin.specifier}`)
    : { specifier, definition, fault: null }
}

/** What an error says, with what caused it. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${messageOf(error.cause)}`
}
