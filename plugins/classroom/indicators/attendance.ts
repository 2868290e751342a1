import { defineIndicator } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import { z } from 'zod'
import type { ClassroomTables } from '../tables.ts'
import { defaults } from '../settings.ts'
import { lessonsThatCount } from './lessons-that-count.ts'

/**
 * Share of the enrolled who attended, mean over a teacher's lessons, and beside it the mean difference from lessons of others at the same hour,
 * weekday and of the same kind. Standard errors: of a mean of n lessons, sqrt((s^2 + m^2) / n), s the standard deviation between lessons and m
 * the mean error of measurement. A teacher with too few lessons that have a value has no fact.
 */
export const attendance = defineIndicator<ClassroomTables>({
  id: 'attendance',
  unit: 'percent',
  better: 'higher',
  attributes: z.object({
    attended: z.number().describe('percent of the enrolled, mean over the lessons'),
    standardError: z.number().describe('of the share, percentage points'),
    attendedInNorm: z
      .number()
      .optional()
      .describe('without lessons in cold or stuffy rooms; absent: too few'),
    standardErrorInNorm: z.number().optional(),
    difference: z
      .number()
      .optional()
      .describe('from lessons of others at such hours, percentage points; absent: too few to compare'),
    differenceError: z.number().optional(),
    lessons: z.int().describe('lessons with a value'),
    held: z.int().describe('lessons that were observed at all'),
    coverage: z.number().describe('share of their minutes observed, 0 to 1'),
  }),
  errors: {
    attended: 'standardError',
    attendedInNorm: 'standardErrorInNorm',
    difference: 'differenceError',
    quantity: 'standardError',
  },
  facts: ({ period }) => {
    const enough = sql.lit(defaults.minimumLessons)
    const inNorm = sql`share is not null and cold is not true and stuffy is not true`
    const error = (value: ReturnType<typeof sql>, filter: ReturnType<typeof sql>) => sql`
      sqrt((coalesce(var_samp(${value}) filter (where ${filter}), 0) + avg(share_error) filter (where ${filter}) ^ 2)
        / count(*) filter (where ${filter}))`
    const compared = sql`share is not null and expected_share is not null`
    const points = (value: ReturnType<typeof sql>) => sql`round((100 * (${value}))::numeric, 6)`
    return sql`
      select teacher_id, max(day) as happened_on, ${points(sql`avg(share)`)} as quantity,
        jsonb_strip_nulls(jsonb_build_object(
          'attended', ${points(sql`avg(share)`)},
          'standardError', ${points(error(sql`share`, sql`share is not null`))},
          'attendedInNorm', case when count(*) filter (where ${inNorm}) >= ${enough}
            then ${points(sql`avg(share) filter (where ${inNorm})`)} end,
          'standardErrorInNorm', case when count(*) filter (where ${inNorm}) >= ${enough}
            then ${points(error(sql`share`, inNorm))} end,
          'difference', case when count(*) filter (where ${compared}) >= ${enough}
            then ${points(sql`avg(share - expected_share) filter (where ${compared})`)} end,
          'differenceError', case when count(*) filter (where ${compared}) >= ${enough}
            then ${points(error(sql`share - expected_share`, compared))} end,
          'lessons', count(share), 'held', count(*), 'coverage', round(avg(coverage)::numeric, 6))) as attributes
      from (${lessonsThatCount(period, defaults.timeZone)}) as lesson
      group by teacher_id having count(share) >= ${enough}`
  },
})
