import fc from 'fast-check'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'
import { compareBoth, readPeople } from './compare.ts'
import { randomDocument } from './random-documents.ts'
import { randomUniversity } from './random-university.ts'

/** A random university and the random regulations it is rated by; the same seed gives the same. */
export interface University {
  seed: number
  teachers: number
  documents: number
}
export interface Tally {
  documents: number
  /** Results of teachers that have a total, and those that wait for something unknown. */
  totals: number
  blocked: number
  lines: number
  kinds: Set<string>
  /** What differs, with how it can be had again. */
  differences: string[]
}

export const emptyTally = (): Tally => ({
  ...{ documents: 0, totals: 0, blocked: 0, lines: 0 },
  kinds: new Set(),
  differences: [],
})

export function randomDocuments(seed: number, documents: number) {
  return fc.sample(fc.noShrink(randomDocument), { seed, numRuns: documents })
}

/** Freezes facts of as many years as any random document counts. */
export const longReach = exampleRules({
  areas: { A: {} },
  criteria: Object.fromEntries(
    ['thing', 'other', 'count'].map((kind) => [
      kind,
      { area: 'A', indicator: `example.${kind}`, window: { years: 6 } },
    ]),
  ),
})

/** Rates a random university by random regulations, by the product and by hand, and adds what came out to the tally. */
export async function compareUniversity(
  { seed, teachers: size, documents }: University,
  tally: Tally,
): Promise<void> {
  const database = await createTestDatabase()
  try {
    const teachers = randomUniversity(seed, size)
    await enterExample(database, teachers)
    const { snapshotId } = (await rateExample(database, longReach)).outcome
    const people = await readPeople(database, snapshotId, teachers)
    for (const [index, document] of randomDocuments(seed, documents).entries()) {
      const found = await compareBoth(database, document, { snapshotId, people }).catch(
        (error: unknown) => new Error(`university ${seed}, document ${index}`, { cause: error }),
      )
      if (found instanceof Error) throw found
      tally.documents++
      tally.totals += found.totals
      tally.blocked += found.blocked
      tally.lines += found.lines
      for (const kind of found.kinds) tally.kinds.add(kind)
      const where = `university ${seed} of ${size}, document ${index}`
      tally.differences.push(...found.differences.map((difference) => `${where}: ${difference}`))
    }
  } finally {
    await database.drop()
  }
}
