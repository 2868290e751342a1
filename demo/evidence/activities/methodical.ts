import type { Activity } from '../activity.ts'
import { inventTitle, phrase } from '../../words/phrases.ts'
import { inventIsbn } from '../isbn.ts'
import { inventStudents } from '../students.ts'

const places = [1, 2, 3, 4, 5, 6, 9, 14]
const placeWeights = [14, 20, 26, 12, 10, 8, 6, 4]
const moocPlatforms = ['ministry-recommended', 'own', 'international']

/** Teaching-methodical work. */
export const methodicalActivities: readonly Activity[] = [
  {
    id: 'package',
    indicator: 'methodical.discipline-package',
    area: 'teaching',
    perYear: [0.26, 0.48, 0.59, 0.7, 0.76, 0.55],
    season: 'deadline',
    team: { colleagues: 0.4 },
    write: ({ random, field, language }) => ({
      discipline: random.pick(field.disciplines)[language],
      programme: field.programme[language],
    }),
  },
  {
    id: 'course-inside',
    indicator: 'methodical.integrated-course',
    area: 'teaching',
    perYear: [0.14, 0.24, 0.33, 0.38, 0.38, 0.21],
    growth: 1.12,
    season: 'autumn',
    write: ({ random, field, language }) => ({
      platform: random.pick(['coursera', 'coursera', 'coursera', 'edx', 'other']),
      course: phrase(random, 'online-course', language),
      discipline: random.pick(field.disciplines)[language],
      grading: random.chance(0.85),
    }),
  },
  {
    id: 'microcredential',
    indicator: 'methodical.microcredential',
    area: 'teaching',
    perYear: [0.07, 0.08, 0.08, 0.06, 0.04, 0.03],
    growth: 1.35,
    season: 'deadline',
    team: { colleagues: 0.8 },
    write: ({ random, field, language }) => ({
      title: random.pick(field.disciplines)[language],
      programme: field.programme[language],
    }),
  },
  {
    id: 'joint-programme',
    indicator: 'methodical.joint-programme',
    area: 'teaching',
    perYear: [0.12, 0.08, 0.04, 0.03, 0.013, 0],
    season: 'deadline',
    team: { colleagues: 1.6 },
    write: ({ random, field, language, key }) => ({
      type: random.chance(0.6) ? 'joint' : 'double-degree',
      title: field.programme[language],
      partner: phrase(random, 'foreign-university', language),
      registryNumber: random.chance(0.9) ? `EPVO-${key}` : null,
    }),
  },
  {
    id: 'olympiad',
    indicator: 'methodical.olympiad',
    area: 'teaching',
    perYear: [0.26, 0.48, 0.46, 0.51, 0.44, 0.28],
    season: 'events',
    team: { colleagues: 0.15 },
    write: ({ random, field, language }) => ({
      level: random.chance(0.75) ? 'national' : 'international',
      name: phrase(random, 'olympiad', language),
      subject: random.pick(field.disciplines)[language],
      students: inventStudents(random),
      place: places[random.weighted(placeWeights)],
    }),
  },
  {
    id: 'textbook',
    indicator: 'methodical.textbook',
    area: 'teaching',
    perYear: [0.88, 0.57, 0.29, 0.23, 0.13, 0.04],
    season: 'deadline',
    team: { colleagues: 0.8 },
    shares: 0.4,
    write: ({ random, field, language, key }) => {
      const isTextbook = random.chance(0.3)
      return {
        type: isTextbook ? 'textbook' : 'manual',
        title: bookTitle(random.pick(field.disciplines)[language], isTextbook, language),
        stamp: random.pick(['republican-council', ...Array<string>(6).fill('university-council'), 'none']),
        sheets: random.integer(isTextbook ? 12 : 8, isTextbook ? 40 : 26) / 2,
        isbn: random.chance(0.95) ? inventIsbn(key) : null,
      }
    },
  },
  {
    id: 'electronic-textbook',
    indicator: 'methodical.electronic-textbook',
    area: 'teaching',
    perYear: [0.18, 0.19, 0.16, 0.15, 0.13, 0.06],
    growth: 1.05,
    season: 'deadline',
    team: { colleagues: 0.5 },
    write: ({ random, field, language, key }) => {
      const isTextbook = random.chance(0.35)
      return {
        type: isTextbook ? 'textbook' : 'manual',
        title: bookTitle(random.pick(field.disciplines)[language], isTextbook, language),
        certificate: random.chance(0.9) ? `AK-${key}` : null,
      }
    },
  },
  {
    id: 'mooc',
    indicator: 'methodical.mooc',
    area: 'teaching',
    perYear: [0.11, 0.13, 0.12, 0.09, 0.06, 0.03],
    growth: 1.15,
    season: 'even',
    team: { colleagues: 0.6 },
    write: ({ random, field, language, key }) => ({
      title: random.pick(field.disciplines)[language],
      platform: moocPlatforms[random.weighted([22, 72, 6])],
      address: `https://mooc.samal.example/${key}`,
    }),
  },
  {
    id: 'guest-lecture',
    indicator: 'methodical.guest-lecture',
    area: 'teaching',
    perYear: [0.7, 0.48, 0.26, 0.15, 0.08, 0.03],
    season: 'even',
    write: ({ random, field, language }) => {
      const location = random.chance(0.45) ? 'abroad' : 'kazakhstan'
      return {
        host: phrase(random, location === 'abroad' ? 'foreign-university' : 'home-university', language),
        topic: inventTitle(random, field, language),
        location,
        mode: random.chance(0.5) ? 'online' : 'offline',
        credits: random.integer(1, 5),
        weeks: random.integer(1, 8),
      }
    },
  },
]

function bookTitle(discipline: string, isTextbook: boolean, language: 'kk' | 'ru' | 'en'): string {
  const kinds = {
    kk: ['оқулық', 'оқу құралы'],
    ru: ['учебник', 'учебное пособие'],
    en: ['a textbook', 'a manual'],
  } as const
  return `${discipline}: ${kinds[language][isTextbook ? 0 : 1]}`
}
