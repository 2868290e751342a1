import { defineIndicator } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import { z } from 'zod'
import type { TeachingTables } from '../tables.ts'
import { shrink } from './shrink.ts'
import { termAttributes } from './term-attributes.ts'

const share = z.number().min(0).max(1)

/**
 * How a teacher's students did in one course and term against the course's own norm, adjusted for what they do elsewhere, shrunken; a fact for each
 * course and term that ended in the period. `result` in standard deviations of the course's grades, 0: as the norm. It is unknown (absent, never
 * 0) where a threshold is not reached or a rise awaits a look. Formulas: rebuild-results.ts and shrink.ts.
 */
export const performance = defineIndicator<TeachingTables>({
  id: 'performance',
  unit: 'course and term',
  better: 'higher',
  attributes: z.object({
    ...termAttributes,
    result: z.number().optional().describe('standard deviations of grades above (below 0: below) the norm'),
    standardError: z.number().min(0).optional(),
    low: z.number().optional().describe('lower end of the 95 % interval'),
    high: z.number().optional(),
    difference: z.number().optional().describe('before it was shrunken, and whether or not it was looked at'),
    coverage: share.describe('part of the enrolled students that the result rests on'),
    normStudents: z.int().min(0),
    normGroups: z.int().min(0),
    normByOthers: share.optional().describe('part of the norm whom others taught'),
    priorDifference: z
      .number()
      .optional()
      .describe('how much better the students do in other courses than those of the norm'),
    unexplainedRise: z
      .boolean()
      .describe('grades rose more than prior attainment and chance explain, and nobody has accepted it'),
  }),
  errors: { result: 'standardError' },
  facts({ period }) {
    const results = sql`select * from plugin_teaching.course_result where ended_on between ${period.from}::date and ${period.to}::date`
    return sql`
      select r.teacher_id, r.ended_on as happened_on, r.used::numeric as quantity, jsonb_strip_nulls(jsonb_build_object(
        'course', c.code, 'year', r.year, 'term', r.term, 'students', r.graded, 'enrolled', r.enrolled,
        'result', round(r.result, 6), 'standardError', case when r.result is not null then round(r.standard_error, 6) end,
        'low', round(r.result - 1.959964 * r.standard_error, 6), 'high', round(r.result + 1.959964 * r.standard_error, 6),
        'difference', round(r.difference, 6), 'coverage', round(r.used::numeric / r.enrolled, 6), 'normStudents', r.norm_students,
        'normGroups', r.norm_groups, 'normByOthers', r.norm_by_others, 'priorDifference', r.prior_difference,
        'unexplainedRise', r.rises)) as attributes
      from ${shrink(results)} r join plugin_teaching.course c on c.id = r.course_id`
  },
})
