import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { AcceptedWarning } from '../../contract/resources/regulations.ts'
import type { LocalizedText } from '../../contract/text.ts'
import type { Id, Json, Time } from './column.ts'

export interface PluginTable {
  id: string
  version: string
  enabled: Generated<boolean>
  settings: Json<Record<string, unknown>>
  fault: string | null
  seen_at: Time
}
export interface IndicatorTable {
  id: string
  plugin_id: string
  unit: string
  source: 'evidence' | 'query'
  attributes: Json<Record<string, unknown>>
  name: JSONColumnType<LocalizedText>
  available: Generated<boolean>
}
export interface WeightingTable {
  id: string
  plugin_id: string
  params: Json<Record<string, unknown>>
  name: JSONColumnType<LocalizedText>
  available: Generated<boolean>
}
export interface RegulationTable {
  id: Id
  code: string
}
export interface RegulationVersionTable {
  id: Id
  regulation_id: number
  version: string
  state: Generated<'draft' | 'approved' | 'retired'>
  document: Json<RegulationDocument>
  hash: string
  created_by: number
  created_at: Time
  approved_by: number | null
  approved_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  revision: Generated<number>
  source_text: string | null
}
export interface RegulationChangeTable {
  id: Id
  version_id: number
  revision: number
  account_id: number
  changed_at: ColumnType<Date, Date, never>
  action: 'create' | 'import' | 'edit' | 'approve' | 'retire'
  hash: string
  accepted: ColumnType<AcceptedWarning[], string | undefined, never>
  reason: ColumnType<string | null, string | null | undefined, never>
}

/** What plugins supply, and regulations as versions. */
export interface RegulationTables {
  plugin: PluginTable
  indicator: IndicatorTable
  weighting: WeightingTable
  regulation: RegulationTable
  regulation_version: RegulationVersionTable
  regulation_change: RegulationChangeTable
}
