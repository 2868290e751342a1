import { definePlugin } from '@ustaz/core/plugin'
import { design } from './kinds/design.ts'
import { exhibition } from './kinds/exhibition.ts'
import { recording } from './kinds/recording.ts'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export default definePlugin({
  id: 'arts',
  version: '0.1.0',
  messages: { kk, ru, en },
  evidence: [exhibition, recording, design],
})
