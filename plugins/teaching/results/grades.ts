import { defineIndicator } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import type { TeachingTables } from '../tables.ts'
import { termAttributes } from './term-attributes.ts'
import { thresholds } from './thresholds.ts'

const percent = z.number().min(0).max(100)

/**
 * Plain facts about the grades of a course and term; a fact for each that ended in the period, quantity: students with a grade. Percents are of the
 * students whose value is known, and absent where those are fewer than 5. Marks of a grade are the group's own; by default those of the
 * letter scale of Kazakhstan (order 595 of the Minister of Education and Science, 30 October 2018): 50 passes, 70 is good, 90 excellent.
 */
export const grades = defineIndicator<TeachingTables>({
  id: 'grades',
  unit: 'student',
  better: 'higher',
  attributes: z.object({
    ...termAttributes,
    gradedPercent: percent.optional().describe('of the enrolled'),
    passedPercent: percent.optional(),
    goodPercent: percent.optional().describe('good or excellent'),
    excellentPercent: percent.optional(),
    retakePercent: percent.optional().describe('who needed more than one attempt'),
    attendancePercent: percent.optional().describe('who came to the exam'),
  }),
  facts({ period }) {
    return sql`
      select r.teacher_id, r.ended_on as happened_on, r.graded::numeric as quantity, jsonb_strip_nulls(jsonb_build_object(
        'course', c.code, 'year', r.year, 'term', r.term, 'students', r.graded, 'enrolled', r.enrolled,
        'gradedPercent', ${percentOf(sql`r.graded`, sql`r.enrolled`)}, 'passedPercent', ${percentOf(sql`r.passed`, sql`r.graded`)},
        'goodPercent', ${percentOf(sql`r.good`, sql`r.graded`)}, 'excellentPercent', ${percentOf(sql`r.excellent`, sql`r.graded`)},
        'retakePercent', ${percentOf(sql`r.retaken`, sql`r.attempts_known`)},
        'attendancePercent', ${percentOf(sql`r.attended`, sql`r.attendance_known`)})) as attributes
      from plugin_teaching.course_result r join plugin_teaching.course c on c.id = r.course_id
      where r.ended_on between ${period.from}::date and ${period.to}::date`
  },
})

/** Percent to 6 decimals; null where fewer than 5 are known. */
export function percentOf(part: RawBuilder<unknown>, whole: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`case when ${whole} >= ${sql.lit(thresholds.leastStudents)} then round(100 * ${part}::numeric / ${whole}, 6) end`
}
