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
      {
        type: 'conference-paper',
        title: 'Flour',
        refereed: true,
        oral: true,
        foreignCountries: 6,
        foreignPaperPercent: 51.5,
        internationalConfirmed: true,
      },
      {
        type: 'book',
        title: 'Flour',
        level: 'national',
        publisherEstablished: true,
        publisherApproved: false,
      },
    ],
    citation: [
      { citedWork: 'Flour', year: 2025, source: 'journal', index: 'wos', citations: 12 },
      { citedWork: 'Flour', year: 2025, source: 'book', level: 'international', citations: 1 },
    ],
    editorship: [{ journal: 'Хабаршы', year: 2025, position: 'editor', index: 'field-index' }],
  },
})
