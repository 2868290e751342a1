import type { Pool } from 'pg'
import { isPassing } from '../database/is-passing.ts'
import { migrate } from '../database/migrate.ts'
import { createHost } from './host.ts'
import type { HostParts, PluginHost } from './host.ts'
import type { HostedPlugin, PluginFault } from './hosted.ts'
import { messageOf } from './load-plugins.ts'
import type { FoundPlugin } from './load-plugins.ts'
import type { AnyPlugin } from '../plugin/definition.ts'
import { readSettings } from './plugin-settings.ts'
import { recordCatalogue } from './record-catalogue.ts'
import { readPluginRows } from './plugin-rows.ts'
import type { PluginRow } from './plugin-rows.ts'

export interface HostOptions extends Omit<HostParts, 'plugins'> {
  pool: Pool
  found: readonly FoundPlugin[]
}

/**
 * Makes the host of the plugins that were found: migrates their tables, reads their settings, and records them with their
 * indicators and weightings. A plugin that fails at any of it is kept out, named with its fault, and the rest goes on.
 */
export async function openHost({ pool, found, ...parts }: HostOptions): Promise<PluginHost> {
  const rows = await readPluginRows(parts.db)
  const plugins: HostedPlugin[] = []
  for (const one of found) plugins.push(await hostPlugin(pool, one, rows))
  for (const { id, fault } of plugins) {
    if (fault) parts.log.error(`plugin ${id} does not run (${fault.stage}): ${fault.message}`)
  }
  await recordCatalogue(parts.db, plugins, parts.now())
  return createHost({ ...parts, plugins })
}

async function hostPlugin(
  pool: Pool,
  { specifier, definition, fault }: FoundPlugin,
  rows: PluginRow[],
): Promise<HostedPlugin> {
  if (!definition) return { id: specifier, version: '', enabled: true, fault, settings: {}, definition }
  const { id, version } = definition
  const row = rows.find((known) => known.id === id)
  const enabled = row?.enabled ?? true
  const settings = readSettings(definition, row?.settings ?? {})
  const found = fault ?? settings.fault ?? (enabled ? await migrateTables(pool, definition) : null)
  return { id, version, enabled, fault: found, settings: settings.values, definition }
}

async function migrateTables(
  pool: Pool,
  { id, migrations, audit = {} }: AnyPlugin,
): Promise<PluginFault | null> {
  if (!migrations) return null
  try {
    await migrate(pool, [{ owner: id, folder: migrations, audit }])
    return null
  } catch (error) {
    // Nothing is wrong with a plugin when the database is only just not there.
    if (isPassing(error)) throw error
    return { stage: 'migration', message: messageOf(error) }
  }
}
