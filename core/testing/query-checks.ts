import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { Pool } from 'pg'
import pg from 'pg'
import type { AnyPlugin, EvidenceKind } from '../plugin/definition.ts'
import { factSourcesOf } from '../plugins/fact-sources.ts'
import { pluginDatabase } from '../plugins/host.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Samples } from './plugin-checks.ts'

interface Server {
  db: Kysely<CoreTables>
  pool: Pool
}
type Columns = Readonly<Record<string, readonly number[]>>

const { INT4, INT8, DATE, NUMERIC, JSONB } = pg.types.builtins
const integers = [INT4, INT8]
const factColumns: Columns = {
  teacher_id: integers,
  happened_on: [DATE],
  quantity: [NUMERIC, ...integers],
  attributes: [JSONB],
}
const enrichColumns: Columns = { evidence_id: integers, attributes: [JSONB] }
const period = { from: '2025-07-01', to: '2026-06-30' }

/** Runs every query of a plugin whose tables are migrated as core would run it, and answers what is wrong with their columns. */
export async function findQueryFaults(
  plugin: AnyPlugin,
  samples: Samples,
  server: Server,
): Promise<string[]> {
  const faults: string[] = []
  for (const source of sourcesOf(plugin, server.db)) {
    const ask = async (query: RawBuilder<unknown>, columns: Columns) => {
      faults.push(...(await columnFaults(source.indicator, query, columns, server)))
    }
    if (source.source === 'query') await ask(source.facts(period), factColumns)
    else if (source.enrich) {
      await ask(source.enrich(storedEvidence), enrichColumns)
      faults.push(...(await enrichFaults(plugin, source.indicator, source.enrich, samples, server)))
    }
  }
  return faults
}

function sourcesOf(plugin: AnyPlugin, db: Kysely<CoreTables>) {
  const { id, evidence = [], indicators = [] } = plugin
  return factSourcesOf({
    kinds: evidence.map((kind) => ({ indicator: kind.kind, plugin: id, kind })),
    indicators: indicators.map((indicator) => ({ id: indicator.id, plugin: id, indicator })),
    dbOf: (pluginId) => pluginDatabase(db, pluginId),
  })
}

const storedEvidence = sql`(select e.id as evidence_id, e.happened_on, e.data from core.evidence e)`

async function columnFaults(
  name: string,
  query: RawBuilder<unknown>,
  columns: Columns,
  { db, pool }: Server,
): Promise<string[]> {
  try {
    const compiled = sql`select * from (${query}) q`.compile(db)
    const { fields } = await pool.query({ text: compiled.sql, values: [...compiled.parameters] })
    const types = new Map(fields.map((field) => [field.name, field.dataTypeID]))
    const missing = Object.keys(columns).filter((column) => !types.has(column))
    const wrong = Object.entries(columns).filter(
      ([column, allowed]) => types.has(column) && !allowed.includes(types.get(column)!),
    )
    return [
      ...missing.map((column) => `${name}: the query lacks the column ${column}`),
      ...wrong.map(([column]) => `${name}: the column ${column} is of the wrong type`),
    ]
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`]
  }
}

/** Asks with the samples as evidence: at most one answer for each, and attributes as declared. */
async function enrichFaults(
  plugin: AnyPlugin,
  name: string,
  enrich: (evidence: RawBuilder<unknown>) => RawBuilder<unknown>,
  samples: Samples,
  { db }: Server,
): Promise<string[]> {
  const kind = plugin.evidence?.find((one) => one.kind === name)
  if (!kind) return []
  try {
    const data = (samples[name] ?? []).map((sample) => JSON.stringify(kind.schema.parse(sample)))
    const evidence = sql`(select ordinality as evidence_id, date '2026-03-31' as happened_on, data::jsonb as data
      from unnest(${data}::text[]) with ordinality as sample (data))`
    const { rows } = await sql<{ evidence_id: number; attributes: unknown }>`${enrich(evidence)}`.execute(db)
    return answerFaults(kind, rows).map((fault) => `${name}: ${fault}`)
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function answerFaults(
  kind: EvidenceKind<never>,
  rows: { evidence_id: number; attributes: unknown }[],
): string[] {
  const ids = rows.map((row) => row.evidence_id)
  return [
    ...(new Set(ids).size === ids.length ? [] : ['enrich answers twice for one evidence']),
    ...rows.flatMap(({ attributes }) => {
      const issues = kind.enrichedAttributes?.safeParse(attributes).error?.issues ?? []
      return issues.map(({ path, message }) => `enriched attribute ${path.join('.')}: ${message}`)
    }),
  ]
}
