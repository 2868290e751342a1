import { z } from 'zod'

/** One line a person writes. */
export const line = z.string().trim().min(1).max(500)
