import { z } from 'zod'

/** One line a person writes. */
export const line = z.string().trim().min(1).max(500)
/** One line that may be unknown. */
export const optionalLine = line.nullable().default(null)
/** Where somebody or something comes from, seen from the university's country. */
export const location = z.enum(['abroad', 'domestic'])
/** A number of people. */
export const people = z.int().min(1).max(100_000)
export const year = z.int().min(1990).max(2200)
