import { inventTitle, phrase } from '../../words/phrases.ts'
import type { UnitActivity } from '../unit-activity.ts'

/** What deans report of their faculty; `size` is the number of its teachers. */
export const facultyActivities: readonly UnitActivity[] = [
  {
    id: 'contingent',
    indicator: 'unit-work.contingent',
    perYear: 'once',
    season: 'autumn',
    write: ({ random, unitName, year, size }) => {
      const students = size * random.integer(11, 14)
      const grantStudents = Math.round(students * (0.5 + 0.2 * random.unit()))
      const masterStudents = Math.round(students * (0.04 + 0.06 * random.unit()))
      return { unitName, year, students, grantStudents, masterStudents }
    },
  },
  {
    id: 'employed-graduates',
    indicator: 'unit-work.share',
    perYear: 'once',
    season: 'autumn',
    write: ({ random, unitName, year, size }) => {
      const whole = size * random.integer(2, 4)
      const part = Math.round(whole * (0.55 + 0.35 * random.unit()))
      return { measure: 'employed-graduates', unitName, year, part, whole }
    },
  },
  {
    id: 'distinguished-entrants',
    indicator: 'unit-work.share',
    perYear: 'once',
    season: 'summer',
    write: ({ random, unitName, year, size }) => {
      const whole = size * random.integer(3, 5)
      return {
        measure: 'distinguished-entrants',
        unitName,
        year,
        part: random.integer(0, Math.ceil(whole * 0.04)),
        whole,
      }
    },
  },
  {
    id: 'foreign-mobility',
    indicator: 'unit-work.student-mobility',
    perYear: 1.5,
    season: 'autumn',
    write: ({ random, language, key }) => ({
      direction: random.chance(0.3) ? 'incoming' : 'outgoing',
      partner: phrase(random, 'foreign-university', language),
      partnerLocation: 'abroad',
      order: `№ ${key}`,
      students: random.integer(1, 4),
    }),
  },
  {
    id: 'admission',
    indicator: 'unit-work.admission',
    perYear: 'once',
    season: 'summer',
    write: ({ random, key }) => ({ level: 'master', order: `№ ${key}`, entrants: random.integer(8, 45) }),
  },
  {
    id: 'scholarship',
    indicator: 'unit-work.scholarship',
    perYear: 1.2,
    season: 'autumn',
    write: ({ random, key }) => ({
      type: random.pick(['university-grant', 'partner-grant', 'named-scholarship']),
      order: `№ ${key}`,
      holders: random.integer(1, 4),
    }),
  },
  {
    id: 'invited-article',
    indicator: 'unit-work.invited-article',
    perYear: 0.8,
    season: 'even',
    write: ({ random, field, language, stranger, key }) => ({
      journal: phrase(random, 'domestic-journal', language),
      title: `${inventTitle(random, field, 'en')} (${key})`,
      author: stranger,
      authorLocation: random.chance(0.8) ? 'abroad' : 'domestic',
    }),
  },
  {
    id: 'visiting-scientist',
    indicator: 'unit-work.visiting-scientist',
    perYear: 1,
    season: 'even',
    write: ({ random, language, stranger, key }) => ({
      scientist: stranger,
      organisation: phrase(random, 'host-institute', language),
      origin: 'abroad',
      contract: `VS-${key}`,
    }),
  },
  {
    id: 'equipment',
    indicator: 'unit-work.equipment',
    perYear: 0.8,
    season: 'even',
    write: ({ random, language, key }) => ({
      laboratory: phrase(random, 'laboratory', language),
      name: phrase(random, 'device', language),
      contract: `EQ-${key}`,
      items: random.integer(1, 4),
    }),
  },
]
