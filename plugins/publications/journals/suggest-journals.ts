import type { Language } from '@ustaz/core/contract'
import type { PluginContext } from '@ustaz/core/plugin'
import { journalTask } from '../contract.ts'
import type { JournalSuggestion } from '../contract.ts'
import type { PublicationTables } from '../tables.ts'
import { textOf } from '../texts.ts'
import { findNearJournals } from './near-journals.ts'
import { searchJournals } from './search-journals.ts'
import { compareTitles, featuresOf, ruleOf } from './title-features.ts'
import type { JournalCandidate, TitleComparison } from './title-features.ts'

/** From here on the rule suggests by itself. */
const ruleThreshold = 0.5
/** Journals shown for one title. */
const shown = 3

/** Journals of the lists that a typed title may mean, likeliest first, with what their newest lists say; only what is likely enough. */
export async function suggestJournals(
  { db, matchings }: Pick<PluginContext<PublicationTables>, 'db' | 'matchings'>,
  { title, year }: { title: string; year: number | null },
  language: Language,
): Promise<JournalSuggestion[]> {
  const journals = await findNearJournals(db, title)
  const comparisons = journals.map(({ titles }) => compareTitles(title, titles))
  const judged = await matchings.judge(journalTask, featuresOf(comparisons, journals, year))
  const threshold = judged?.threshold ?? ruleThreshold
  const likely = journals
    .map((journal, place) => ({
      journal,
      comparison: comparisons[place]!,
      confidence: judged?.probabilities[place] ?? ruleOf(comparisons[place]!),
    }))
    .filter(({ confidence }) => confidence >= threshold)
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, shown)
  const found: JournalSuggestion[] = []
  for (const { journal, comparison, confidence } of likely) {
    const search = journal.issns[0]!
    const { items } = await searchJournals(db, { search, page: 1, pageSize: 1 })
    found.push({
      title: items[0]?.title ?? journal.titles[0]!,
      issns: journal.issns,
      standings: items[0]?.standings ?? [],
      confidence,
      learned: judged !== null,
      reasons: reasonsOf(journal, comparison, year).map((reason) => textOf(language, 'reasons', reason)),
    })
  }
  return found
}

function reasonsOf({ years }: JournalCandidate, { how, letters }: TitleComparison, year: number | null) {
  const near = { code: 'title-near', params: { percent: Math.round(letters * 100) } }
  const title = how === 'near' ? near : { code: `title-${how}`, params: {} }
  const listed = year === null ? [] : years.filter((one) => one <= year).slice(-1)
  return [title, ...listed.map((one) => ({ code: 'title-listed', params: { year: String(one) } }))]
}
