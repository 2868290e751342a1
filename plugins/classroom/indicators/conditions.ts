import { defineIndicator } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import { z } from 'zod'
import type { ClassroomTables } from '../tables.ts'
import { defaults } from '../settings.ts'
import { lessonsThatCount } from './lessons-that-count.ts'

/** In what rooms a teacher had to teach: percent of the lessons with a thermometer that were not cold, and the air beside it. */
export const conditions = defineIndicator<ClassroomTables>({
  id: 'conditions',
  unit: 'percent',
  better: 'higher',
  attributes: z.object({
    warm: z.number().describe('percent of lessons that were not in a cold room'),
    standardError: z
      .number()
      .describe(
        'of a share: sqrt(p (1 - p) / n), percentage points; p drawn in by two of each kind (Agresti and Coull, 1998)',
      ),
    fresh: z
      .number()
      .optional()
      .describe('percent of lessons that were not in a stuffy room; absent: CO2 was not measured'),
    temperature: z.number().describe('mean, °C'),
    co2: z.number().optional().describe('mean, ppm'),
    lessons: z.int(),
  }),
  errors: { warm: 'standardError', quantity: 'standardError' },
  facts: ({ period }) => sql`
    select teacher_id, max(day) as happened_on,
      round(100 * avg((not cold)::integer), 6) as quantity,
      jsonb_strip_nulls(jsonb_build_object(
        'warm', round(100 * avg((not cold)::integer), 6),
        'standardError', round((100 * sqrt(
          (count(*) filter (where not cold) + 2) * (count(*) filter (where cold) + 2) / (count(cold) + 4.0) ^ 3))::numeric, 6),
        'fresh', round(100 * avg((not stuffy)::integer), 6),
        'temperature', round(avg(temperature)::numeric, 3),
        'co2', round(avg(co2)::numeric, 3),
        'lessons', count(cold))) as attributes
    from (${lessonsThatCount(period, defaults.timeZone)}) as lesson
    where cold is not null
    group by teacher_id having count(cold) >= ${sql.lit(defaults.minimumLessons)}`,
})
