import type { Activity } from '../activity.ts'
import { inventTitle, phrase } from '../../words/phrases.ts'

/** Professional qualification. */
export const qualificationActivities: readonly Activity[] = [
  {
    id: 'language-certificate',
    indicator: 'qualification.language-certificate',
    area: 'qualification',
    perYear: [0.04, 0.07, 0.12, 0.1, 0.11, 0.09],
    growth: 1.08,
    inField: { languages: 2.5 },
    season: 'even',
    write: ({ random, key }) => {
      const exam = ['ielts', 'toefl-itp', 'toefl-ibt'][random.weighted([70, 20, 10])]!
      const scores = { ielts: random.integer(7, 16) / 2, 'toefl-itp': random.integer(380, 620) }
      const score = exam === 'toefl-ibt' ? random.integer(45, 110) : scores[exam as 'ielts' | 'toefl-itp']
      return { exam, score, number: `C-${key}` }
    },
  },
  {
    id: 'course',
    indicator: 'qualification.course',
    area: 'qualification',
    perYear: [1.4, 1.54, 1.42, 1.37, 1.37, 1.25],
    season: 'even',
    write: ({ random, language, key }) => ({
      title: phrase(random, 'training', language),
      provider: phrase(random, 'provider', language),
      hours: [16, 36, 72, 72, 72, 72, 108, 120][random.integer(0, 7)],
      number: `T-${key}`,
    }),
  },
  {
    id: 'internship',
    indicator: 'qualification.internship',
    area: 'qualification',
    perYear: [0.16, 0.14, 0.12, 0.07, 0.04, 0.016],
    season: 'summer',
    write: ({ random, field, language, teacher, stageYear }) => {
      const location = random.chance(0.6) ? 'abroad' : 'kazakhstan'
      return {
        host: phrase(random, location === 'abroad' ? 'foreign-university' : 'home-university', language),
        topic: inventTitle(random, field, language),
        location,
        months: [0.5, 1, 1, 2, 3][random.integer(0, 4)],
        youngScientist: stageYear - teacher.birthYear < 40,
      }
    },
  },
]
