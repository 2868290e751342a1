import type { Activity } from '../activity.ts'
import { phrase, phrasesOf } from '../../words/phrases.ts'
import { inventStudents } from '../students.ts'

const sportLevels = ['international', 'national', 'city', 'university']
/** In the order of their outlets in data/phrases.csv. */
const media = ['press', 'online', 'television', 'radio']
const sums = [2000, 5000, 10_000, 15_000, 20_000, 50_000, 100_000]
const sumWeights = [16, 26, 28, 12, 10, 6, 2]

/** Social and educational work. */
export const communityActivities: readonly Activity[] = [
  {
    id: 'sport-result',
    indicator: 'community.sport-result',
    area: 'social',
    perYear: [0.06, 0.1, 0.08, 0.11, 0.12, 0.1],
    inField: { sport: 14 },
    season: 'events',
    team: { colleagues: 0.2 },
    write: ({ random, language }) => ({
      level: sportLevels[random.weighted([7, 18, 30, 45])],
      competition: phrase(random, 'competition', language),
      students: inventStudents(random),
      place: random.integer(1, 3),
    }),
  },
  {
    id: 'sport-event',
    indicator: 'community.sport-event',
    area: 'social',
    perYear: [0.06, 0.1, 0.08, 0.11, 0.12, 0.12],
    inField: { sport: 10 },
    season: 'even',
    team: { colleagues: 0.8 },
    write: ({ random, language }) => ({
      name: phrase(random, 'sport-event', language),
      place: { kk: 'Университет спорт залы', ru: 'Спортзал университета', en: 'University gym' }[language],
    }),
  },
  {
    id: 'recruitment',
    indicator: 'community.recruitment',
    area: 'social',
    perYear: [0.65, 0.88, 0.81, 0.93, 0.93, 0.68],
    season: 'summer',
    write: ({ random, key }) => {
      const isAbroad = random.chance(0.08)
      const applicants = 1 + Math.min(random.count(isAbroad ? 0.5 : 1.8), random.integer(0, 12))
      return { origin: isAbroad ? 'abroad' : 'kazakhstan', order: `№ ${key}`, applicants }
    },
  },
  {
    id: 'media-publication',
    indicator: 'community.media-publication',
    area: 'social',
    perYear: [1.94, 2.15, 1.94, 2.02, 2.02, 1.52],
    season: 'even',
    team: { colleagues: 0.25 },
    write: ({ random, language, key }) => {
      const medium = media[random.weighted([16, 50, 17, 17])]!
      const address = medium === 'online' ? `https://news.samal.example/${language}/${key}` : null
      const title = phrase(random, 'story', language)
      return { medium, outlet: phrasesOf('outlet')[media.indexOf(medium)]![language], title, address }
    },
  },
  {
    id: 'endowment',
    indicator: 'community.endowment',
    area: 'social',
    perYear: [0.35, 0.29, 0.19, 0.16, 0.09, 0.07],
    season: 'even',
    write: ({ random, language, key }) => ({
      donor: phrase(random, 'enterprise', language),
      receipt: `EF-${key}`,
      tenge: sums[random.weighted(sumWeights)],
    }),
  },
  {
    id: 'ranking-expert',
    indicator: 'community.ranking-expert',
    area: 'social',
    perYear: [0.86, 0.69, 0.32, 0.19, 0.09, 0.03],
    season: 'autumn',
    write: ({ random }) => ({
      ranking: random.pick(['qs', 'qs', 'qs', 'qs', 'the']),
      group: random.chance(0.6) ? 'academics' : 'employers',
      experts: random.integer(1, 12),
    }),
  },
  {
    id: 'civic-event',
    indicator: 'community.civic-event',
    area: 'social',
    perYear: [0.12, 0.22, 0.22, 0.3, 0.32, 0.28],
    season: 'even',
    team: { colleagues: 0.8 },
    write: ({ random, language }) => ({
      theme: random.pick(['patriotic', 'patriotic', 'cultural', 'volunteering']),
      level: sportLevels[random.weighted([3, 10, 25, 62])],
      name: phrase(random, 'civic-event', language),
      place: { kk: 'Акт залы', ru: 'Актовый зал', en: 'Assembly hall' }[language],
    }),
  },
  {
    id: 'recruitment-event',
    indicator: 'community.recruitment-event',
    area: 'social',
    perYear: [0.06, 0.1, 0.1, 0.12, 0.12, 0.1],
    season: 'deadline',
    team: { colleagues: 1 },
    write: ({ random, language }) => ({
      level: ['international', 'national', 'university'][random.weighted([6, 30, 64])],
      name: phrase(random, 'fair', language),
      place: { kk: 'Университет', ru: 'Университет', en: 'University' }[language],
    }),
  },
]
