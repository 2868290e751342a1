import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../../core/database/tables.ts'
import { freezeByHand } from '../hand/freeze.ts'
import type { HandTables } from '../hand/tables.ts'
import { period } from '../people.ts'
import { surveyFacts } from './surveys.ts'

/** The 65 clauses in their order: number, clause, area. */
export const clauses = sql`(values
  (1, '1.1.1', 1), (2, '1.1.2', 1), (3, '1.1.3', 1), (4, '1.1.4', 1), (5, '1.1.5', 1), (6, '1.1.6', 1),
  (7, '1.1.7', 1), (8, '1.2.1', 1), (9, '1.2.2', 1), (10, '1.2.3', 1), (11, '1.2.4', 1),
  (12, '1.2.5', 1), (13, '1.2.6', 1), (14, '1.3.1', 1), (15, '1.3.2', 1), (16, '1.4.1', 1), (17, '1.4.2', 1),
  (18, '1.4.3', 1), (19, '1.4.4', 1), (20, '2.1.1', 2), (21, '2.1.2', 2), (22, '2.1.3', 2), (23, '2.1.4', 2),
  (24, '2.1.5', 2), (25, '2.1.6', 2), (26, '2.1.7', 2), (27, '2.1.8', 2), (28, '2.2.1', 2),
  (29, '2.2.1-scopus', 2), (30, '2.2.1-scopus-quartile', 2), (31, '2.2.2', 2), (32, '2.2.3', 2),
  (33, '2.3.1', 2), (34, '2.3.2', 2), (35, '2.4.1', 2), (36, '2.4.2', 2), (37, '2.4.3', 2), (38, '2.4.4', 2),
  (39, '2.4.5', 2), (40, '2.5.1', 2), (41, '2.5.1-abroad', 2), (42, '2.5.2', 2), (43, '2.6.1', 2),
  (44, '2.6.2', 2), (45, '2.6.3', 2), (46, '2.6.4', 2), (47, '2.6.5', 2), (48, '2.6.6', 2), (49, '2.7.1', 2),
  (50, '2.7.2', 2), (51, '3.1.1', 3), (52, '3.1.2', 3), (53, '3.1.3', 3), (54, '3.1.4', 3), (55, '3.2.1', 3),
  (56, '3.2.2', 3), (57, '3.3', 3), (58, '3.4', 3), (59, '3.5', 3), (60, '4.1.1', 4), (61, '4.1.1-toefl', 4),
  (62, '4.1.1b', 4), (63, '4.1.2', 4), (64, '4.2.1', 4), (65, 'K5-survey', 5)) c (no, clause, area)`

/** The clause that counts a fact. */
export const first = sql`case f.indicator
  when 'publications.work' then case
    when f.type in ('article', 'review') then case f.attributes ->> 'index'
      when 'wos' then 28 when 'wos-scopus' then 28 when 'koksnvo' then 31
      when 'scopus' then case when f.attributes ->> 'percentile' is null then 30 when (f.attributes -> 'percentile')::numeric >= 25 then 29 end end
    when f.type in ('conference-paper', 'conference-abstract') then case when f.attributes ->> 'country' = 'KZ' then 33 end
    when f.type = 'monograph' then case f.attributes ->> 'country' when 'KZ' then 42 else case when f.attributes ->> 'country' is not null then 41 end end end
  when 'methodical.discipline-package' then 1
  when 'methodical.integrated-course' then case when f.attributes ->> 'platform' = 'coursera' and f.attributes ->> 'grading' = 'true' then 2 end
  when 'methodical.microcredential' then 3
  when 'methodical.joint-programme' then case f.type when 'joint' then 4 when 'double-degree' then 5 end
  when 'methodical.olympiad' then case f.attributes ->> 'level' when 'international' then 6 when 'national' then 7 end
  when 'methodical.textbook' then case f.type
    when 'textbook' then case f.attributes ->> 'stamp' when 'republican-council' then 8 when 'university-council' then 9 end
    when 'manual' then case f.attributes ->> 'stamp' when 'republican-council' then 10 when 'university-council' then 11 end end
  when 'methodical.electronic-textbook' then case f.type when 'textbook' then 12 when 'manual' then 13 end
  when 'methodical.mooc' then case f.attributes ->> 'platform' when 'ministry-recommended' then 14 when 'own' then 15 end
  when 'methodical.guest-lecture' then case when (f.attributes -> 'credits')::numeric >= 2 and (f.attributes -> 'weeks')::numeric >= 2 then
    case f.attributes ->> 'location' when 'abroad' then 16 when 'kazakhstan' then 18 end + case f.attributes ->> 'mode' when 'offline' then 0 when 'online' then 1 end end
  when 'research.project' then case f.type
    when 'state-budget' then case f.role when 'lead' then 20 when 'executor' then 21 end
    when 'contract' then case f.role when 'lead' then 22 when 'executor' then 23 end
    when 'initiative' then case f.role when 'lead' then 24 when 'executor' then 25 end
    when 'experimental-development' then 26 end
  when 'research.grant-application' then 27
  when 'research.review' then 34
  when 'research.intellectual-property' then case when f.attributes ->> 'ownedByUniversity' = 'true' then case f.attributes ->> 'scope'
    when 'international' then case when f.type in ('invention', 'utility-model', 'industrial-design') then 35 end
    when 'national' then 36 end end
  when 'research.implementation-act' then 38
  when 'research.h-index' then 39
  when 'research.student-research' then case when f.attributes ->> 'prize' = 'true' then case f.attributes ->> 'level'
    when 'international' then 43 when 'national' then 44 when 'city' then 44 end end
  when 'research.start-up' then 46
  when 'research.membership' then case f.attributes ->> 'body' when 'scientific-technical-council' then 47 when 'working-group' then 50 end
  when 'research.state-award' then 48
  when 'research.expertise' then 49
  when 'community.sport-result' then case f.attributes ->> 'level' when 'international' then 51 when 'national' then 52 when 'city' then 52 when 'university' then 53 end
  when 'community.sport-event' then 54
  when 'community.recruitment' then case f.attributes ->> 'origin' when 'abroad' then 55 when 'kazakhstan' then 56 end
  when 'community.media-publication' then 57
  when 'community.endowment' then 58
  when 'community.ranking-expert' then case when f.attributes ->> 'ranking' = 'qs' then 59 end
  when 'qualification.language-certificate' then case when f.attributes ->> 'exam' = 'ielts' then case when (f.attributes -> 'score')::numeric >= 4 then 60 end
    when (f.attributes -> 'score')::numeric >= 400 then 61 end
  when 'qualification.course' then case when (f.attributes -> 'hours')::numeric >= 72 then 62 end
  when 'qualification.internship' then case when f.attributes ->> 'location' = 'abroad' and (f.attributes -> 'months')::numeric >= 1 then 63 end
  when 'qualification.graduate-employment' then 64
  when 'surveys.rating' then 65 end`

/** The few clauses that count what another has counted already. */
export const second = sql`case f.indicator
  when 'publications.work' then case
    when f.type = 'monograph' then case when f.attributes ->> 'withForeigners' = 'true' then 40 end
    when f.type in ('article', 'review', 'conference-paper', 'chapter') then case
      when f.attributes ->> 'index' in ('wos', 'scopus', 'wos-scopus', 'koksnvo') and f.attributes ->> 'withStudents' = 'true' then 32 end end
  when 'research.intellectual-property' then case when f.attributes ->> 'fromStudentProject' = 'true' then 37 end
  when 'research.student-research' then case when f.attributes ->> 'level' in ('international', 'national') then 45 end end`

const quartile = sql`case f.attributes ->> 'quartile' when 'Q1' then 200 when 'Q2' then 150 when 'Q3' then 100 else 50 end`
const percent = sql`(f.attributes -> 'percent')::numeric`
export const points = sql`case f.no
  when 1 then 100 when 2 then 50 when 3 then 120 when 4 then 45 when 5 then 45 when 12 then 150 when 13 then 100
  when 14 then 150 when 15 then 50 when 16 then 30 when 17 then 20 when 18 then 15 when 19 then 10 when 20 then 500
  when 21 then 300 when 22 then 350 when 23 then 250 when 24 then 170 when 25 then 100 when 27 then 150 when 33 then 30
  when 34 then 25 when 35 then 250 when 38 then 15 when 40 then 150 when 43 then 50 when 44 then 25 when 45 then 100
  when 46 then 300 when 47 then 30 when 48 then 100 when 50 then 30 when 51 then 50 when 52 then 30 when 53 then 25
  when 54 then 30 when 57 then 15 when 60 then 200 when 61 then 200 when 62 then 70 when 63 then 100
  when 6 then case f.attributes ->> 'place' when '1' then 70 when '2' then 50 when '3' then 30 else 0 end
  when 7 then case f.attributes ->> 'place' when '1' then 30 when '2' then 20 when '3' then 10 else 0 end
  when 8 then 45 * (f.attributes -> 'sheets')::numeric
  when 9 then 35 * (f.attributes -> 'sheets')::numeric
  when 10 then 25 * (f.attributes -> 'sheets')::numeric
  when 11 then 20 * (f.attributes -> 'sheets')::numeric
  when 26 then case f.role when 'lead' then 100 when 'executor' then 50 else 0 end
  when 28 then ${quartile}
  when 29 then case when (f.attributes -> 'percentile')::numeric < 50 then 100 when (f.attributes -> 'percentile')::numeric < 75 then 150 else 200 end
  when 30 then ${quartile}
  when 31 then case when f.participants = 1 then 100 else 80 end
  when 32 then case f.attributes ->> 'index' when 'koksnvo' then 50 else 100 end
  when 36 then case f.type when 'invention' then 100 when 'utility-model' then 50 when 'copyright' then 25 else 0 end
  when 37 then case f.attributes ->> 'scope' when 'international' then 150 when 'national' then 100 when 'other' then 50 end
  when 39 then 10 * (f.attributes -> 'value')::numeric
  when 41 then case when f.attributes ->> 'withForeigners' = 'true' then 0 else 150 end
  when 42 then case when f.attributes ->> 'withForeigners' = 'true' then 0 else 100 end
  when 49 then case f.attributes ->> 'subject' when 'monograph' then 50 when 'textbook' then 30 when 'grant' then 35 end
  when 55 then 25 * (f.attributes -> 'applicants')::numeric
  when 56 then 15 * (f.attributes -> 'applicants')::numeric
  when 58 then round((f.attributes -> 'tenge')::numeric * 5 / 1000, 12)
  when 59 then 5 * (f.attributes -> 'experts')::numeric
  when 64 then case when ${percent} between 80 and 95 then 1 when ${percent} between 96 and 100 then 2 else 0 end
  when 65 then 50 + 0.1 * (f.attributes -> 'shrunken')::numeric end`

const norm = sql`case t.position when 'professor' then 1000 when 'associate-professor' then 800 when 'senior-lecturer' then 600
  when 'assistant-professor' then 600 when 'lecturer' then 500 when 'assistant' then 400 end`
export const league = sql`case t.position when 'professor' then 'professors' when 'associate-professor' then 'associate-professors'
  when 'senior-lecturer' then 'senior-lecturers' when 'assistant-professor' then 'senior-lecturers' when 'lecturer' then 'lecturers'
  when 'assistant' then 'assistants' end`

/** The standing of the journals of works since a day in the dated lists: the best of their ISSNs. */
export const standingIn = (from: string) => sql`left join (
  select e.id, jsonb_build_object('quartile', 'Q' || left(min((s.quartile || s.quartile_list) collate "C"), 1),
    'quartileList', substr(min((s.quartile || s.quartile_list) collate "C"), 2), 'wosQuartile', 'Q' || min(s.wos_quartile),
    'percentile', max(s.percentile), 'recommended', bool_or(s.recommended)) as attributes
  from core.evidence e
  cross join lateral jsonb_array_elements_text(e.data -> 'issns') i (issn)
  join plugin_publications.journal_standing s on s.issn = replace(i.issn, '-', '')::char(8)
    and (e.data -> 'year')::int >= s.from_year and (e.data -> 'year')::int < s.until_year
  where e.indicator = 'publications.work' and e.state = 'approved' and e.happened_on between ${sql.lit(from)}::date and '2026-08-31'
  group by e.id) j on j.id = e.id`

export async function rateByHand(trx: Transaction<CoreTables>, tables: HandTables): Promise<void> {
  await freezeByHand(trx, tables, {
    attributes: sql`case when j.id is null then e.data else e.data || j.attributes end`,
    join: standingIn(period.from),
    counted: surveyFacts,
  })
  await sql`create temporary table hand_match on commit drop as
    select f.teacher_id, f.fact_no, f.no, f.points, f.shared, case when f.no in (8, 9) and f.participants > 1
      and (f.attributes -> 'sheets')::numeric < 2.5 * f.participants then 0 else f.shared end as awarded
    from (
      select f.*, case when f.no between 8 and 11 and f.participants > 1 then round(f.points / f.participants, 12) else f.points end as shared
      from (
        select f.*, ${points}::numeric as points
        from (
          (select f.*, ${first} as no from (select f.*, f.attributes ->> 'type' as type from hand.snapshot_fact f offset 0) f offset 0)
          union all
          (select f.*, ${second} from (select f.*, f.attributes ->> 'type' as type from hand.snapshot_fact f
            where f.indicator in ('publications.work', 'research.intellectual-property', 'research.student-research') offset 0) f offset 0)
        ) f where f.no is not null offset 0) f offset 0) f`.execute(trx)
  await sql`analyze hand_match`.execute(trx)
  await tables.write(
    trx,
    'run_area',
    sql`select 1::bigint as run_id, t.teacher_id, 'K' || k as area, coalesce(s.points, 0) as points, 1::numeric as weight,
      coalesce(s.points, 0) as score, null::numeric as normalised
    from hand.snapshot_teacher t cross join generate_series(1, 5) k
    left join (select m.teacher_id, c.area, sum(m.awarded) as points from hand_match m join ${clauses} on c.no = m.no group by 1, 2) s
      on s.teacher_id = t.teacher_id and s.area = k order by 2, 3`,
  )
  await tables.write(
    trx,
    'run_line',
    sql`select 1::bigint as run_id, l.teacher_id, row_number() over (partition by l.teacher_id order by l.no, l.fact_no, l.n)::int as line_no,
      l.kind, 'K' || c.area as area, coalesce(c.clause, 'K6') as clause, l.fact_no, l.amount, null::bigint as fact_teacher_id
    from (
      select teacher_id, no, fact_no, 1 as n, 'points' as kind, points as amount from hand_match
      union all select teacher_id, no, fact_no, 2, 'split', shared - points from hand_match where shared <> points
      union all select teacher_id, no, fact_no, 3, 'minimum', awarded - shared from hand_match where awarded <> shared
      union all select t.teacher_id, 999, null, 4, 'norm', -${norm} from hand.snapshot_teacher t
    ) l left join ${clauses} on c.no = l.no order by l.teacher_id`,
  )
  await tables.write(
    trx,
    'run_teacher',
    sql`select 1::bigint as run_id, teacher_id, league, status, '[]'::jsonb as reasons, total, round(total, 2) as total_rounded,
      case when status = 'ranked' then rank() over (partition by league, status order by total desc)::int end as place,
      case when total is null then null when total < 400 then 'below-400' when total < 600 then 'from-400' when total < 800 then 'from-600'
        when total < 1000 then 'from-800' else 'from-1000' end as band, null::numeric as money, '[]'::jsonb as notes
    from (
      select t.teacher_id, ${league} as league, case when v.teacher_id is not null then a.score - ${norm} end as total,
        case when v.teacher_id is null then 'blocked' when t.rate < 1 or p.percent < 100 or t.service_from + interval '1 year' > date '2026-09-01' then 'excluded' else 'ranked' end as status
      from hand.snapshot_teacher t
      join (select teacher_id, sum(score) as score from hand.run_area group by 1) a on a.teacher_id = t.teacher_id
      join (select teacher_id, max((attributes -> 'percent')::numeric) as percent from hand.snapshot_fact
            where indicator = 'methodical.individual-plan' group by 1) p on p.teacher_id = t.teacher_id
      left join (select teacher_id from hand.snapshot_fact where indicator = 'surveys.rating') v on v.teacher_id = t.teacher_id
    ) s order by 2`,
  )
}
