import type { ApprovedEntry, MatchExample, Matching, PluginContext } from '@ustaz/core/plugin'
import type { PublicationTables } from '../tables.ts'
import { findNearJournals } from './near-journals.ts'
import { compareTitles, featuresOf, keyOf, titleFeatures } from './title-features.ts'
import type { JournalCandidate } from './title-features.ts'

/** Different titles of the newest approved works; each is one look-up. */
const mostTitles = 2000
const pageSize = 1000
type Context = PluginContext<PublicationTables>

export interface TypedJournal {
  title: string
  year: number | null
  issns: string[]
}

/** Which journal of the lists a title means, as approved works with an ISSN have it. A title counts once, however many works have it. */
export const journalMatching: Matching<PublicationTables> = {
  id: 'journal',
  features: titleFeatures,
  async examples(context, signal) {
    const examples: MatchExample[] = []
    for (const typed of await readTyped(context, signal)) {
      signal.throwIfAborted()
      examples.push(journalExample(typed, await findNearJournals(context.db, typed.title)))
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
