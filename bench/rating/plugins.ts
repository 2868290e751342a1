import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { MigrationOwner } from '../../core/database/migrate.ts'
import type { CoreTables } from '../../core/database/tables.ts'
import type { Weighting } from '../../core/plugin/weighting.ts'
import { pluginDatabase } from '../../core/plugins/host.ts'
import { loadListedPlugins } from '../../core/plugins/plugin-list.ts'
import { factSourcesOf } from '../../core/plugins/fact-sources.ts'
import type { FactSource } from '../../core/rating/snapshot/fact-source.ts'

/** The installed plugins, as far as a rating needs them. */
export interface BenchPlugins {
  migrations: MigrationOwner[]
  sources(db: Kysely<CoreTables>): readonly FactSource[]
  /** Throws if no plugin has it. */
  weighting(id: string): Weighting
  /** Throws where evidence is not what its kind asks for: 20 entries of each are looked at. */
  checkEvidence(db: Kysely<CoreTables>): Promise<void>
}

export async function loadBenchPlugins(): Promise<BenchPlugins> {
  const plugins = (await loadListedPlugins()).flatMap(({ definition }) => definition ?? [])
  const kinds = plugins.flatMap(({ id, evidence = [] }) =>
    evidence.map((kind) => ({ indicator: `${id}.${kind.kind}`, plugin: id, kind })),
  )
  const indicators = plugins.flatMap(({ id, indicators: own = [] }) =>
    own.map((indicator) => ({ id: `${id}.${indicator.id}`, plugin: id, indicator })),
  )
  const weightings = new Map<string, Weighting>(
    plugins.flatMap(({ id, weightings: own = [] }) => own.map((one) => [`${id}.${one.id}`, one] as const)),
  )
  return {
    migrations: plugins.flatMap(({ id, migrations, audit = {} }) =>
      migrations ? [{ owner: id, folder: migrations, audit }] : [],
    ),
    sources: (db) => factSourcesOf({ kinds, indicators, dbOf: (id) => pluginDatabase(db, id) }),
    weighting(id) {
      const found = weightings.get(id)
      if (!found) throw new Error(`no plugin has the weighting ${id}`)
      return found
    },
    async checkEvidence(db) {
      for (const { indicator, kind } of kinds) {
        const { rows } = await sql<{ data: unknown }>`select data from core.evidence
          where indicator = ${indicator} order by id desc limit 20`.execute(db)
        for (const { data } of rows) kind.schema.parse(data)
      }
    },
  }
}
