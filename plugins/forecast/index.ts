import { definePlugin } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }
import { workOut } from './outlook/work-out.ts'
import { routes } from './routes.ts'
import type { ForecastTables } from './tables.ts'

const derived = 'worked out from finished runs by a seed, and replaced whole'

export default definePlugin<ForecastTables>()({
  id: 'forecast',
  version: '0.1.0',
  messages: { kk, ru, en },
  migrations: new URL('migrations/', import.meta.url),
  personalData: {
    'outlook_subject.subject_id': 'which teacher a forecast is about',
    'outlook_subject.past': 'points of a teacher in earlier periods',
    'outlook_subject.mean': 'points a teacher is expected to reach',
    'outlook_subject.change': 'how far a teacher is expected to rise or fall',
  },
  audit: {
    unaudited: { outlook: derived, outlook_measure: derived, outlook_subject: derived },
  },
  jobs: {
    outlook: {
      when: 'run-finished',
      work: async (context, { runId }, signal) => await workOut(context, Number(runId), signal),
    },
  },
  routes,
})
