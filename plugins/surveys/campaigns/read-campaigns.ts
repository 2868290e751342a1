import { UstazError } from '@ustaz/core/contract'
import type { Page } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { Campaign } from '../contract.ts'
import type { SurveyTables } from '../tables.ts'
import { stateOf } from './state.ts'

type Database = Kysely<SurveyTables>

interface Row extends Omit<Campaign, 'state' | 'opensAt' | 'closesAt'> {
  opensAt: Date
  closesAt: Date
  releasedAt: Date | null
  closedAt: Date | null
}

export async function listCampaigns(
  db: Database,
  { page, pageSize, now }: { page: number; pageSize: number; now: Date },
): Promise<Page<Campaign>> {
  const rows = await readRows(
    db,
    sql`true order by c.period_to desc, c.id desc limit ${pageSize} offset ${(page - 1) * pageSize}`,
  )
  const { total } = await db
    .selectFrom('campaign')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map((row) => campaignOf(row, now)), total, page, pageSize }
}

/** Throws `surveys.campaign-not-found` (404). */
export async function readCampaign(db: Database, id: number, now: Date): Promise<Campaign> {
  const [row] = await readRows(db, sql`c.id = ${id}`)
  if (!row) throw new UstazError('surveys.campaign-not-found', { status: 404 })
  return campaignOf(row, now)
}

function campaignOf({ releasedAt, closedAt, ...row }: Row, now: Date): Campaign {
  const { opensAt, closesAt } = row
  return {
    ...row,
    state: stateOf({ opensAt, closesAt, releasedAt, closedAt }, now),
    opensAt: opensAt.toISOString(),
    closesAt: closesAt.toISOString(),
  }
}

/** A number of answers in whole steps of the threshold: whoever looks again and again does not see single answers come. */
export function inSteps(
  count: RawBuilder<unknown>,
  threshold: RawBuilder<unknown>,
): RawBuilder<number | null> {
  return sql<number | null>`nullif(floor((${count})::numeric / ${threshold})::integer * ${threshold}, 0)`
}

/** By a link of a bundle one may answer about each cell of its groups, and it counts as so many. */
const linksOfBundles = sql`
  select count(*) from plugin_surveys.bundle b join plugin_surveys.token t on t.bundle_id = b.id
  join plugin_surveys.cell l on l.campaign_id = b.campaign_id and l.group_code = any(b.groups) where b.campaign_id = c.id`

/** In percent of the whole variance; null: there is none. */
const components = sql`(
  select json_object_agg(x.name, round(100 * x.variance / x.whole, 1)::text) from (
    select v.name, v.variance, sum(v.variance) over () as whole from plugin_surveys.linked_result r
    cross join lateral (values ('teacher', r.teacher), ('unit', r.unit), ('part', r.part), ('student', r.student), ('rest', r.rest)) v (name, variance)
    where r.campaign_id = c.id) x)`

async function readRows(db: Database, where: RawBuilder<unknown>): Promise<Row[]> {
  const answers = sql`case when c.closed_at is null then tallied.answers else resulted.answers end`
  const { rows } = await sql<Row>`
    select c.id, c.title, c.version_id as "versionId", c.period_from as "periodFrom", c.period_to as "periodTo",
      c.opens_at as "opensAt", c.closes_at as "closesAt", c.released_at as "releasedAt", c.closed_at as "closedAt", c.threshold,
      case when c.linked_ground is not null then json_build_object('ground', c.linked_ground) end as linked, ${components} as components,
      json_build_object('code', q.code, 'number', v.number) as questionnaire,
      cells.cells::integer, cells.teachers::integer, cells.students::integer,
      case when c.closed_at is null then invited.invited::integer end as invited,
      ${inSteps(answers, sql`c.threshold`)} as answers
    from plugin_surveys.campaign c
    join plugin_surveys.questionnaire_version v on v.id = c.version_id
    join plugin_surveys.questionnaire q on q.id = v.questionnaire_id
    cross join lateral (
      select count(*) as cells, count(distinct teacher_id) as teachers, coalesce(sum(students), 0) as students
      from plugin_surveys.cell where campaign_id = c.id) cells
    cross join lateral (
      select sum(links) as invited from (
        select count(*) as links from plugin_surveys.token t join plugin_surveys.cell l on l.id = t.cell_id where l.campaign_id = c.id
        union all ${linksOfBundles}) links) invited
    cross join lateral (
      select coalesce(sum(t.answers), 0) as answers from plugin_surveys.tally t join plugin_surveys.cell l on l.id = t.cell_id
      where l.campaign_id = c.id) tallied
    cross join lateral (
      select coalesce(sum(answers), 0) as answers from plugin_surveys.teacher_result where campaign_id = c.id) resulted
    where ${where}`.execute(db)
  return rows
}
