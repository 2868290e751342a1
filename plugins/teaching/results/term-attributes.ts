import { z } from 'zod'

/** What every fact about a course says. */
export const termAttributes = {
  course: z.string().describe('code of the course'),
  year: z.int().describe('in which the academic year began'),
  term: z.int().min(1).max(3),
  students: z.int().min(0).describe('with a grade'),
  enrolled: z.int().min(1),
}
