import type { ColumnType, JSONColumnType } from 'kysely'
import type { LocalizedText } from '../../contract/text.ts'
import type { Id } from './column.ts'

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

/** Units, teachers, their posts and leave. */
export interface PeopleTables {
  unit: UnitTable
  position: CodedNameTable
  degree: CodedNameTable
  teacher: TeacherTable
  appointment: AppointmentTable
  leave: LeaveTable
  leadership: LeadershipTable
}
