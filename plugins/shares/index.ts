import { definePlugin } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }
import { mean } from './mean.ts'
import { percent } from './percent.ts'
import { points } from './points.ts'

export default definePlugin({
  id: 'shares',
  version: '0.1.0',
  messages: { kk, ru, en },
  weightings: [points, mean, percent],
})
