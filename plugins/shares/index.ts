import { definePlugin } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }
import { effort } from './effort.ts'
import { mean } from './mean.ts'
import { percent } from './percent.ts'
import { points } from './points.ts'
import { position } from './position.ts'
import { workload } from './workload.ts'

export default definePlugin({
  id: 'shares',
  version: '0.1.0',
  messages: { kk, ru, en },
  evidence: [effort],
  weightings: [points, mean, percent, position, workload],
})
