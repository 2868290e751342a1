import { definePlugin } from '@ustaz/core/plugin'
import { critic } from './critic.ts'
import { entropy } from './entropy.ts'
import { equal } from './equal.ts'
import { merec } from './merec.ts'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }
import { pca } from './pca.ts'
import { standardDeviation } from './standard-deviation.ts'

export default definePlugin({
  id: 'statistical',
  version: '0.1.0',
  messages: { kk, ru, en },
  weightings: [equal, standardDeviation, entropy, critic, merec, pca],
})
