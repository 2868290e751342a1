import { parse } from 'csv-parse/sync'
import { z } from 'zod'

const rowSchema = z
  .object({
    s: z.string().min(1),
    d: z.string().min(1),
    dept: z.string().min(1),
    service: z.string().min(1),
    y: z.coerce.number().int().min(1).max(5),
  })
  .transform(({ s, d, dept, service, y }) => ({
    student: s,
    lecturer: d,
    department: `${dept}:${service}`,
    value: y,
  }))
export type LectureRating = z.output<typeof rowSchema>

/** Throws at the first row that is not a rating. */
export function readRatings(file: Buffer): LectureRating[] {
  const rows: unknown[] = parse(file, { columns: true, bom: true, skip_empty_lines: true })
  return rows.map((row, index) => {
    const read = rowSchema.safeParse(row)
    if (!read.success) throw new Error(`row ${index + 2}: ${z.prettifyError(read.error)}`)
    return read.data
  })
}

const effectSchema = z.object({
  lecturer: z.string(),
  blup: z.coerce.number(),
  cond_sd: z.coerce.number(),
})
export type ExpectedEffect = z.output<typeof effectSchema>

/** Effects of lecturers as lme4 predicts them (ranef), with their conditional standard deviations. */
export function readEffects(file: Buffer): Map<string, ExpectedEffect> {
  const rows: unknown[] = parse(file, { columns: true, bom: true, skip_empty_lines: true })
  return new Map(
    z
      .array(effectSchema)
      .parse(rows)
      .map((effect) => [effect.lecturer, effect]),
  )
}
