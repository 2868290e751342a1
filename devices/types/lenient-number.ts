import { z } from 'zod'

/** A number that some firmware writes as text; null and absent: it has no value. */
export const lenientNumber = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^[-+]?\d+(\.\d+)?$/, 'no number')
      .transform(Number),
  ])
  .nullish()

export function isFilled<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}
