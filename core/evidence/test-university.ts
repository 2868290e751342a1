import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Participant } from '../contract/resources/evidence.ts'
import type { CoreTables } from '../database/tables.ts'

/** Two faculties with a department each, for tests. Names of teachers and accounts stand for their ids. */
export interface TestUniversity {
  units: Record<'university' | 'engineering' | 'computing' | 'humanities' | 'history', number>
  teachers: Record<TestTeacher, number>
  accounts: Record<TestAccount, number>
}
export type TestTeacher = 'aigul' | 'marat' | 'head' | 'elsewhere'
export type TestAccount = TestTeacher | 'dean' | 'office' | 'management' | 'nobody'

export async function createTestUniversity(db: Kysely<CoreTables>): Promise<TestUniversity> {
  const unit = unitMaker(db)
  const university = await unit('university', 'u', null)
  const engineering = await unit('faculty', 'eng', university)
  const computing = await unit('department', 'cs', engineering)
  const humanities = await unit('faculty', 'hum', university)
  const history = await unit('department', 'his', humanities)
  const teachers = {
    aigul: await createTeacher(db, ['Оразбаева', 'Айгүл', 'Orazbayeva Aigul'], computing),
    marat: await createTeacher(db, ['Ахметов', 'Марат', 'Akhmetov Marat'], computing),
    head: await createTeacher(db, ['Ким', 'Виктор', 'Kim Viktor'], computing),
    elsewhere: await createTeacher(db, ['Семёнова', 'Анна', 'Semenova Anna'], history),
  }
  const account = accountMaker(db)
  const accounts = {
    aigul: await account('Айгүл', teachers.aigul, [['teacher', null]]),
    marat: await account('Марат', teachers.marat, [['teacher', null]]),
    head: await account('Виктор', teachers.head, [
      ['teacher', null],
      ['head', computing],
    ]),
    elsewhere: await account('Анна', teachers.elsewhere, [['teacher', null]]),
    dean: await account('Dean', null, [['dean', engineering]]),
    office: await account('Office', null, [['office', null]]),
    management: await account('Rector', null, [['management', null]]),
    nobody: await account('Nobody', null, []),
  }
  return { units: { university, engineering, computing, humanities, history }, teachers, accounts }
}

function unitMaker(db: Kysely<CoreTables>) {
  return async (kind: 'university' | 'faculty' | 'department', code: string, parent: number | null) => {
    const name = JSON.stringify({ kk: code, ru: code, en: code })
    const row = { kind, code, parent_id: parent, name }
    return (await db.insertInto('unit').values(row).returning('id').executeTakeFirstOrThrow()).id
  }
}

async function createTeacher(
  db: Kysely<CoreTables>,
  [family, given, latin]: readonly [string, string, string],
  unit: number,
): Promise<number> {
  const name = { code: latin, family_name: family, given_name: given, latin_name: latin }
  const { id } = await db.insertInto('teacher').values(name).returning('id').executeTakeFirstOrThrow()
  const post = { teacher_id: id, unit_id: unit, rate: '1', starts_on: '2020-09-01' }
  await db.insertInto('appointment').values(post).execute()
  return id
}

function accountMaker(db: Kysely<CoreTables>) {
  return async (
    name: string,
    teacher: number | null,
    roles: readonly (readonly [string, number | null])[],
  ) => {
    const row = { name, teacher_id: teacher }
    const { id } = await db.insertInto('account').values(row).returning('id').executeTakeFirstOrThrow()
    for (const [role, unit] of roles) {
      await db.insertInto('account_role').values({ account_id: id, role, unit_id: unit }).execute()
    }
    return id
  }
}

/** A participant; absent fields as a form leaves them. */
export function person(name: string, fields: Partial<Participant> = {}): Participant {
  return { teacherId: null, name, role: null, share: null, affiliated: true, ...fields }
}

/** What every entry must hold, whatever was done to it; answers the ids of entries that do not. */
export async function findBroken(db: Kysely<CoreTables>): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select e.id from evidence e
    where e.participant_count <> (select count(*) from evidence_participant p where p.evidence_id = e.id)
      or e.participant_count is distinct from (select max(ordinal) from evidence_participant p where p.evidence_id = e.id)
      or e.affiliated_count is distinct from (
        select count(*) from evidence_participant p where p.evidence_id = e.id and p.affiliated)
      or e.role_counts is distinct from coalesce((
        select jsonb_object_agg(role, people) from (
          select role, count(*) as people from evidence_participant p
          where p.evidence_id = e.id and role is not null group by role) c), '{}')
      or e.revision <> (select count(*) from evidence_change c where c.evidence_id = e.id)
      or e.state is distinct from (
        select to_state from evidence_change c where c.evidence_id = e.id order by c.id desc limit 1)
      or exists (
        select from (
          select from_state, lag(to_state) over (order by c.id) as previous from evidence_change c where c.evidence_id = e.id
        ) step where from_state is distinct from previous)
    order by e.id`.execute(db)
  return rows.map(({ id }) => id)
}
