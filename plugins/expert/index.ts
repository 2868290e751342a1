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
    sheet: {
      person: { account: 'account_id' },
      purpose: 'judgement',
      basis: 'employment',
      keep: { until: 'permanent' },
      readBy: 'consultation.read',
      columns: ['name', 'answer'],
      erase: { name: 'code' },
    },
    consultation_change: {
      person: { account: 'account_id' },
      purpose: 'judgement',
      basis: 'employment',
      keep: { until: 'permanent' },
      readBy: 'consultation.read',
      columns: ['account_name', 'action', 'reason'],
      erase: { account_name: 'code' },
    },
  },
  weightings: [ahp, bestWorst],
  routes,
})
