import type { PoolClient } from 'pg'
import { copyLines } from '../../core/evidence/copy-lines.ts'
import type { Line } from '../../core/evidence/copy-lines.ts'
import { teachersOf } from '../evidence/all-entries.ts'
import { leadersOf } from '../people/leaders.ts'
import type { Teacher } from '../people/teacher.ts'
import type { University } from '../people/university.ts'
import { reserveIds } from './rows.ts'

/** Where the rows of the university begin; a teacher's id is the first one plus the teacher's number. */
export interface PeopleIds {
  firstTeacher: number
  /** By place in the list of departments. */
  departments: readonly number[]
  /** By place in the list of faculties. */
  faculties: readonly number[]
}

/** Loads units, teachers with their posts and leave, a department at a time, and who leads the units. */
export async function loadPeople(client: PoolClient, university: University): Promise<PeopleIds> {
  const units = await loadUnits(client, university)
  const firstTeacher = await reserveIds(client, 'teacher', university.teachers)
  const ids = { firstTeacher, ...units }
  for (const department of university.departments) {
    const teachers = teachersOf(university, department)
    await copyLines(
      client,
      `teacher (${teacherColumns})`,
      teachers.map((one) => teacherLine(ids, one)),
    )
    await copyLines(
      client,
      `appointment (${postColumns})`,
      teachers.flatMap((one) => postLines(ids, one)),
    )
    await copyLines(
      client,
      'leave (teacher_id, kind, starts_on, ends_on)',
      teachers.flatMap((one) => leaveLines(ids, one)),
    )
  }
  await loadLeaders(client, university, ids)
  return ids
}

async function loadLeaders(client: PoolClient, university: University, ids: PeopleIds): Promise<void> {
  const { departments, faculties } = leadersOf(university)
  const units = [...ids.departments, ...ids.faculties]
  await copyLines(
    client,
    'leadership (teacher_id, unit_id, starts_on)',
    [...departments, ...faculties].flatMap((leader, i) =>
      leader ? [[ids.firstTeacher + leader.teacher.number, units[i]!, leader.since]] : [],
    ),
  )
}

async function loadUnits(
  client: PoolClient,
  university: University,
): Promise<Omit<PeopleIds, 'firstTeacher'>> {
  const { faculties, departments } = university
  const root = await reserveIds(client, 'unit', 1 + faculties.length + departments.length)
  const facultyIds = faculties.map((_, i) => root + 1 + i)
  const departmentIds = departments.map((_, i) => root + 1 + faculties.length + i)
  const line = (
    id: number,
    kind: string,
    { code, name }: Pick<University, 'code' | 'name'>,
    parent: number | null,
  ) => [id, kind, code, parent, JSON.stringify(name)]
  await copyLines(client, 'unit (id, kind, code, parent_id, name)', [
    line(root, 'university', university, null),
    ...faculties.map((faculty, i) => line(facultyIds[i]!, 'faculty', faculty, root)),
    ...departments.map((department, i) => {
      const parent = facultyIds[faculties.findIndex(({ id }) => id === department.faculty)]!
      return line(departmentIds[i]!, 'department', department, parent)
    }),
  ])
  return { faculties: facultyIds, departments: departmentIds }
}

const teacherColumns =
  'id, code, family_name, given_name, patronymic, latin_name, sex, birth_year, orcid, service_from'
function teacherLine({ firstTeacher }: PeopleIds, teacher: Teacher): Line {
  const { family, given, patronymic, latin } = teacher.name
  const { number, code, sex, birthYear, orcid, serviceFrom } = teacher
  const names = [family, given, patronymic, `${latin.family} ${latin.given}`]
  return [firstTeacher + number, code, ...names, sex, birthYear, orcid, serviceFrom]
}

const postColumns = 'teacher_id, unit_id, position, degree, rate, starts_on, ends_on'
function postLines({ firstTeacher, departments }: PeopleIds, { number, posts }: Teacher): Line[] {
  return posts.map(({ department, position, degree, rate, from, to }) => {
    return [firstTeacher + number, departments[department]!, position, degree, rate, from, to]
  })
}

function leaveLines({ firstTeacher }: PeopleIds, { number, leaves }: Teacher): Line[] {
  return leaves.map(({ kind, from, to }) => [firstTeacher + number, kind, from, to])
}
