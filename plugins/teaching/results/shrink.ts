import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { thresholds } from './thresholds.ts'

const { leastResults, rise, riseErrors, reviewHolds } = thresholds

/**
 * The results of a period with their differences drawn towards the norm, the more the less they rest on. `results`: rows of course_result, all of
 * the period. Parametric empirical Bayes with a known mean of 0 and unequal variances (Morris 1983, Journal of the American Statistical
 * Association 78(381), 47-55, section 5, with r = 0): k differences d_i with variances V_i, true differences with mean 0 and variance A;
 *
 *     A = max(0, mean(d^2 - V))                  one step of the moment estimate with equal weights
 *     B = (k - 2) / k * V / (V + A)              part that is taken away
 *     result = (1 - B) d
 *     standard_error^2 = (1 - B) V + 2 / (k - 2) * B^2 * (Vbar + A) / (V + A) * d^2,  Vbar = sum(V / (V + A)) / sum(1 / (V + A))
 *
 * Both null where the difference is unknown or k < 3. `rises`: the difference is at least 0.5 and three of its standard errors, and nobody has
 * accepted it; `result` is null then, `shrunken` is what it would be.
 */
export function shrink(results: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select s.*, case when s.rises then null else s.shrunken end as result
    from (
      select v.*, b.taken, (1 - b.taken) * v.difference as shrunken,
        case when b.taken is not null then sqrt((1 - b.taken) * v.variance + 2 / (v.k - 2) * b.taken * b.taken * (v.mean_variance + v.between)
          / (v.variance + v.between) * v.difference * v.difference) end as standard_error,
        coalesce(v.difference >= ${sql.lit(rise)}::numeric
          and v.difference * v.difference >= ${sql.lit(riseErrors)}::numeric ^ 2 * v.variance, false) as risen,
        coalesce(v.difference >= ${sql.lit(rise)}::numeric
          and v.difference * v.difference >= ${sql.lit(riseErrors)}::numeric ^ 2 * v.variance, false)
          and not coalesce(w.accepted and abs(w.difference - v.difference) <= ${sql.lit(reviewHolds)}::numeric, false) as rises,
        w.accepted, w.reason, w.account_name, w.reviewed_at
      from (
        select a.*, sum(a.variance / (a.variance + a.between)) over () / sum(1 / (a.variance + a.between)) over () as mean_variance
        from (
          select r.*, (count(r.difference) over ())::numeric as k,
            greatest(0, avg(r.difference * r.difference - r.variance) over ()) as between
          from (${results}) r
        ) a
      ) v
      cross join lateral (
        select case when v.k >= ${sql.lit(leastResults)} then (v.k - 2) / v.k * v.variance / (v.variance + v.between) end as taken
      ) b
      left join lateral (
        select accepted, difference, reason, account_name, reviewed_at from plugin_teaching.result_review w
        where v.difference is not null and w.teacher_id = v.teacher_id and w.course_id = v.course_id and w.year = v.year and w.term = v.term
        order by w.id desc limit 1
      ) w on true
    ) s
  )`
}
