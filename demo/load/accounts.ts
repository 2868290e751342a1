import type { PoolClient } from 'pg'
import { copyLines } from '../../core/evidence/copy-lines.ts'
import { teachersOf } from '../evidence/all-entries.ts'
import { leadersOf } from '../people/leaders.ts'
import { fullName, inventName } from '../people/names.ts'
import type { Teacher } from '../people/teacher.ts'
import type { University } from '../people/university.ts'
import { Random } from '../random.ts'
import type { PeopleIds } from './people.ts'
import { reserveIds } from './rows.ts'

/** Accounts that belong to no teacher. */
const offices = ['office', 'office', 'management', 'administrator', 'verifier', 'technician'] as const

export interface AccountIds {
  /** In the order of `offices`. */
  offices: readonly number[]
  /** A teacher's account is this one plus the teacher's number. */
  firstTeacher: number
}

/** Loads the accounts of the offices and one for each teacher, with the roles of heads and deans. */
export async function loadAccounts(
  client: PoolClient,
  university: University,
  people: PeopleIds,
): Promise<AccountIds> {
  const first = await reserveIds(client, 'account', offices.length + university.teachers)
  const ids = { offices: offices.map((_, i) => first + i), firstTeacher: first + offices.length }
  await loadOffices(client, university, ids)
  const leaders = leadersOf(university)
  for (const department of university.departments) {
    const teachers = teachersOf(university, department)
    const line = (teacher: Teacher) => [
      ids.firstTeacher + teacher.number,
      fullName(teacher.name),
      people.firstTeacher + teacher.number,
    ]
    await copyLines(client, 'account (id, name, teacher_id)', teachers.map(line))
    const head = leaders.departments[department.index]
    const unit = people.departments[department.index]!
    await copyLines(client, roleTarget, [
      ...teachers.map(({ number }) => [ids.firstTeacher + number, 'teacher', null]),
      ...(head ? [[ids.firstTeacher + head.teacher.number, 'head', unit]] : []),
    ])
  }
  const deanLines = people.faculties.flatMap((unit, i) => {
    const dean = leaders.faculties[i]
    return dean ? [[ids.firstTeacher + dean.teacher.number, 'dean', unit]] : []
  })
  await copyLines(client, roleTarget, deanLines)
  return ids
}

const roleTarget = 'account_role (account_id, role, unit_id)'

async function loadOffices(client: PoolClient, { seed }: University, ids: AccountIds): Promise<void> {
  const people = offices.map((_, i) => inventName(new Random(seed, 'office', i), 'female', 'kazakh'))
  await copyLines(
    client,
    'account (id, name)',
    people.map((name, i) => [ids.offices[i]!, fullName(name)]),
  )
  await copyLines(
    client,
    roleTarget,
    offices.map((role, i) => [ids.offices[i]!, role, null]),
  )
}
