import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { compileLimits } from '../compile/limits.ts'
import type { NumberedCriterion } from '../compile/layers.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { compileRule } from '../compile/rule.ts'
import { teacherRows } from '../compile/teacher-rows.ts'
import { compileFigure, figureName, figureValues, takenTogether } from '../compile/together.ts'
import { quotient } from '../compile/value.ts'
import { askAboutFigures } from './ask-functions.ts'
import type { Query } from '../query.ts'

/**
 * Sums the matches into `rating_sum` (teacher_id, no, area_no, matches, summed, awarded, capped): one row a teacher and criterion.
 * `matches`: facts that count; `summed`: their points, and what they give together; `awarded`: divided by the years of a window
 * that says so; `capped`: held between floor and cap.
 */
export async function sumCriteria(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  const together = plan.criteria.some(takenTogether)
  if (together) await takeTogether(trx, plan)
  const counts = plan.drops.length === 0 ? sql`` : sql`filter (where dropped is null)`
  await sql`create temporary table rating_sum on commit drop as
    select s.*, ${limited(plan)} as capped
    from (select s.*, ${averaged(plan)} as awarded
      from (select m.teacher_id, m.no, c.area_no, m.matches,
              ${together ? sql`m.summed + coalesce(g.points, 0)` : sql`m.summed`} as summed
            from (select teacher_id, no, count(*) ${counts} as matches, coalesce(sum(awarded) ${counts}, 0) as summed
                  from rating_match group by teacher_id, no) m
            join rating_criterion c on c.no = m.no
            ${together ? sql`left join rating_together g on g.teacher_id = m.teacher_id and g.no = m.no` : sql``}) s) s`.execute(
    trx,
  )
}

/**
 * Fills `rating_together` (teacher_id, no, figure, points and what rules read of the teacher): what the rules give that are applied once to
 * one figure of all facts that count. points null: the figure or what the rule makes of it is unknown, which blocks.
 */
async function takeTogether(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  const criteria = plan.criteria.filter(takenTogether)
  const order = plan.countsStaff ? sql`m.person_no, m.fact_no` : sql`m.fact_no`
  const figures = byNumber(
    criteria.map(({ no, criterion }) => ({ no, value: compileFigure(criterion.together!, order) })),
    { number: sql`m.no`, otherwise: sql`null` },
  )
  const numbers = sql.join(criteria.map(({ no }) => sql.lit(no)))
  const points = byNumber(
    criteria.map((item) => ({ no: item.no, value: pointsOf(item, plan) })),
    {
      number: sql`f.no`,
      otherwise: sql`null`,
    },
  )
  await sql`create temporary table rating_figure on commit drop as
    select t.*, g.no, g.figure
    from (select m.teacher_id, m.no, ${figures} as figure from rating_match m
          where m.no in (${numbers}) ${plan.drops.length === 0 ? sql`` : sql`and m.dropped is null`}
          group by m.teacher_id, m.no) g
    join (${teacherRows(plan.period, plan.reads)}) t on t.teacher_id = g.teacher_id`.execute(trx)
  await askAboutFigures(trx, plan)
  await sql`create temporary table rating_together on commit drop as
    select f.*, ${points} as points from rating_figure f`.execute(trx)
}

function pointsOf({ criterion }: NumberedCriterion, { answers, answer }: RatingPlan): Query {
  return compileRule(criterion.points, {
    values: figureValues(figureName(criterion, answers)),
    times: null,
    answer,
  })
}

function averaged({ criteria }: RatingPlan): Query {
  return byNumber(
    criteria.flatMap(({ no, criterion: { window } }) =>
      window?.average ? [{ no, value: quotient(sql`s.summed`, sql.lit(window.years)) }] : [],
    ),
    { number: sql`s.no`, otherwise: sql`s.summed` },
  )
}

function limited({ criteria }: RatingPlan): Query {
  return byNumber(
    criteria.flatMap(({ no, criterion: { cap, floor } }) => {
      if (cap === null && floor === null) return []
      return [{ no, value: compileLimits(sql`s.awarded`, { cap, floor }, sql`s.matches > 0`) }]
    }),
    { number: sql`s.no`, otherwise: sql`s.awarded` },
  )
}

function byNumber(
  values: readonly { no: number; value: Query }[],
  { number, otherwise }: { number: Query; otherwise: Query },
): Query {
  if (values.length === 0) return otherwise
  const branches = values.map(({ no, value }) => sql`when ${sql.lit(no)} then ${value}`)
  return sql`case ${number} ${sql.join(branches, sql` `)} else ${otherwise} end`
}
