import type { ImportKind, ImportKindName } from '../definition.ts'
import { appointmentImport } from './appointments.ts'
import { leaderImport } from './leaders.ts'
import { leaveImport } from './leaves.ts'
import { teacherImport } from './teachers.ts'
import { unitImport } from './units.ts'

export const imports: Readonly<Record<ImportKindName, ImportKind>> = {
  units: unitImport,
  teachers: teacherImport,
  appointments: appointmentImport,
  leaders: leaderImport,
  leaves: leaveImport,
}
