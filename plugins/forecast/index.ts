import { definePlugin } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }
import { workOut } from './outlook/work-out.ts'
import { routes } from './routes.ts'
import { learnAll } from './sorting/learn-all.ts'
import { learnIfNew } from './sorting/learn-if-new.ts'
import { learner } from './sorting/learner.ts'
import type { ForecastTables } from './tables.ts'

const learned = 'learned anew each night from approved entries'
const derived = 'worked out from finished runs by a seed, and replaced whole'

export default definePlugin<ForecastTables>()({
  id: 'forecast',
  version: '0.1.0',
  messages: { kk, ru, en },
  migrations: new URL('migrations/', import.meta.url),
  personalData: {
    outlook_subject: {
      person: { teacher: 'teacher_id' },
      purpose: 'outlook',
      basis: 'interest',
      keep: { yearsAfterLeaving: 1 },
      readBy: 'result.read',
      columns: ['past', 'mean', 'lower80', 'upper80', 'lower95', 'upper95', 'change', 'periods'],
      erase: 'rows',
    },
  },
  audit: {
    unaudited: {
      outlook: derived,
      outlook_measure: derived,
      outlook_subject: derived,
      outlook_clause: derived,
      sorting_task: learned,
      sorting_matching: learned,
      sorting_usual: learned,
      sorting_answer: 'counts of a day, of nobody in particular',
    },
  },
  jobs: {
    outlook: {
      when: 'run-finished',
      work: async (context, { runId }, signal) => await workOut(context, Number(runId), signal),
    },
    sorting: {
      when: 'night',
      work: async (context, _data, signal) => await learnAll(context, signal),
    },
  },
  start: learnIfNew,
  learner,
  routes,
})
