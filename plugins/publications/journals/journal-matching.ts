import type { ApprovedEntry, MatchExample, Matching, PluginContext } from '@ustaz/core/plugin'
import type { PublicationTables } from '../tables.ts'
import { findNearJournals } from './near-journals.ts'
import { compareTitles, featuresOf, keyOf, titleFeatures } from './title-features.ts'
import type { JournalCandidate } from './title-features.ts'

/** Different titles of the newest approved works; each is two look-ups. */
const mostTitles = 1500
const pageSize = 1000
type Context = PluginContext<PublicationTables>

export interface TypedJournal {
  title: string
  year: number | null
  issns: string[]
}

/**
 * Which journal of the lists a title means, as approved works with an ISSN have it. A title counts once, however many works have it, and once more
 * abbreviated: lists and imports write whole titles, people who type do not.
 */
export const journalMatching: Matching<PublicationTables> = {
  id: 'journal',
  features: titleFeatures,
  async examples(context, signal) {
    const examples: MatchExample[] = []
    for (const typed of await readTyped(context, signal)) {
      signal.throwIfAborted()
      for (const title of new Set([typed.title, abbreviated(typed.title)])) {
        const found = await findNearJournals(context.db, title)
        examples.push({ ...journalExample({ ...typed, title }, found), key: keyOf(typed.title) })
      }
    }
    return examples
  },
}

/** Titles that mean the same are held out together. */
export function journalExample(
  { title, year, issns }: TypedJournal,
  journals: readonly JournalCandidate[],
): MatchExample {
  const comparisons = journals.map(({ titles }) => compareTitles(title, titles))
  const features = featuresOf(comparisons, journals, year)
  const right = journals.findIndex((journal) => journal.issns.some((issn) => issns.includes(issn)))
  return {
    key: keyOf(title),
    candidates: journals.map((_, place) => ({ features: features[place]!, right: place === right })),
  }
}

/** Long words are cut and small ones left out, more or less as ISO 4 does. */
export function abbreviated(title: string): string {
  const words = title.split(/\s+/).filter((word) => !/^(?:of|the|and|in|for|on)$/i.test(word))
  return words.map((word) => (word.length > 6 ? `${word.slice(0, 4)}.` : word)).join(' ')
}

async function readTyped({ evidence }: Context, signal: AbortSignal): Promise<TypedJournal[]> {
  const typed = new Map<string, TypedJournal>()
  let before: number | null = null
  while (typed.size < mostTitles) {
    signal.throwIfAborted()
    const page: ApprovedEntry[] = await evidence.listApproved('publications.work', {
      before,
      limit: pageSize,
    })
    for (const { data } of page) {
      const { container, issns, year } = data
      if (typeof container !== 'string' || !Array.isArray(issns) || issns.length === 0) continue
      typed.set(`${container} ${issns.join()}`, {
        title: container,
        year: typeof year === 'number' ? year : null,
        issns: issns.map(String),
      })
    }
    if (page.length < pageSize) break
    before = page.at(-1)!.id
  }
  return [...typed.values()].slice(0, mostTitles)
}
