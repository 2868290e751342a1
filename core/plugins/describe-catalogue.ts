import type { Kysely } from 'kysely'
import type { RouteResponse } from '../contract/route.ts'
import type { getCatalogue } from '../contract/resources/catalogue.ts'
import type { CoreTables } from '../database/tables.ts'
import type { PluginHost } from './host.ts'
import type { HostedKind, HostedPlugin } from './hosted.ts'
import { attributesSchemaOf, jsonSchemaOf } from './json-schema.ts'
import { readPluginRows } from './plugin-rows.ts'
import type { PluginRow } from './plugin-rows.ts'

type Catalogue = RouteResponse<typeof getCatalogue>

/** What is installed. Enabled and settings are as stored now: they take effect at the next start. */
export async function describeCatalogue(db: Kysely<CoreTables>, host: PluginHost): Promise<Catalogue> {
  const rows = await readPluginRows(db)
  return {
    plugins: host.plugins().map((plugin) =>
      describePlugin(
        plugin,
        rows.find(({ id }) => id === plugin.id),
      ),
    ),
    evidenceKinds: host.evidenceKinds().map(describeKind),
    indicators: [
      ...host.evidenceKinds().map(({ indicator, plugin, kind }) => ({
        id: indicator,
        plugin,
        unit: kind.unit,
        source: 'evidence' as const,
        attributes: jsonSchemaOf(attributesSchemaOf(kind), 'output'),
      })),
      ...host.indicators().map(({ id, plugin, indicator }) => ({
        id,
        plugin,
        unit: indicator.unit,
        source: 'query' as const,
        attributes: jsonSchemaOf(indicator.attributes, 'output'),
      })),
    ],
    weightings: host
      .weightings()
      .map(({ id, plugin, weighting }) => ({ id, plugin, params: jsonSchemaOf(weighting.params, 'input') })),
    functions: host.functions().map(({ id, plugin, pointsFunction: { params, values } }) => ({
      id,
      plugin,
      params: jsonSchemaOf(params, 'input'),
      values: jsonSchemaOf(values, 'input'),
    })),
  }
}

function describePlugin(plugin: HostedPlugin, row: PluginRow | undefined): Catalogue['plugins'][number] {
  const { id, version, fault, definition } = plugin
  return {
    id,
    version,
    enabled: row?.enabled ?? plugin.enabled,
    fault: fault?.message ?? null,
    settings: row?.settings ?? {},
    settingsSchema: definition?.settings ? jsonSchemaOf(definition.settings, 'input') : null,
    messages: definition?.messages ?? { kk: {}, ru: {}, en: {} },
    personalData: Object.fromEntries(
      Object.entries(definition?.personalData ?? {}).map(([table, { columns }]) => [table, [...columns]]),
    ),
  }
}

function describeKind({ indicator, plugin, kind }: HostedKind): Catalogue['evidenceKinds'][number] {
  const { unit, schema, roles, participants, files } = kind
  return {
    indicator,
    plugin,
    unit,
    schema: jsonSchemaOf(schema, 'input'),
    roles: [...roles],
    participants,
    files: { ...files, mediaTypes: [...files.mediaTypes] },
  }
}
