import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { ProblemParams } from '../contract/problem.ts'
import type { CertaintySettings } from '../contract/regulation/composite.ts'
import type { StageDecision, StageHolder } from '../contract/regulation/approval.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { CertaintySummary } from '../contract/resources/certainty.ts'
import type { NoticeParams } from '../contract/resources/notices.ts'
import type { AcceptedWarning } from '../contract/resources/regulations.ts'
import type { LineKind } from '../contract/resources/runs.ts'
import type { LocalizedText } from '../contract/text.ts'

/** numeric: exact decimal text. date: YYYY-MM-DD. bigint: number (ids stay below 2^53). */
type Json<T> = ColumnType<T, string, string>
type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>
type Time = ColumnType<Date, Date | string | undefined, Date | string>
type Id = Generated<number>

export interface UnitTable {
  id: Id
  kind: 'university' | 'faculty' | 'department' | 'structural'
  code: string
  parent_id: number | null
  name: JSONColumnType<LocalizedText>
}
export interface CodedNameTable {
  code: string
  sort_order: number
  name: JSONColumnType<LocalizedText>
}
export interface TeacherTable {
  id: Id
  code: string
  family_name: string
  given_name: string
  patronymic: string | null
  latin_name: string | null
  sex: 'female' | 'male' | null
  birth_year: number | null
  citizenship: string | null
  orcid: string | null
  service_from: string | null
  erased_at: ColumnType<Date | null, never, Date>
}
export interface AppointmentTable {
  id: Id
  teacher_id: number
  unit_id: number
  position: string | null
  degree: string | null
  field: string | null
  rate: string
  starts_on: string
  ends_on: string | null
}
export interface LeadershipTable {
  id: Id
  teacher_id: number
  unit_id: number
  starts_on: string
  ends_on: string | null
}
export interface LeaveTable {
  id: Id
  teacher_id: number
  kind: string
  starts_on: string
  ends_on: string | null
}
export interface AccountTable {
  id: Id
  name: string
  teacher_id: number | null
  email: string | null
  language: Generated<'kk' | 'ru' | 'en'>
  wants_mail: Generated<boolean>
  locked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface MailTable {
  id: Id
  key: string
  recipient: string
  subject: string
  text: string | null
  created_at: Date
  sent_at: Date | null
  failed_at: Date | null
  failure: string | null
}
export interface NoticeTable {
  id: Id
  account_id: number
  key: string
  kind: string
  params: Json<NoticeParams>
  link: string | null
  created_at: Date
  read_at: Date | null
}
export interface AccountRoleTable {
  account_id: number
  role: string
  unit_id: number | null
  source: ColumnType<
    'given' | 'claim' | 'appointment',
    'given' | 'claim' | 'appointment' | undefined,
    'given' | 'claim' | 'appointment'
  >
}
export interface AccountPasswordTable {
  account_id: number
  hash: string
  changed_at: Date
}
export interface AccountSessionTable {
  id: Id
  account_id: number
  token_hash: Buffer
  provider: string
  address: string
  agent: string | null
  created_at: Date
  seen_at: Date
  expires_at: Date
}
export interface AccountLinkTable {
  id: Id
  account_id: number
  purpose: 'invitation' | 'reset' | 'email'
  email: string | null
  token_hash: Buffer
  created_by: number | null
  created_at: Date
  expires_at: Date
  used_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface SignInGuessTable {
  subject: string
  failures: number
  last_at: Date
  blocked_until: Date | null
}
export interface AccountTotpTable {
  account_id: number
  secret: Buffer
  confirmed_at: Date | null
  last_step: number | null
}
export interface AccountRecoveryCodeTable {
  account_id: number
  code_hash: Buffer
  used_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface ApiTokenTable {
  id: Id
  account_id: number
  name: string
  token_hash: Buffer
  actions: string[]
  created_at: Date
  expires_at: Date
  used_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  revoked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface AccountIdentityTable {
  provider: string
  subject: string
  account_id: number
  linked_at: Date
}
export interface SignInFlowTable {
  token_hash: Buffer
  provider: string
  state: string
  nonce: string
  verifier: string
  return_to: string
  expires_at: Date
}
export interface EvidenceTable {
  id: Id
  indicator: string
  data: Json<Record<string, unknown>>
  title: string
  happened_on: string | null
  identity: string | null
  state: Generated<'draft' | 'submitted' | 'returned' | 'approved' | 'rejected'>
  participant_count: Generated<number>
  affiliated_count: number | null
  /** Role -> participants who have it. */
  role_counts: Json<Record<string, number>> | null
  expert_points: string | null
  approval_version_id: number | null
  merged_into: ColumnType<number | null, number | null | undefined, number | null>
  revision: Generated<number>
  created_by: number
  created_at: Time
  updated_at: Time
}
export interface EvidenceParticipantTable {
  evidence_id: number
  ordinal: number
  teacher_id: number | null
  name: string
  role: string | null
  share: string | null
  affiliated: Generated<boolean>
}
export interface EvidenceFileTable {
  id: Id
  evidence_id: number
  name: string
  media_type: string
  bytes: number
  sha256: string
  uploaded_by: number
  uploaded_at: Time
  scanned_at: ColumnType<Date | null, Date | null | undefined, Date>
}
export interface ShareConfirmationTable {
  id: Id
  evidence_id: number
  teacher_id: number
  share: string
  account_id: number
  confirmed_at: Time
}
export interface EvidenceChangeTable {
  id: Id
  evidence_id: number
  changed_at: Time
  account_id: number
  action: string
  from_state: string | null
  to_state: string
  reason: string | null
  before: ColumnType<unknown, string | null, never>
  after: ColumnType<unknown, string | null, never>
  stage: string | null
  for_account_id: number | null
  late: Generated<boolean>
}
export interface EvidenceCopyTable {
  id: Id
  first_id: number
  second_id: number
  verdict: 'same' | 'perhaps' | 'different'
  first_revision: number
  second_revision: number
  found_at: Date
  decision: 'merged' | 'separate' | null
  kept_id: number | null
  reason: string | null
  account_id: number | null
  decided_at: Date | null
}
export interface EvidenceTurnTable {
  id: Id
  evidence_id: number
  round: number
  stage: string
  holder: StageHolder
  unit_id: number | null
  may: StageDecision[]
  since: Date
  due_on: string | null
  closes_on: string | null
  closed_at: Date | null
  outcome: StageDecision | 'idle' | null
  account_id: number | null
  for_account_id: number | null
}
export interface DelegationTable {
  id: Id
  from_account_id: number
  to_account_id: number
  starts_on: string
  ends_on: string
  created_by: number
  created_at: Date
  ended_by: number | null
  ended_at: Date | null
}
export interface RelativeTable {
  id: Id
  account_id: number
  teacher_id: number
  created_by: number
  created_at: Date
  ended_by: number | null
  ended_at: Date | null
}
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
export interface SnapshotTable {
  id: Id
  period_from: string
  period_to: string
  facts_from: string | null
  taken_at: Time
  teachers: number
  facts: number
  hash: string
  /** Frozen before names stood outside of the hash. */
  names_hashed: Generated<boolean>
}
export interface SnapshotUnitTable {
  snapshot_id: number
  unit_id: number
  parent_id: number | null
  kind: string
  code: string
  name: JSONColumnType<LocalizedText>
}
export interface SnapshotTeacherTable {
  snapshot_id: number
  teacher_id: number
  code: string
  family_name: string
  given_name: string
  patronymic: string | null
  unit_id: number
  faculty_id: number | null
  position: string | null
  degree: string | null
  rate: string
  service_from: string | null
  leave_days: number
  sex: string | null
  birth_year: number | null
  field: string | null
  citizenship: string | null
  employed_days: number | null
}
export interface SnapshotPostTable {
  snapshot_id: number
  teacher_id: number
  post_no: number
  unit_id: number
  position: string | null
  rate: string
  first_day: string
  last_day: string
}
export interface SnapshotLeaderTable {
  snapshot_id: number
  teacher_id: number
  unit_id: number
}
export interface SnapshotFactTable {
  snapshot_id: number
  teacher_id: number
  fact_no: number
  indicator: string
  happened_on: string
  quantity: string
  role: string | null
  participants: number
  share: string | null
  attributes: Json<Record<string, unknown>>
  evidence_id: number | null
  ordinal: number | null
  affiliated: number | null
  role_counts: Json<Record<string, number>> | null
  expert_points: string | null
}
export interface RunTable {
  id: Id
  purpose: 'official' | 'trial'
  regulation_version_id: number
  snapshot_id: number | null
  period_from: string
  period_to: string
  state: Generated<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>
  requested_by: number
  requested_at: Time
  finished_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  cancel_requested: Generated<boolean>
  failure: OptionalJson<{ code: string; params: Record<string, unknown> }>
  weights: OptionalJson<{ weights: Record<string, string>; how: Record<string, unknown> }>
  hash: string | null
  known_at: string | null
}
export interface RunProgressTable {
  run_id: number
  stage: string
  fraction: number
  updated_at: Time
}
export interface RunCertaintyTable {
  run_id: number
  state: Generated<'queued' | 'running' | 'done' | 'failed'>
  fraction: Generated<number>
  requested_at: Time
  finished_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  failure: OptionalJson<{ code: string; params: ProblemParams }>
  settings: OptionalJson<CertaintySettings>
  summary: OptionalJson<CertaintySummary>
}
export interface RunCertaintyTeacherTable {
  run_id: number
  teacher_id: number
  league: string
  place: number
  lower_place: number | null
  upper_place: number | null
  median_place: number | null
  tied_band: number | null
  failed_share: number
}
export interface RunTeacherTable {
  run_id: number
  teacher_id: number
  league: string | null
  status: 'ranked' | 'excluded' | 'blocked'
  reasons: Json<{ code: string; clause: string | null; params: Record<string, unknown> }[]>
  total: string | null
  total_rounded: string | null
  place: number | null
  band: string | null
  money: string | null
  notes: Json<{ code: string; clause: string | null; params: Record<string, unknown> }[]>
}
export interface RunUnitTable {
  run_id: number
  unit_id: number
  scored: number
  fte: string
  total: string | null
  place: number | null
}
export interface ShadowTable {
  id: Id
  run_id: number
  state: Generated<'review' | 'published' | 'ended'>
  created_by: number
  created_at: Time
  moved_by: number | null
  moved_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
}
export interface ShadowPlaceTable {
  shadow_id: number
  code: string
  league: string | null
  place: number | null
  total: string | null
}
export interface PublicationTable {
  id: Id
  run_id: number
  state: 'preliminary' | 'final' | 'replaced' | 'withdrawn'
  note: string
  account_id: number
  happened_at: Time
  run_hash: string
  appeals_until: ColumnType<string | null, string | null | undefined, string | null>
  answer_days: ColumnType<number | null, number | null | undefined, number | null>
  replaced_by: ColumnType<number | null, number | null | undefined, number | null>
}
export interface AppealTable {
  id: Id
  run_id: number
  teacher_id: number
  subject: 'line' | 'evidence' | 'standing'
  line_no: number | null
  evidence_id: number | null
  clause: string | null
  reason: string
  state: Generated<'filed' | 'in-review' | 'upheld' | 'rejected' | 'withdrawn'>
  filed_by: number
  filed_at: Time
  answer_until: string
  reviewer_id: ColumnType<number | null, number | null | undefined, number | null>
  answer: ColumnType<string | null, string | null | undefined, string | null>
  answered_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface AppealChangeTable {
  id: Id
  appeal_id: number
  account_id: number
  happened_at: Time
  action: 'file' | 'attach' | 'assign' | 'uphold' | 'reject' | 'withdraw'
  reason: string | null
  reviewer_id: number | null
}
export interface AppealFileTable {
  id: Id
  appeal_id: number
  name: string
  media_type: string
  bytes: number
  sha256: string
  uploaded_by: number
  uploaded_at: Time
}
export interface AppealCorrectionTable {
  id: Id
  appeal_id: number
  kind: 'evidence' | 'remove' | 'add' | 'person'
  evidence_id: number | null
  fact_no: number | null
  fact: OptionalJson<Record<string, unknown>>
  reason: string
}
export interface RunCorrectionTable {
  id: Id
  run_id: number
  base_run_id: number
}
export interface RunCorrectionAppealTable {
  run_correction_id: number
  appeal_id: number
}
export interface TableByNameTable {
  id: Id
  is_on: boolean
  reason: string
  account_id: number
  happened_at: Time
}
export interface RunAreaTable {
  run_id: number
  teacher_id: number
  area: string
  points: string
  weight: string
  score: string
  normalised: string | null
}
export interface RunLineTable {
  run_id: number
  teacher_id: number
  line_no: number
  kind: LineKind
  area: string | null
  clause: string
  fact_no: number | null
  fact_teacher_id: number | null
  amount: string
}
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

/** Core's tables, in schema core. */
export interface CoreTables {
  unit: UnitTable
  position: CodedNameTable
  degree: CodedNameTable
  teacher: TeacherTable
  appointment: AppointmentTable
  leave: LeaveTable
  leadership: LeadershipTable
  account: AccountTable
  mail: MailTable
  notice: NoticeTable
  account_role: AccountRoleTable
  account_password: AccountPasswordTable
  account_session: AccountSessionTable
  account_link: AccountLinkTable
  account_totp: AccountTotpTable
  account_recovery_code: AccountRecoveryCodeTable
  account_identity: AccountIdentityTable
  api_token: ApiTokenTable
  sign_in_guess: SignInGuessTable
  sign_in_flow: SignInFlowTable
  evidence: EvidenceTable
  evidence_participant: EvidenceParticipantTable
  evidence_file: EvidenceFileTable
  share_confirmation: ShareConfirmationTable
  evidence_change: EvidenceChangeTable
  audit_entry: AuditEntryTable
  audit_link: AuditLinkTable
  audit_pending: AuditPendingTable
  data_access: DataAccessTable
  data_request: DataRequestTable
  evidence_copy: EvidenceCopyTable
  evidence_turn: EvidenceTurnTable
  delegation: DelegationTable
  relative: RelativeTable
  plugin: PluginTable
  indicator: IndicatorTable
  weighting: WeightingTable
  regulation: RegulationTable
  regulation_version: RegulationVersionTable
  regulation_change: RegulationChangeTable
  snapshot: SnapshotTable
  snapshot_unit: SnapshotUnitTable
  snapshot_teacher: SnapshotTeacherTable
  snapshot_fact: SnapshotFactTable
  snapshot_post: SnapshotPostTable
  snapshot_leader: SnapshotLeaderTable
  run: RunTable
  run_progress: RunProgressTable
  run_certainty: RunCertaintyTable
  run_certainty_teacher: RunCertaintyTeacherTable
  run_teacher: RunTeacherTable
  run_area: RunAreaTable
  run_line: RunLineTable
  run_unit: RunUnitTable
  publication: PublicationTable
  appeal: AppealTable
  appeal_change: AppealChangeTable
  appeal_file: AppealFileTable
  appeal_correction: AppealCorrectionTable
  run_correction: RunCorrectionTable
  run_correction_appeal: RunCorrectionAppealTable
  table_by_name: TableByNameTable
  shadow: ShadowTable
  shadow_place: ShadowPlaceTable
}
