import type { Activity } from '../activity.ts'
import { inventTitle, phrase } from '../../words/phrases.ts'
import { inventStudents } from '../students.ts'

const projectTypes = ['state-budget', 'contract', 'initiative', 'experimental-development']
const intellectualTypes = ['copyright', 'utility-model', 'invention', 'industrial-design']
const studentLevels = ['international', 'national', 'city', 'university']
const inEngineering = {
  programming: 1.7, security: 1.6, automation: 1.7, energy: 1.5, food: 1.6, chemistry: 1.7, textile: 1.4, biotechnology: 1.6,
  law: 0.4, kazakh: 0.4, languages: 0.4, history: 0.3, sport: 0.3, tourism: 0.5,
} // prettier-ignore

/** Research that is no publication. */
export const researchActivities: readonly Activity[] = [
  {
    id: 'project',
    indicator: 'research.project',
    area: 'research',
    perYear: [0.14, 0.1, 0.06, 0.02, 0.007, 0],
    inField: inEngineering,
    season: 'autumn',
    team: { colleagues: 2, outsiders: 0.3, foreigners: 0.12 },
    roles: ['lead', 'executor'],
    stages: 3,
    write: ({ random, field, language, stageYear, key, team }) => ({
      type: projectTypes[random.weighted([26, 16, 42, 16])],
      title: inventTitle(random, field, language),
      number: `AP-${key}`,
      stageYear,
      programme: null,
      months: 36,
      concluded: null,
      withForeigners: team.some(({ kind }) => kind === 'foreigner'),
    }),
  },
  {
    id: 'grant-application',
    indicator: 'research.grant-application',
    area: 'research',
    perYear: [0.64, 0.43, 0.3, 0.14, 0.07, 0.03],
    season: 'autumn',
    team: { colleagues: 1.4, outsiders: 0.2 },
    roles: ['lead', 'executor'],
    write: ({ random, field, language, key, stageYear }) => ({
      level: random.chance(0.8) ? 'national' : 'international',
      title: inventTitle(random, field, language),
      competition:
        { kk: 'Гранттық қаржыландыру', ru: 'Грантовое финансирование', en: 'Grant funding' }[language] +
        ` ${stageYear}`,
      number: `GA-${key}`,
    }),
  },
  {
    id: 'review',
    indicator: 'research.review',
    area: 'research',
    perYear: [3.2, 2.17, 1.2, 0.92, 0.46, 0.12],
    season: 'even',
    write: ({ random, field, language }) => ({
      subject: ['master-thesis', 'article', 'textbook', 'monograph'][random.weighted([45, 35, 14, 6])],
      title: inventTitle(random, field, language),
    }),
  },
  {
    id: 'expertise',
    indicator: 'research.expertise',
    area: 'research',
    perYear: [0.8, 0.51, 0.22, 0.09, 0.03, 0],
    season: 'even',
    write: ({ random, field, language }) => ({
      subject: random.pick(['textbook', 'textbook', 'grant', 'grant', 'monograph']),
      title: inventTitle(random, field, language),
      client: phrase(random, 'home-university', language),
    }),
  },
  {
    id: 'intellectual-property',
    indicator: 'research.intellectual-property',
    area: 'research',
    perYear: [0.48, 0.36, 0.26, 0.17, 0.14, 0.06],
    inField: inEngineering,
    season: 'even',
    team: { colleagues: 0.9, students: 0.15 },
    write: ({ random, field, language, key, team }) => {
      const type = intellectualTypes[random.weighted([70, 14, 12, 4])]!
      const scopes = type === 'invention' ? [30, 65, 5] : [3, 92, 5]
      return {
        type,
        scope: ['international', 'national', 'other'][random.weighted(scopes)],
        title: inventTitle(random, field, language),
        number: `IP-${key}`,
        ownedByUniversity: random.chance(0.92),
        fromStudentProject: team.some(({ kind }) => kind === 'student') || random.chance(0.05),
      }
    },
  },
  {
    id: 'implementation-act',
    indicator: 'research.implementation-act',
    area: 'research',
    perYear: [0.64, 0.51, 0.36, 0.34, 0.23, 0.1],
    season: 'deadline',
    team: { colleagues: 0.4 },
    write: ({ random, field, language }) => {
      const target = random.chance(0.4) ? 'production' : 'teaching'
      const organisation = target === 'production' ? 'enterprise' : 'home-university'
      return {
        target,
        title: inventTitle(random, field, language),
        organisation: phrase(random, organisation, language),
      }
    },
  },
  {
    id: 'student-research',
    indicator: 'research.student-research',
    area: 'research',
    perYear: [0.64, 0.87, 0.84, 0.75, 0.69, 0.44],
    season: 'events',
    team: { colleagues: 0.1 },
    write: ({ random, language }) => ({
      level: studentLevels[random.weighted([15, 40, 17, 28])],
      event: phrase(random, 'contest', language),
      students: inventStudents(random),
      prize: random.chance(0.35),
    }),
  },
  {
    id: 'start-up',
    indicator: 'research.start-up',
    area: 'research',
    perYear: [0.016, 0.02, 0.02, 0.014, 0.011, 0.006],
    growth: 1.15,
    inField: inEngineering,
    season: 'deadline',
    team: { colleagues: 0.5, students: 0.8 },
    write: ({ random, field, language, key, team }) => ({
      title: inventTitle(random, field, language),
      contract: `SU-${key}`,
      fromThesis: team.some(({ kind }) => kind === 'student'),
    }),
  },
  {
    id: 'council',
    indicator: 'research.membership',
    area: 'research',
    perYear: [0.4, 0.12, 0.02, 0, 0, 0],
    season: 'autumn',
    write: ({ random, language, key }) => ({
      body: 'scientific-technical-council',
      name: phrase(random, 'council', language),
      order: `№ ${key}`,
    }),
  },
  {
    id: 'working-group',
    indicator: 'research.membership',
    area: 'research',
    perYear: [0.48, 0.32, 0.18, 0.07, 0.02, 0],
    season: 'autumn',
    write: ({ random, language, key }) => ({
      body: 'working-group',
      name: phrase(random, 'working-group', language),
      order: `№ ${key}`,
    }),
  },
  {
    id: 'state-award',
    indicator: 'research.state-award',
    area: 'research',
    perYear: [0.05, 0.03, 0.018, 0.006, 0.003, 0],
    season: 'even',
    write: ({ random, language, key }) => ({
      type: random.pick(['award', 'award', 'scholarship', 'prize']),
      title: phrase(random, 'award', language),
      order: `№ ${key}`,
    }),
  },
  {
    id: 'stay',
    indicator: 'research.stay',
    area: 'research',
    perYear: [0.06, 0.06, 0.06, 0.03, 0.02, 0.01],
    season: 'summer',
    write: ({ random, field, language }) => {
      const location = random.chance(0.6) ? 'abroad' : 'domestic'
      return {
        host: phrase(random, location === 'abroad' ? 'host-institute' : 'home-institute', language),
        topic: inventTitle(random, field, language),
        location,
        months: random.integer(1, 6),
      }
    },
  },
  {
    id: 'award',
    indicator: 'research.award',
    area: 'research',
    perYear: [0.06, 0.05, 0.04, 0.02, 0.01, 0.01],
    season: 'even',
    write: ({ random, language }) => ({
      title: phrase(random, 'prize', language),
      grantedBy: phrase(random, 'prize-giver', language),
      body: 'institution',
      location: 'domestic',
      level: 'national',
      subject: 'science',
      form: random.chance(0.6) ? 'prize' : 'certificate',
      jury: random.chance(0.7) ? 'academic' : 'none',
      timesBefore: random.integer(0, 12),
    }),
  },
  {
    id: 'scientific-event',
    indicator: 'research.scientific-event',
    area: 'research',
    perYear: [0.3, 0.22, 0.12, 0.08, 0.04, 0.01],
    season: 'events',
    team: { colleagues: 1.2 },
    write: ({ random, language }) => {
      const isConference = random.chance(0.3)
      return {
        type: isConference ? 'conference' : random.pick(['seminar', 'webinar', 'round-table']),
        level: ['international', 'national', 'university'][random.weighted([15, 35, 50])],
        name: phrase(random, isConference ? 'home-conference' : 'seminar', language),
      }
    },
  },
]
