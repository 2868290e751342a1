import { testPlugin } from '@ustaz/core/testing'
import plugin from './index.ts'

testPlugin(plugin, {
  samples: {
    exhibition: [
      { type: 'concert', title: 'Көктем', venue: 'Филармония', location: 'domestic', form: 'group' },
      { type: 'exhibition', title: 'Steppe', venue: 'Gallery', location: 'abroad', form: 'solo' },
    ],
    recording: [{ medium: 'audio', title: 'Күйлер', publisher: 'Студия', level: 'national', form: 'solo' }],
    design: [{ type: 'graphic', title: 'Логотип', client: 'Музей' }],
  },
})
