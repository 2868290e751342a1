import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MatchExample } from '../../core/plugin/index.ts'
import type { PublicationTables } from '../../plugins/publications/tables.ts'
import { loadJournalList } from '../../plugins/publications/journals/load-journal-list.ts'
import { journalExample } from '../../plugins/publications/journals/journal-matching.ts'
import type { TypedJournal } from '../../plugins/publications/journals/journal-matching.ts'
import { findNearJournals } from '../../plugins/publications/journals/near-journals.ts'
import type { Kysely } from 'kysely'
import { withBenchServer } from '../bench-server.ts'
import type { RealWork } from './real-works.ts'

const year = 2023

/**
 * Titles of journals as Crossref has them, whole and short, and which journal of a real list each is, by ISSN: `journals/sjr_2023.csv` below the
 * folder. Answers also the milliseconds that finding the candidates of one took, on the mean.
 */
export async function journalQuestions(
  folder: string,
  works: readonly RealWork[],
): Promise<{ questions: MatchExample[]; milliseconds: number }> {
  const migrations = new URL('../../plugins/publications/migrations/', import.meta.url)
  return await withBenchServer(
    async ({ inDatabase }) =>
      await inDatabase('sorting', [{ owner: 'publications', folder: migrations }], async ({ db }) => {
        const own = db.withSchema('plugin_publications') as unknown as Kysely<PublicationTables>
        const file = readFileSync(join(folder, 'journals', `sjr_${year}.csv`))
        await loadJournalList(own, { source: 'sjr', year, file })
        const typed = typedTitles(works)
        const started = performance.now()
        const questions: MatchExample[] = []
        for (const one of typed) questions.push(journalExample(one, await findNearJournals(own, one.title)))
        return { questions, milliseconds: (performance.now() - started) / typed.length }
      }),
  )
}

function typedTitles(works: readonly RealWork[]): TypedJournal[] {
  const typed = new Map<string, TypedJournal>()
  for (const { work, shortContainer } of works)
    for (const title of [work.container, shortContainer])
      if (title !== null && work.issns.length > 0)
        typed.set(`${title} ${work.issns.join()}`, { title, year: work.year, issns: work.issns })
  return [...typed.values()]
}
