import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { FactSource } from '../rating/snapshot/fact-source.ts'
import type { HostedIndicator, HostedKind } from './hosted.ts'

interface Suppliers {
  kinds: readonly HostedKind[]
  indicators: readonly HostedIndicator[]
  /** The database as a plugin sees it. */
  dbOf(pluginId: string): Kysely<never>
}

/** What the snapshot reads: each kind of evidence and each indicator as a piece of SQL in which the plugin's tables are named fully. */
export function factSourcesOf({ kinds, indicators, dbOf }: Suppliers): FactSource[] {
  return [
    ...kinds.map(({ indicator, plugin, kind }): FactSource => ({
      source: 'evidence',
      indicator,
      enrich: kind.enrich ? (evidence) => asFragment(kind.enrich!({ db: dbOf(plugin), evidence })) : null,
    })),
    ...indicators.map(({ id, plugin, indicator }): FactSource => ({
      source: 'query',
      indicator: id,
      facts: (period) => asFragment(indicator.facts({ db: dbOf(plugin), period })),
    })),
  ]
}

/** A plugin's query as a part of a larger statement; it brings its own parentheses if it is no raw SQL. */
function asFragment(query: unknown): RawBuilder<unknown> {
  return sql`${query}`
}
