import { UstazError } from '../contract/problem.ts'
import { faultsOf } from '../messages/zod-fault.ts'
import type { PluginFault } from './hosted.ts'
import type { AnyPlugin } from '../plugin/definition.ts'

export interface ReadSettings {
  /** As the plugin's schema puts them out, with defaults. */
  values: Record<string, unknown>
  fault: PluginFault | null
}

/** A plugin without a schema has no settings, whatever is stored. */
export function readSettings({ settings }: AnyPlugin, stored: Record<string, unknown>): ReadSettings {
  if (!settings) return { values: {}, fault: null }
  const result = settings.safeParse(stored)
  if (result.success) return { values: result.data, fault: null }
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  return { values: {}, fault: { stage: 'settings', message: wrong.join('; ') } }
}

/** Settings as they are stored: as given, once the plugin's schema takes them. Throws `settings-invalid`. */
export function checkSettings(plugin: AnyPlugin, given: Record<string, unknown>): Record<string, unknown> {
  const unknown = plugin.settings ? [] : Object.keys(given)
  const result = plugin.settings?.safeParse(given)
  const issues = [
    ...unknown.map((field) => ({ path: '', code: 'unknown-fields', params: { fields: [field] } })),
    ...(result?.error ? faultsOf(result.error, given) : []),
  ]
  if (issues.length === 0) return given
  throw new UstazError('settings-invalid', { status: 422, params: { id: plugin.id }, issues })
}
