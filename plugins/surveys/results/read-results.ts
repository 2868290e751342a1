import { UstazError } from '@ustaz/core/contract'
import type { Page } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { ResultDetail, TeacherResult } from '../contract.ts'
import type { Words } from '../questions/question.ts'
import type { SurveyTables } from '../tables.ts'

type Database = Kysely<SurveyTables>
/** Ids of the teachers whose results may be seen; null: everybody's. */
type Reach = readonly number[] | null
export type Unnamed<Result> = Omit<Result, 'teacher'>

const within = (teachers: Reach): RawBuilder<unknown> =>
  teachers === null ? sql`true` : sql`r.teacher_id = any(${[...teachers]}::bigint[])`

/** Closed campaigns in which somebody within reach was asked about, newest first. */
export async function listClosed(
  db: Database,
  teachers: Reach,
): Promise<{ id: number; title: Words; periodTo: string }[]> {
  const { rows } = await sql<{ id: number; title: Words; periodTo: string }>`
    select c.id, c.title, c.period_to as "periodTo" from plugin_surveys.campaign c
    where c.closed_at is not null
      and exists (select from plugin_surveys.teacher_result r where r.campaign_id = c.id and ${within(teachers)})
    order by c.period_to desc, c.id desc limit 200`.execute(db)
  return rows
}

/** Of a teacher_result r beside the unit_result u of its unit. */
export const noMedianColumn = sql`
  case when r.unit_id is null then 'no-unit' when u.unit_id is null then 'few-teachers' end as "noMedian"`

const columns = sql`
  r.campaign_id as "campaignId", c.title, c.period_to as "periodTo", r.teacher_id as "teacherId", r.students, c.threshold, r.answers,
  trim_scale(r.score)::text as score, trim_scale(r.shrunken)::text as shrunken, trim_scale(r.low)::text as low,
  trim_scale(r.high)::text as high,
  ${noMedianColumn}, trim_scale(u.median)::text as "unitMedian",
  case when c.linked_ground is null then null when l.campaign_id is null then 'too-few' else 'corrected' end as linked`
const tables = sql`
  plugin_surveys.teacher_result r join plugin_surveys.campaign c on c.id = r.campaign_id
  left join plugin_surveys.unit_result u on u.campaign_id = r.campaign_id and u.unit_id = r.unit_id
  left join plugin_surveys.linked_result l on l.campaign_id = c.id`

/** Of those of `named`, in its order (of names); hidden ones last. */
export async function listResults(
  db: Database,
  { campaignId, teachers, named }: { campaignId: number; teachers: Reach; named: readonly number[] },
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<Unnamed<TeacherResult>>> {
  const { rows } = await sql<Unnamed<TeacherResult> & { total: number }>`
    select ${columns}, count(*) over ()::integer as total from ${tables}
    join unnest(${[...named]}::bigint[]) with ordinality n (id, place) on n.id = r.teacher_id
    where r.campaign_id = ${campaignId} and ${within(teachers)}
    order by r.answers is null, n.place limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0, page, pageSize }
}

/** Throws `surveys.result-not-found` (404). */
export async function readResult(
  db: Database,
  { campaignId, teacherId, teachers }: { campaignId: number; teacherId: number; teachers: Reach },
): Promise<Unnamed<ResultDetail>> {
  const one = sql`r.campaign_id = ${campaignId} and r.teacher_id = ${teacherId} and ${within(teachers)}`
  const { rows } = await sql<Omit<Unnamed<ResultDetail>, 'parts'>>`
    select ${columns}, r.questions, v.questions as asked from ${tables}
    join plugin_surveys.questionnaire_version v on v.id = c.version_id where ${one}`.execute(db)
  const [found] = rows
  if (!found) throw new UstazError('surveys.result-not-found', { status: 404 })
  return { ...found, parts: await readParts(db, campaignId, teacherId) }
}

async function readParts(
  db: Database,
  campaignId: number,
  teacherId: number,
): Promise<ResultDetail['parts']> {
  const { rows } = await sql<ResultDetail['parts'][number]>`
    select (select json_agg(json_build_object('course', l.course_title, 'group', l.group_code) order by l.course_title, l.group_code)
        from plugin_surveys.cell l where l.id = any(p.cell_ids)) as cells,
      p.students, p.answers, trim_scale(p.score)::text as score, p.questions
    from plugin_surveys.part_result p where p.campaign_id = ${campaignId} and p.teacher_id = ${teacherId} order by p.place`.execute(
    db,
  )
  return rows
}
