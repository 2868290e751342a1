import { z } from 'zod'

/** Query of every list: page counts from 1. */
export const pageQuery = {
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
}

/** Answer of every list; `total` counts all rows the filters let through. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.int().min(0),
    page: z.int().min(1),
    pageSize: z.int().min(1),
  })
}
export type Page<T> = { items: T[]; total: number; page: number; pageSize: number }

/** An id of a row in PostgreSQL, as it stands in a path. */
export const idSchema = z.coerce.number().int().positive()
/** A calendar day, YYYY-MM-DD; there was no year 0. */
export const daySchema = z.iso.date().refine((day) => day >= '0001', { params: { code: 'form.date' } })
/**
 * An exact decimal number as text, e.g. "61.875": points never pass through binary floats. Up to 100 characters: products of many such
 * numbers stay far below the 131,072 digits that PostgreSQL holds.
 */
export const decimalSchema = z
  .string()
  .max(100)
  .regex(/^-?\d+(\.\d+)?$/, 'a decimal number such as 61.875')
