import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { LocalizedText } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'
import { findText } from '../messages/message.ts'
import { isRunning } from './hosted.ts'
import type { HostedPlugin, RunningPlugin } from './hosted.ts'
import { attributesSchemaOf, jsonSchemaOf } from './json-schema.ts'

/** Keeps in the database what is installed; what is gone stays, as not available, since evidence and old runs name it. */
export async function recordCatalogue(
  db: Kysely<CoreTables>,
  plugins: readonly HostedPlugin[],
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Processes that start at once would otherwise wait for each other's rows in different order.
    await sql`select pg_advisory_xact_lock(hashtextextended('ustaz catalogue', 0))`.execute(trx)
    await trx.updateTable('indicator').set({ available: false }).execute()
    await trx.updateTable('weighting').set({ available: false }).execute()
    for (const plugin of plugins) {
      if (plugin.definition) await recordPlugin(trx, plugin, now)
      if (isRunning(plugin)) await recordParts(trx, plugin)
    }
  })
}

async function recordPlugin(trx: Transaction<CoreTables>, plugin: HostedPlugin, now: Date): Promise<void> {
  const found = { version: plugin.version, fault: plugin.fault?.message ?? null, seen_at: now }
  await trx
    .insertInto('plugin')
    .values({ id: plugin.id, settings: '{}', ...found })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(found))
    .execute()
}

async function recordParts(trx: Transaction<CoreTables>, plugin: RunningPlugin): Promise<void> {
  const { id, definition } = plugin
  const facts = [
    ...(definition.evidence ?? []).map((kind) => ({
      id: `${id}.${kind.kind}`,
      unit: kind.unit,
      source: 'evidence' as const,
      attributes: attributesSchemaOf(kind),
      name: nameOf(plugin, `kinds.${kind.kind}.name`),
    })),
    ...(definition.indicators ?? []).map((indicator) => ({
      id: `${id}.${indicator.id}`,
      unit: indicator.unit,
      source: 'query' as const,
      attributes: indicator.attributes,
      name: nameOf(plugin, `indicators.${indicator.id}.name`),
    })),
  ]
  for (const { id: name, attributes, name: title, ...rest } of facts) {
    const row = {
      ...rest,
      plugin_id: id,
      attributes: JSON.stringify(jsonSchemaOf(attributes, 'output')),
      name: JSON.stringify(title),
      available: true,
    }
    await trx
      .insertInto('indicator')
      .values({ id: name, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
  }
  await recordWeightings(trx, plugin)
}

async function recordWeightings(trx: Transaction<CoreTables>, plugin: RunningPlugin): Promise<void> {
  for (const weighting of plugin.definition.weightings ?? []) {
    const row = {
      plugin_id: plugin.id,
      params: JSON.stringify(jsonSchemaOf(weighting.params, 'input')),
      name: JSON.stringify(nameOf(plugin, `weightings.${weighting.id}.name`)),
      available: true,
    }
    await trx
      .insertInto('weighting')
      .values({ id: `${plugin.id}.${weighting.id}`, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
  }
}

/** The definition was checked: the texts are there. */
function nameOf({ definition }: RunningPlugin, key: string): LocalizedText {
  const { kk, ru, en } = definition.messages
  return { kk: findText(kk, key) ?? key, ru: findText(ru, key) ?? key, en: findText(en, key) ?? key }
}
