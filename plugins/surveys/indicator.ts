import { defineIndicator } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import { z } from 'zod'
import type { SurveyTables } from './tables.ts'

/**
 * What students say of a teacher, 0 to 100: of all campaigns whose period ends in the rated one, weighted by their answers. Plain means
 * of different campaigns err independently: meanError = sqrt(sum of (n se)^2) / sum of n. Shrunken ones are drawn the same way, so they are taken to err
 * together: standardError = sum of n se / sum of n, which is the most that it can be. A teacher below the threshold has no fact.
 */
export const rating = defineIndicator<SurveyTables>({
  id: 'rating',
  unit: 'percent',
  better: 'higher',
  attributes: z.object({
    mean: z.number().describe('as it was answered, 0 to 100'),
    shrunken: z.number().describe('drawn towards the others where answers are few, 0 to 100'),
    standardError: z.number().describe('of the shrunken mean, in the same unit'),
    meanError: z.number().optional().describe('standard error of the mean as it was answered'),
    answers: z.int(),
    students: z.int().describe('who could have answered'),
    responseRate: z.number().describe('percent of them who did'),
    campaigns: z.int(),
  }),
  errors: { shrunken: 'standardError', mean: 'meanError', quantity: 'standardError' },
  facts: ({ period }) => sql`
    select r.teacher_id, max(c.period_to) as happened_on,
      round(sum(r.shrunken * r.answers) / sum(r.answers), 6) as quantity,
      jsonb_strip_nulls(jsonb_build_object(
        'mean', round(sum(r.score * r.answers) / sum(r.answers), 6),
        'shrunken', round(sum(r.shrunken * r.answers) / sum(r.answers), 6),
        'standardError', round(sum(r.answers * r.standard_error) / sum(r.answers), 6),
        'meanError', case when count(r.mean_error) = count(*) then round(sqrt(sum((r.answers * r.mean_error) ^ 2)) / sum(r.answers), 6) end,
        'answers', sum(r.answers),
        'students', sum(r.students),
        'responseRate', round(100 * sum(r.answers)::numeric / sum(r.students), 6),
        'campaigns', count(*))) as attributes
    from plugin_surveys.teacher_result r join plugin_surveys.campaign c on c.id = r.campaign_id
    where r.shrunken is not null and r.standard_error is not null and c.period_to between ${period.from}::date and ${period.to}::date
    group by r.teacher_id`,
})
