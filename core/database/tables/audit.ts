import type { ColumnType, Generated } from 'kysely'
import type { Id, OptionalJson } from './column.ts'

export interface AuditEntryTable {
  id: Id
  at: Date
  actor: string
  account_id: number | null
  request: string | null
  table_name: string
  key: ColumnType<Record<string, unknown>, never, never>
  action: 'insert' | 'update' | 'delete' | 'truncate' | 'erase'
  columns: string[] | null
  teacher_id: number | null
  digest: Buffer
  salt: string | null
  before: ColumnType<Record<string, unknown> | null, never, never>
  after: ColumnType<Record<string, unknown> | null, never, never>
}
export interface AuditLinkTable {
  position: number
  entry_id: number
  hash: Buffer
}
export interface AuditPendingTable {
  entry_id: number
}
export interface DataAccessTable {
  id: Id
  at: Date
  account_id: number
  request: string | null
  what: 'profile' | 'evidence' | 'file' | 'result' | 'preview' | 'export'
  route: string
  params: ColumnType<Record<string, unknown>, never, never>
  teacher_ids: number[]
  everybody: boolean
}
export interface DataRequestTable {
  id: Id
  kind: 'export' | 'erasure'
  teacher_id: number
  asked_by: number
  asked_at: Date
  reason: string | null
  state: Generated<'asked' | 'granted' | 'refused' | 'withdrawn'>
  decided_by: number | null
  decided_at: ColumnType<Date | null, null | undefined, Date>
  answer: string | null
  outcome: OptionalJson<Record<string, unknown>>
}

/** The log of every change, who read whose data, what was asked about them. */
export interface AuditTables {
  audit_entry: AuditEntryTable
  audit_link: AuditLinkTable
  audit_pending: AuditPendingTable
  data_access: DataAccessTable
  data_request: DataRequestTable
}
