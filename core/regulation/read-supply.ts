import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { readPositionCodes } from '../people/position-codes.ts'
import type { EvidenceKind, Indicator } from '../plugin/definition.ts'
import type { PluginHost } from '../plugins/host.ts'
import { attributesSchemaOf, jsonSchemaOf } from '../plugins/json-schema.ts'
import type { SuppliedIndicator, Supply } from './check/supply.ts'

type Catalogue = Pick<PluginHost, 'evidenceKind' | 'indicators' | 'weighting' | 'pointsFunction'>

/** What a regulation may name in this process: the running plugins' indicators and weightings, the university's positions. */
export async function readSupply(db: Kysely<CoreTables>, host: Catalogue): Promise<Supply> {
  const known = new Map<string, SuppliedIndicator | null>()
  return {
    indicator(id) {
      if (!known.has(id)) known.set(id, describe(host, id))
      return known.get(id) ?? null
    },
    weighting: (id) => host.weighting(id),
    pointsFunction: (id) => host.pointsFunction(id),
    positions: await readPositionCodes(db),
  }
}

function describe(host: Catalogue, id: string): SuppliedIndicator | null {
  const kind = host.evidenceKind(id)
  if (kind) return supplyOfKind(kind)
  const hosted = host.indicators().find((indicator) => indicator.id === id)
  return hosted ? supplyOfIndicator(hosted.indicator) : null
}

export function supplyOfKind(kind: EvidenceKind<never>): SuppliedIndicator {
  return {
    attributes: jsonSchemaOf(attributesSchemaOf(kind), 'output'),
    roles: kind.roles,
    unit: kind.unit,
    source: 'evidence',
    participants: kind.participants,
    lasting: kind.lasting ?? false,
  }
}

export function supplyOfIndicator(indicator: Indicator<never>): SuppliedIndicator {
  return {
    attributes: jsonSchemaOf(indicator.attributes, 'output'),
    roles: [],
    unit: indicator.unit,
    source: 'query',
    participants: 'one',
    lasting: false,
  }
}
