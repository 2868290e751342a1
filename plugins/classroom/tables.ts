import type { ColumnType, Generated } from 'kysely'
import type { Announcement, Quantity } from '@ustaz/devices'

type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface RoomTable {
  id: Generated<number>
  code: string
  name: string
  building: string | null
  floor: string | null
  capacity: number | null
}
export const lessonKinds = ['lecture', 'practice', 'laboratory', 'seminar', 'other'] as const
export type LessonKind = (typeof lessonKinds)[number]
export interface LessonTable {
  id: Generated<number>
  source: string
  source_key: string
  room_id: number | null
  teacher_id: number | null
  group_code: string | null
  subject: string
  kind: LessonKind
  enrolment: number | null
  starts_at: Time
  ends_at: Time
  weekday: number
  hour: number
  cancelled_at: OptionalTime
}
export interface DeviceTable {
  id: Generated<number>
  name: string
  type: string
  interval_seconds: number
  password_hash: string | null
  mosquitto_hash: string | null
  is_gateway: Generated<boolean>
  provisioned_at: Time
  retired_at: OptionalTime
}
export interface DeviceStateTable {
  device_id: number
  last_seen_at: Time
  online: boolean
  firmware: string | null
  battery: number | null
  last_sequence: number | null
  missed: Generated<number>
  clock_ahead_seconds: number | null
  /** By the device's own clock. */
  clock_at: OptionalTime
}
export interface DeviceRoomTable {
  device_id: number
  room_id: number
  starts_at: Time
  ends_at: OptionalTime
}
export interface ReadingTable {
  device_id: number
  measured_at: Time
  sequence: number
  quantity: Quantity
  channel: string
  value: number
  received_at: Time
}
export interface ReadingHourTable {
  device_id: number
  hour: Time
  quantity: Quantity
  channel: string
  readings: number
  lowest: number
  mean: number
  highest: number
}
export interface ReadingMonthTable {
  month: string
  rolled_up_at: OptionalTime
}
export const quarantineReasons = [
  'malformed',
  'unknown-topic',
  'unknown-device',
  'unsupported',
  'impossible',
  'future',
  'too-old',
] as const
export type QuarantineReason = (typeof quarantineReasons)[number]
export interface QuarantineTable {
  id: Generated<number>
  digest: Buffer
  reason: QuarantineReason
  topic: string
  device_name: string | null
  /** In English. */
  detail: string
  code: string | null
  params: ColumnType<Record<string, string | number>, string | undefined, string>
  payload: Buffer
  first_at: Time
  last_at: Time
  times: number
}
export interface IngestCountTable {
  day: string
  outcome: string
  count: number
}
export interface IngestSlotTable {
  number: number
  taken_at: Time
}
export interface IngestProcessTable {
  name: string
  started_at: Time
  last_at: Time
  messages: number
}
export interface AnnouncementTable {
  config_topic: string
  place: number
  device_name: string
  topic: string
  content: ColumnType<Announcement, string, string>
  announced_at: Time
}
export interface UnsettledDayTable {
  device_id: number
  day: string
}
export interface LessonAttendanceTable {
  lesson_id: number
  computed_at: Time
  method: 'counts' | 'counters' | 'none'
  coverage: number
  people: number | null
  lowest: number | null
  highest: number | null
  share: number | null
  share_error: number | null
  expected_share: number | null
  peers: number | null
  temperature: number | null
  humidity: number | null
  co2: number | null
  cold: boolean | null
  stuffy: boolean | null
}
export interface DisputeTable {
  id: Generated<number>
  lesson_id: number
  account_id: number
  reason: string
  opened_at: Time
  decision: 'accepted' | 'rejected' | null
  decided_by: number | null
  decided_at: OptionalTime
  answer: string | null
}
export const alertKinds = ['silent', 'stuck', 'drifting', 'impossible'] as const
export type AlertKind = (typeof alertKinds)[number]
export interface AlertTable {
  id: Generated<number>
  device_id: number
  kind: AlertKind
  detail: string
  starts_at: Time
  ends_at: OptionalTime
}

export interface ClassroomTables {
  room: RoomTable
  lesson: LessonTable
  device: DeviceTable
  device_state: DeviceStateTable
  device_room: DeviceRoomTable
  reading: ReadingTable
  reading_hour: ReadingHourTable
  reading_month: ReadingMonthTable
  quarantine: QuarantineTable
  ingest_count: IngestCountTable
  ingest_slot: IngestSlotTable
  ingest_process: IngestProcessTable
  announcement: AnnouncementTable
  unsettled_day: UnsettledDayTable
  lesson_attendance: LessonAttendanceTable
  dispute: DisputeTable
  alert: AlertTable
}
