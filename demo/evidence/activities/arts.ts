import type { Activity } from '../activity.ts'
import { phrase } from '../../words/phrases.ts'

const designTypes = ['graphic', 'industrial', 'fashion', 'environmental']
const inArt = { textile: 6, education: 3, kazakh: 2, programming: 2, security: 0.3, law: 0.3 }

/** Works of art and design: rare where no department of art exists. */
export const artActivities: readonly Activity[] = [
  {
    id: 'exhibition',
    indicator: 'arts.exhibition',
    area: 'social',
    perYear: [0.02, 0.03, 0.02, 0.03, 0.03, 0.03],
    inField: inArt,
    season: 'events',
    team: { colleagues: 0.3 },
    write: ({ random, language, team }) => ({
      type: random.chance(0.6) ? 'exhibition' : 'concert',
      title: phrase(random, 'art-show', language),
      venue: phrase(random, 'gallery', language),
      location: random.chance(0.15) ? 'abroad' : 'domestic',
      form: team.length > 1 || random.chance(0.6) ? 'group' : 'solo',
    }),
  },
  {
    id: 'recording',
    indicator: 'arts.recording',
    area: 'social',
    perYear: [0.01, 0.012, 0.01, 0.012, 0.012, 0.01],
    inField: { education: 4, kazakh: 3 },
    season: 'even',
    write: ({ random, language }) => ({
      medium: random.chance(0.7) ? 'video' : 'audio',
      title: phrase(random, 'art-show', language),
      publisher: phrase(random, 'studio', language),
      level: 'national',
      form: random.chance(0.5) ? 'solo' : 'group',
    }),
  },
  {
    id: 'design',
    indicator: 'arts.design',
    area: 'research',
    perYear: [0.02, 0.02, 0.02, 0.03, 0.03, 0.03],
    inField: inArt,
    season: 'even',
    team: { colleagues: 0.3, students: 0.2 },
    write: ({ random, field, language }) => ({
      type: random.pick(designTypes),
      title: random.pick(field.disciplines)[language],
      client: phrase(random, 'enterprise', language),
    }),
  },
]
