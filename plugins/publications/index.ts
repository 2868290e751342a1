import { definePlugin } from '@ustaz/core/plugin'
import { authorMatching } from './authors/author-matching.ts'
import { journalMatching } from './journals/journal-matching.ts'
import { citation } from './kinds/citation.ts'
import { editorship } from './kinds/editorship.ts'
import { work } from './kinds/work.ts'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }
import { routes } from './routes.ts'
import { settingsSchema } from './settings.ts'
import type { PublicationTables } from './tables.ts'

export default definePlugin<PublicationTables>()({
  id: 'publications',
  version: '0.1.0',
  messages: { kk, ru, en },
  migrations: new URL('migrations/', import.meta.url),
  settings: settingsSchema,
  personalData: {
    // The authors of a work as Crossref publishes them: whoever they are, no row belongs to a person of the university.
    doi_answer: {
      person: null,
      purpose: 'evidence',
      basis: 'interest',
      keep: { until: 'permanent' },
      readBy: 'evidence.write',
      columns: ['answer'],
      erase: 'nothing',
    },
  },
  audit: {
    unaudited: {
      journal_list_entry: 'the lines of a file whose SHA-256 stands in journal_list, which is audited',
      journal_standing: 'worked out of the lists',
      doi_answer: 'answers of Crossref, asked again when they are old',
    },
  },
  evidence: [work, citation, editorship],
  matchings: [authorMatching, journalMatching],
  routes,
})
