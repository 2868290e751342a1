import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { TeachingTables } from '../tables.ts'
import { thresholds } from './thresholds.ts'

const { leastStudents, leastNormStudents, leastCoverage, leastOtherCourses, normYears } = thresholds

/**
 * Works out every teacher's results anew, for each course and term of the academic years from `since` on; what lies before does not depend on what
 * changed there. All sums are exact, so neither the order of rows nor a constant added to all
 * grades of a course changes a digit.
 *
 * 1. A grade is standardised within its course, over the year and the four before it: z = (y - mean) / sd.
 * 2. A student's prior attainment p of a year is the mean z in the other courses of that academic year, two at least.
 * 3. The norm of a course, for a teacher and term, are the students of all other groups of the same term and the five years before it
 *    (own groups of this term are left out), with a grade and a known p: y = a + b p by least squares, with residual variance s2.
 * 4. difference = ((mean y of own - mean y of norm) - b (mean p of own - mean p of norm)) / sd of the norm's grades;
 *    variance = s2 (1/n + 1/N + (mean p of own - mean p of norm)^2 / Sxx) / sd^2, which is the variance of a mean of n new observations about
 *    a fitted line (Draper & Smith 1998, Applied Regression Analysis, 3rd ed., section 1.4 and 3.1).
 *
 * A difference is null where fewer than 5 students, fewer than half of the enrolled or fewer than 20 students of a norm can be used, or where
 * the norm's grades or priors do not differ at all.
 */
export async function rebuildResults(trx: Transaction<TeachingTables>, since = 0): Promise<void> {
  // The planner knows nothing of the rows between the steps: left to itself it joins them one by one.
  await sql`select set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true), set_config('work_mem', '256MB', true)`.execute(
    trx,
  )
  const first = await firstYear(trx, since)
  const from = sql.lit(first)
  await sql`
    delete from plugin_teaching.group_sums s using plugin_teaching.course_group g where g.id = s.group_id and g.year >= ${from}`.execute(
    trx,
  )
  await sql`insert into plugin_teaching.group_sums with ${standardised(from)}, ${attainments} ${sums(from)}`.execute(
    trx,
  )
  await trx.deleteFrom('course_result').where('year', '>=', first).execute()
  await sql`
    insert into plugin_teaching.course_result (
      teacher_id, course_id, year, term, ended_on, groups, enrolled, graded, passed, good, excellent, attempts_known, retaken,
      attendance_known, attended, used, mean, norm_students, norm_groups, norm_by_others, norm_mean, norm_deviation, prior_difference,
      difference, variance)
    with ${pooled(from)}
    select t.teacher_id, t.course_id, t.year, t.term, t.ended_on, t.groups, t.enrolled, t.graded, t.passed, t.good, t.excellent,
      t.attempts_known, t.retaken, t.attendance_known, t.attended, t.n, round(t.total / nullif(t.graded, 0), 6), m.n, m.groups,
      round(1 - (t.own_so_far - t.n) / nullif(m.n, 0), 6), round(m.y / nullif(m.n, 0), 6), round(f.deviation, 6),
      round(g.p, 6), round(d.difference, 12), round(d.variance, 12)
    from taught t
    join so_far s using (course_id, year, term)
    cross join lateral (
      select s.groups - t.groups as groups, s.n - t.n as n, s.y - t.y as y, s.yy - t.yy as yy, s.p - t.p as p, s.pp - t.pp as pp, s.py - t.py as py
    ) m
    cross join lateral (
      select m.n * m.yy - m.y * m.y as y, m.n * m.pp - m.p * m.p as p, m.n * m.py - m.p * m.y as py
    ) spread
    cross join lateral (
      select case when m.n > 1 and spread.y > 0 then sqrt(spread.y / (m.n * (m.n - 1))) end as deviation,
        case when m.n > 2 and spread.p > 0 then (spread.y - spread.py * spread.py / spread.p) / (m.n * (m.n - 2)) end as residual
    ) f
    cross join lateral (
      select (m.n * t.y - t.n * m.y) / nullif(t.n * m.n, 0) as y, (m.n * t.p - t.n * m.p) / nullif(t.n * m.n, 0) as p
    ) g
    left join lateral (
      select (g.y - spread.py / nullif(spread.p, 0) * g.p) / nullif(f.deviation, 0) as difference,
        f.residual * (1 / nullif(t.n, 0) + 1 / nullif(m.n, 0) + m.n * g.p * g.p / nullif(spread.p, 0)) / nullif(f.deviation * f.deviation, 0) as variance
      where f.deviation > 0 and f.residual > 0 and t.n >= ${leastStudents} and m.n >= ${leastNormStudents}
        and t.n >= ${sql.lit(leastCoverage)}::numeric * t.enrolled
    ) d on true
    where t.year >= ${from}`.execute(trx)
}

/** The first year to work out: also one before `since` where a group has no sums yet. */
async function firstYear(trx: Transaction<TeachingTables>, since: number): Promise<number> {
  const { rows } = await sql<{ year: number | null }>`
    select min(g.year) as year from plugin_teaching.course_group g
    where exists (select from plugin_teaching.enrolment e where e.group_id = g.id and e.enrolled)
      and not exists (select from plugin_teaching.group_sums s where s.group_id = g.id)`.execute(trx)
  return Math.min(since, rows[0]?.year ?? since)
}

type Year = ReturnType<typeof sql.lit>

const standardised = (from: Year) => sql`
  course_year as (
    select g.course_id, g.year::int as year, count(*) as n, sum(e.grade) as y, sum(e.grade * e.grade) as yy
    from plugin_teaching.enrolment e join plugin_teaching.course_group g on g.id = e.group_id
    where e.grade is not null and e.enrolled and g.year > ${from} - ${sql.lit(normYears)} group by 1, 2
  ),
  course_so_far as (
    select course_id, year, sum(n) over so_far as n, sum(y) over so_far as y, sum(yy) over so_far as yy from course_year
    window so_far as (partition by course_id order by year range between ${sql.lit(normYears - 1)} preceding and current row)
  ),
  course_scale as (
    select course_id, year, n, y, sqrt((n * yy - y * y) / (n * (n - 1))) as deviation from course_so_far where n * yy > y * y
  ),
  standardised as (
    select e.student, g.course_id, c.year, round((c.n * e.grade - c.y) / (c.n * c.deviation), 9) as z
    from plugin_teaching.enrolment e join plugin_teaching.course_group g on g.id = e.group_id
    join course_scale c on c.course_id = g.course_id and c.year = g.year
    where e.grade is not null and e.enrolled and g.year >= ${from}
  )`

const attainments = sql`
  student_course as (
    select student, year, course_id, count(*) as n, sum(z) as z from standardised group by 1, 2, 3
  ),
  student_year as (
    select student, year, count(*) as courses, sum(n) as n, sum(z) as z from student_course group by 1, 2
  ),
  prior as (
    select o.student, o.year, o.course_id, round((y.z - o.z) / (y.n - o.n), 9) as p
    from student_course o join student_year y using (student, year) where y.courses > ${sql.lit(leastOtherCourses)}
  )`

/** A student of a course without a scale (a single grade, or all the same) has no prior for it, and no norm either. */
const sums = (from: Year) => sql`
    select e.group_id, count(*) as enrolled, count(e.grade) as graded, sum(e.grade) as total,
      count(*) filter (where e.grade >= g.pass_mark) as passed, count(*) filter (where e.grade >= g.good_mark) as good,
      count(*) filter (where e.grade >= g.excellent_mark) as excellent,
      count(e.attempts) as attempts_known, count(*) filter (where e.attempts > 1) as retaken,
      count(e.attended) as attendance_known, count(*) filter (where e.attended) as attended,
      count(p.p)::numeric as n, coalesce(sum(e.grade) filter (where p.p is not null), 0) as y,
      coalesce(sum(e.grade * e.grade) filter (where p.p is not null), 0) as yy, coalesce(sum(p.p), 0) as p,
      coalesce(sum(p.p * p.p), 0) as pp, coalesce(sum(p.p * e.grade), 0) as py
    from plugin_teaching.enrolment e
    join plugin_teaching.course_group g on g.id = e.group_id
    left join prior p on p.student = e.student and p.year = g.year and p.course_id = g.course_id and e.grade is not null
    where e.enrolled and g.year >= ${from}
    group by e.group_id`

const fiveYears = sql`order by year * 10 + term range between ${sql.lit(normYears * 10 - 1)} preceding and current row`
const toSum = sql`sum(s.n) as n, sum(s.y) as y, sum(s.yy) as yy, sum(s.p) as p, sum(s.pp) as pp, sum(s.py) as py`

const pooled = (from: Year) => sql`
  taught_once as (
    select h.teacher_id, g.course_id, g.year::int as year, g.term::int as term, max(g.ended_on) as ended_on, count(*) as groups,
      sum(s.enrolled) as enrolled, sum(s.graded) as graded, sum(s.total) as total, sum(s.passed) as passed, sum(s.good) as good,
      sum(s.excellent) as excellent, sum(s.attempts_known) as attempts_known, sum(s.retaken) as retaken,
      sum(s.attendance_known) as attendance_known, sum(s.attended) as attended, ${toSum}
    from plugin_teaching.group_teacher h
    join plugin_teaching.course_group g on g.id = h.group_id join plugin_teaching.group_sums s on s.group_id = g.id
    where h.taught and g.year >= ${from} - ${sql.lit(normYears)} group by 1, 2, 3, 4
  ),
  taught as (
    select *, sum(n) over (partition by teacher_id, course_id ${fiveYears}) as own_so_far from taught_once
  ),
  offered as (
    select g.course_id, g.year::int as year, g.term::int as term, count(*) as groups, ${toSum}
    from plugin_teaching.course_group g join plugin_teaching.group_sums s on s.group_id = g.id
    where g.year >= ${from} - ${sql.lit(normYears)} group by 1, 2, 3
  ),
  so_far as (
    select course_id, year, term, sum(groups) over w as groups, sum(n) over w as n, sum(y) over w as y, sum(yy) over w as yy,
      sum(p) over w as p, sum(pp) over w as pp, sum(py) over w as py
    from offered window w as (partition by course_id ${fiveYears})
  )`
