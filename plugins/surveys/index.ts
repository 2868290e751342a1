import { definePlugin } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export default definePlugin({
  id: 'surveys',
  version: '0.1.0',
  messages: { kk, ru, en },
})
