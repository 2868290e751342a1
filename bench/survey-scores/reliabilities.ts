import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { reliabilityOf } from '../../plugins/surveys/scores/reliability.ts'

const expectedSchema = z.record(
  z.string(),
  z.object({
    /** Names of columns; one that is reversed begins with "-". */
    items: z.array(z.string()),
    alpha_complete: z.number(),
    alpha_pairwise: z.number(),
    std_alpha: z.number(),
    n_complete: z.int(),
  }),
)

/** Answers from 1 to 6, empty: none; reversed ones are taken from 7. */
const reverse = 7

/** Reliability of each scale that is expected, and how far it is from what is expected. */
export function compareReliabilities(sheets: Buffer, expected: string) {
  const rows = z
    .array(z.record(z.string(), z.string()))
    .parse(parse(sheets, { columns: true, bom: true, skip_empty_lines: true }))
  return Object.entries(expectedSchema.parse(JSON.parse(expected))).map(([scale, one]) => {
    const found = reliabilityOf(rows.map((row) => one.items.map((item) => answerOf(row, item))))
    const off = (value: number | null, wanted: number) =>
      value === null ? null : Number(Math.abs(value - wanted).toExponential(1))
    return {
      scale,
      alpha: found.alpha,
      off: off(found.alpha, one.alpha_complete),
      pairwiseOff: off(found.pairwise, one.alpha_pairwise),
      standardisedOff: off(found.standardised, one.std_alpha),
      complete: found.complete,
      expectedComplete: one.n_complete,
    }
  })
}

function answerOf(row: Record<string, string>, item: string): number | null {
  const text = row[item.replace(/^-/, '')]
  if (text === undefined) throw new Error(`there is no column ${item}`)
  if (text === '') return null
  return item.startsWith('-') ? reverse - Number(text) : Number(text)
}
