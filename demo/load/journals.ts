import type { AppContext } from '../../core/app-context.ts'
import { loadJournalList } from '../../plugins/publications/journals/load-journal-list.ts'
import { journalLists } from '../evidence/journals.ts'

/** Loads the dated lists of journals; lists that are there already stay. */
export async function loadJournals({ host }: AppContext): Promise<void> {
  const { db } = host.contextOf('publications')
  for (const { year, file } of journalLists) await loadJournalList(db, { source: 'sjr', year, file })
}
