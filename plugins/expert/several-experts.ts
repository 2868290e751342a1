import { z } from 'zod'

/** Experts of a weighting: at least one, no two of one name. */
export function differentNames<Expert extends z.ZodObject>(expert: Expert) {
  return z
    .array(expert)
    .min(1)
    .refine((experts) => new Set(experts.map(({ name }) => name)).size === experts.length, 'names differ')
}

/** What happens to judgements that contradict each other too much: no weights, or weights with a warning in `how`. */
export const whenInconsistent = z.enum(['refuse', 'warn']).default('refuse')
