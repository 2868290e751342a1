import { phrase } from '../../words/phrases.ts'
import type { UnitActivity } from '../unit-activity.ts'

const levels = ['bachelor', 'bachelor', 'master', 'doctorate']

/** What heads of departments report of their department. */
export const departmentActivities: readonly UnitActivity[] = [
  {
    id: 'accreditation',
    indicator: 'unit-work.accreditation',
    perYear: 0.4,
    season: 'even',
    write: ({ random, language, key, programme }) => {
      const agencyLocation = random.chance(0.25) ? 'abroad' : 'domestic'
      const agency = phrase(random, agencyLocation === 'abroad' ? 'foreign-agency' : 'agency', language)
      return { programme, agency, agencyLocation, certificate: `AC-${key}` }
    },
  },
  {
    id: 'programme-ranking',
    indicator: 'unit-work.programme-ranking',
    perYear: 'once',
    season: 'summer',
    write: ({ random, programme, language, year }) => {
      const previousPlace = random.chance(0.85) ? random.integer(1, random.integer(1, 40)) : null
      const moved = random.integer(-9, 14)
      const place = Math.max(1, (previousPlace ?? random.integer(5, 50)) - moved)
      return {
        programme,
        ranking: phrase(random, 'ranking', language),
        level: 'national',
        year: year + 1,
        place,
        previousPlace,
      }
    },
  },
  {
    id: 'commissioned-programme',
    indicator: 'unit-work.commissioned-programme',
    perYear: 0.15,
    season: 'deadline',
    write: ({ random, language, key, programme }) => ({
      programme,
      level: random.pick(levels),
      client: phrase(random, 'association', language),
      registryNumber: `EP-${key}`,
    }),
  },
  {
    id: 'dual-education',
    indicator: 'unit-work.dual-education',
    perYear: 0.5,
    season: 'autumn',
    write: ({ random, language, key }) => ({
      enterprise: phrase(random, 'enterprise', language),
      contract: `DE-${key}`,
      disciplines: random.integer(1, 6),
      students: random.integer(6, 40),
    }),
  },
  {
    id: 'branch',
    indicator: 'unit-work.branch',
    perYear: 0.3,
    season: 'autumn',
    write: ({ random, language, key }) => ({
      enterprise: phrase(random, 'enterprise', language),
      contract: `BR-${key}`,
    }),
  },
  {
    id: 'guest-lecturer',
    indicator: 'unit-work.guest-lecturer',
    perYear: 0.9,
    season: 'even',
    write: ({ random, language, stranger }) => {
      const origin = random.chance(0.4) ? 'abroad' : 'domestic'
      const organisation = phrase(
        random,
        origin === 'abroad' ? 'foreign-university' : 'home-university',
        language,
      )
      return {
        lecturer: stranger,
        organisation,
        origin,
        mode: random.chance(0.6) ? 'online' : 'offline',
        credits: random.integer(1, 4),
        weeks: random.integer(1, 4),
        postRate: random.chance(0.3) ? 0.25 : null,
      }
    },
  },
  {
    id: 'domestic-mobility',
    indicator: 'unit-work.student-mobility',
    perYear: 0.8,
    season: 'autumn',
    write: ({ random, language, key }) => ({
      direction: random.chance(0.5) ? 'incoming' : 'outgoing',
      partner: phrase(random, 'home-university', language),
      partnerLocation: 'domestic',
      order: `№ ${key}`,
      students: random.integer(1, 5),
    }),
  },
  {
    id: 'student-practice',
    indicator: 'unit-work.student-practice',
    perYear: 0.2,
    season: 'deadline',
    write: ({ random, language, key }) => ({
      partner: phrase(random, 'foreign-university', language),
      partnerLocation: 'abroad',
      mode: random.chance(0.5) ? 'online' : 'offline',
      order: `№ ${key}`,
      students: random.integer(1, 6),
    }),
  },
  {
    id: 'practitioners',
    indicator: 'unit-work.share',
    perYear: 'once',
    season: 'autumn',
    write: ({ random, unitName, year, size }) => {
      const whole = Math.max(1, size)
      return {
        measure: 'practitioner-teachers',
        unitName,
        year,
        part: random.integer(0, Math.ceil(whole * 0.4)),
        whole,
      }
    },
  },
  {
    id: 'commissioned-theses',
    indicator: 'unit-work.share',
    perYear: 'once',
    season: 'deadline',
    write: ({ random, unitName, year }) => {
      const whole = random.integer(20, 80)
      return {
        measure: 'commissioned-theses',
        unitName,
        year,
        part: random.integer(0, Math.floor(whole * 0.3)),
        whole,
      }
    },
  },
  {
    id: 'start-up-theses',
    indicator: 'unit-work.share',
    perYear: 'once',
    season: 'deadline',
    write: ({ random, unitName, year }) => {
      const whole = random.integer(20, 80)
      return {
        measure: 'start-up-theses',
        unitName,
        year,
        part: random.integer(0, Math.floor(whole * 0.08)),
        whole,
      }
    },
  },
  {
    id: 'audit',
    indicator: 'unit-work.audit',
    perYear: 0.7,
    season: 'even',
    write: ({ random, language, key }) => ({
      type: random.chance(0.5) ? 'internal-audit' : 'quality-commission',
      checked: phrase(random, 'audited', language),
      report: `№ ${key}`,
    }),
  },
]
