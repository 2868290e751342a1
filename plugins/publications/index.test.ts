import { testPlugin } from '@ustaz/core/testing'
import plugin from './index.ts'

testPlugin(plugin, {
  samples: {
    work: [
      {
        type: 'article',
        title: 'Рейтинг преподавателей вуза',
        doi: 'https://doi.org/10.1000/ABC',
        year: 2025,
      },
      {
        type: 'conference-abstract',
        title: 'Оқытушылар рейтингі',
        container: 'Жас ғалымдар конференциясы',
        year: 2026,
        country: 'KZ',
        pages: '12-14',
        withStudents: true,
      },
      { type: 'monograph', title: 'On rating', isbns: ['9780306406157'], withForeigners: false },
    ],
  },
})
