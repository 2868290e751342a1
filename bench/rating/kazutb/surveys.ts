import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../../core/database/tables.ts'
import { period } from '../people.ts'

/** One closed campaign of the period with a result of every teacher; of every 19th too few answered. */
export async function enterSurveys(db: Kysely<CoreTables>): Promise<void> {
  await sql`with q as (
      insert into plugin_surveys.questionnaire (code, title) values ('bench', '{}') returning id
    ), v as (
      insert into plugin_surveys.questionnaire_version (questionnaire_id, number, questions) select id, 1, '[]' from q returning id
    ), c as (
      insert into plugin_surveys.campaign (title, version_id, period_from, period_to, opens_at, closes_at, threshold, released_at, closed_at)
      select '{}', id, ${period.from}, ${period.to}, '2026-05-11', '2026-05-25', 5, '2026-05-10', '2026-05-25' from v returning id
    )
    insert into plugin_surveys.teacher_result
      (campaign_id, teacher_id, unit_id, students, answers, score, shrunken, standard_error, low, high, mean_error)
    select c.id, t.id, a.unit_id, 20 + t.id % 60, r.answers, r.score, r.score * 0.8 + 14, r.error, null, null, r.error * 1.25
    from c cross join core.teacher t join core.appointment a on a.teacher_id = t.id and a.starts_on <= '2026-02-01' and a.ends_on is null
    cross join lateral (select case when t.id % 19 > 0 then 5 + t.id % 15 end as answers,
      case when t.id % 19 > 0 then 30 + t.id * 7 % 6971 / 100.0 end as score,
      case when t.id % 19 > 0 then 2 + t.id % 37 / 10.0 end as error) r`.execute(db)
  await sql`analyze plugin_surveys.campaign, plugin_surveys.teacher_result`.execute(db)
}

/** What one campaign of the period says of whom enough answered. */
export const surveyFacts = sql`select r.teacher_id, 'surveys.rating' as indicator, c.period_to as happened_on, trim_scale(r.shrunken) as quantity,
    jsonb_build_object('mean', r.score, 'shrunken', r.shrunken, 'standardError', r.standard_error, 'meanError', r.mean_error,
      'answers', r.answers, 'students', r.students, 'responseRate', round(100.0 * r.answers / r.students, 6), 'campaigns', 1) as attributes
  from plugin_surveys.teacher_result r join plugin_surveys.campaign c on c.id = r.campaign_id
  where r.answers is not null and c.period_to = ${sql.lit(period.to)}::date`
