import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Random } from '../random.ts'
import type { FieldId } from '../words/fields.ts'

/** A journal that exists, as SCImago Journal & Country Rank 2023 lists it. */
export interface Journal {
  title: string
  issns: string[]
  /** 1 (best) to 4, of 2023. */
  quartile: number
}

/** Dated lists as the publications plugin reads them, with the year each is of. */
export const journalLists = [2021, 2023].map((year) => ({
  year,
  file: readFileSync(new URL(`../data/journals-${year}.csv`, import.meta.url)),
}))

const rowSchema = z.object({
  title: z.string(),
  issn: z.string(),
  best_quartile: z.string(),
  field: z.string(),
})
const journals = new Map<string, Journal[]>()
for (const row of z.array(rowSchema).parse(parse(journalLists[1]!.file, { columns: true }))) {
  const journal = {
    title: row.title,
    issns: row.issn.split('; '),
    quartile: Number(row.best_quartile.slice(1)),
  }
  journals.set(row.field, [...(journals.get(row.field) ?? []), journal])
}

/** Both departments of languages publish in the journals of linguistics. */
function journalsOf(field: FieldId): readonly Journal[] {
  return journals.get(field === 'kazakh' || field === 'languages' ? 'linguistics' : field)!
}

const likelyQuartiles = { strong: [24, 28, 28, 20], usual: [8, 20, 38, 34] }

/** A journal of the field; those who do much research reach the better quartiles more often. */
export function pickJournal(random: Random, field: FieldId, strength: keyof typeof likelyQuartiles): Journal {
  const of = journalsOf(field)
  const quartile = 1 + random.weighted(likelyQuartiles[strength])
  const fitting = of.filter((journal) => journal.quartile === quartile)
  return random.pick(fitting.length > 0 ? fitting : of)
}
