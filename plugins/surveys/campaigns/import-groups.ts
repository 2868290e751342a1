import type { PluginContext, TableImport, TableRow, TeacherName } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { SurveyTables } from '../tables.ts'
import { refuseUneven } from './bundles.ts'
import { addTallies, lockCampaign } from './change-campaign.ts'

type Context = Pick<PluginContext<SurveyTables>, 'people' | 'now'>

/** Students of one group in one course. */
const mostStudents = 1000

/**
 * Who is asked about whom in a campaign. Nothing is deleted; the number of students may change as long as the campaign is not over. Where answers
 * are linked, all lines of a group have the same (`surveys.group-uneven`).
 */
export async function groupsOf(
  { people, now }: Context,
  campaignId: number,
): Promise<TableImport<SurveyTables>> {
  const teachers = await people.listTeachers()
  const byCode = new Map(teachers.map((teacher) => [teacher.code, teacher]))
  const codeOf = new Map(teachers.map(({ id, code }) => [id, code]))
  return {
    kind: 'groups',
    key: ['group', 'course', 'teacher'],
    columns: {
      group: { required: true, read: 'code', aliases: ['group code', 'шифр группы'], example: 'IS-23-1' },
      course: {
        required: true,
        read: 'code',
        aliases: ['course code', 'шифр дисциплины'],
        example: 'CS-101',
      },
      title: {
        required: true,
        read: 'text',
        aliases: ['course title', 'дисциплина', 'пән'],
        example: { kk: 'Алгоритмдер', ru: 'Алгоритмы', en: 'Algorithms' },
      },
      teacher: {
        required: true,
        read: 'code',
        refersTo: 'teacher',
        aliases: ['teacher code', 'таб. №', 'табельный номер', 'табель нөмірі'],
        example: 'T-0001',
      },
      students: {
        required: true,
        read: readCount,
        aliases: ['number of students', 'количество студентов', 'студенттер саны'],
        example: '24',
      },
    },
    async readKnown(trx, lines) {
      const groups = lines.flatMap(({ values }) => values['group'] ?? [])
      const { rows } = await sql<{
        group: string
        course: string
        title: string
        teacher_id: number
        students: string
      }>`
        select group_code as "group", course_code as course, course_title as title, teacher_id, students::text
        from plugin_surveys.cell where campaign_id = ${campaignId} and group_code = any(${groups}::text[])`.execute(
        trx,
      )
      return rows.map(({ teacher_id: id, ...row }) => ({ ...row, teacher: codeOf.get(id) ?? String(id) }))
    },
    async insert(trx, rows) {
      await lockCampaign(trx, campaignId, { now: now(), among: ['draft', 'planned', 'open'] })
      await sql`
        insert into plugin_surveys.cell (campaign_id, course_code, course_title, group_code, teacher_id, teacher_name, students)
        select ${campaignId}, x.course, x.title, x."group", x.teacher_id, x.teacher_name, x.students from ${asTable(rows)}`.execute(
        trx,
      )
    },
    async update(trx, rows) {
      await lockCampaign(trx, campaignId, { now: now(), among: ['draft', 'planned', 'open'] })
      await sql`
        update plugin_surveys.cell c set course_title = x.title, students = x.students, teacher_name = x.teacher_name
        from ${asTable(rows)}
        where c.campaign_id = ${campaignId} and c.group_code = x."group" and c.course_code = x.course and c.teacher_id = x.teacher_id`.execute(
        trx,
      )
    },
    async finish(trx) {
      const { released_at: released } = await trx
        .selectFrom('campaign')
        .select('released_at')
        .where('id', '=', campaignId)
        .executeTakeFirstOrThrow()
      await refuseUneven(trx, campaignId)
      if (released) await addTallies(trx, campaignId)
    },
  }

  function asTable(rows: readonly TableRow[]) {
    const known = rows.map(({ teacher, ...row }) => {
      const found = byCode.get(teacher ?? '')
      return { ...row, teacher_id: found?.id, teacher_name: found ? fullName(found) : null }
    })
    return sql`json_to_recordset(${JSON.stringify(known)}::json) as x (
      "group" text, course text, title text, teacher_id bigint, teacher_name text, students integer)`
  }
}

/** As students know the teacher. */
export function fullName({ familyName, givenName, patronymic }: TeacherName): string {
  return [familyName, givenName, patronymic].filter((part) => part !== null).join(' ')
}

function readCount(text: string) {
  const isCount = /^\d{1,4}$/.test(text) && Number(text) > 0 && Number(text) <= mostStudents
  return isCount
    ? String(Number(text))
    : { code: 'surveys.students', params: { value: text.slice(0, 40), most: mostStudents } }
}
