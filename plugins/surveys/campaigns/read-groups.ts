import type { Page } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Group } from '../contract.ts'
import type { SurveyTables } from '../tables.ts'
import { linksTo } from './bundles.ts'
import { inSteps } from './read-campaigns.ts'

/** Groups by code. Once the campaign is closed nothing but the results tells of single groups. */
export async function listGroups(
  db: Kysely<SurveyTables>,
  campaignId: number,
  { page, pageSize, search }: { page: number; pageSize: number; search: string },
): Promise<Page<Group>> {
  const found = sql`c.campaign_id = ${campaignId} and (${search} = '' or c.group_code ilike ${`%${escapeLike(search)}%`}
    or c.teacher_name ilike ${`%${escapeLike(search)}%`})`
  const { rows } = await sql<Group & { total: number }>`
    select c.group_code as "group", count(*) over ()::integer as total,
      json_agg(json_build_object('course', c.course_title, 'teacherId', c.teacher_id, 'teacher', c.teacher_name, 'students', c.students,
        'invited', case when p.closed_at is null then ${linksTo(sql`c`)} end,
        'answers', ${inSteps(sql`t.answers`, sql`p.threshold`)}) order by c.course_title, c.teacher_name) as cells
    from plugin_surveys.cell c join plugin_surveys.campaign p on p.id = c.campaign_id
    left join plugin_surveys.tally t on t.cell_id = c.id
    where ${found} group by c.group_code order by c.group_code limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(
    db,
  )
  const items = rows.map(({ group, cells }) => ({ group, cells }))
  return { items, total: rows[0]?.total ?? 0, page, pageSize }
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')
