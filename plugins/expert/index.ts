import { definePlugin } from '@ustaz/core/plugin'
import { ahp } from './ahp.ts'
import { bestWorst } from './best-worst.ts'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }
import { routes } from './routes.ts'
import type { ExpertTables } from './tables.ts'

export default definePlugin<ExpertTables>()({
  id: 'expert',
  version: '0.1.0',
  messages: { kk, ru, en },
  migrations: new URL('migrations/', import.meta.url),
  personalData: {
    'sheet.name': 'who was asked as an expert',
    'sheet.answer': 'how an expert compares the areas of a regulation',
    'consultation_change.account_name':
      'who opened, changed, answered, closed a consultation or used its result',
  },
  weightings: [ahp, bestWorst],
  routes,
})
