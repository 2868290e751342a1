import { testPlugin } from '@ustaz/core/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'
import { contingent } from './kinds/contingent.ts'
import { share } from './kinds/share.ts'

const guest = { lecturer: 'J. Test', organisation: 'University', credits: 2, weeks: 2 }

testPlugin(plugin, {
  samples: {
    accreditation: [
      { programme: '6B07201', agency: 'Агенттік', agencyLocation: 'domestic', certificate: 'AB 12' },
    ],
    'programme-ranking': [
      {
        programme: '6B07201',
        ranking: 'Рейтинг',
        level: 'national',
        year: 2026,
        place: 3,
        previousPlace: 14,
      },
      { programme: '7M07201', ranking: 'Ranking', level: 'international', year: 2026, place: 400 },
    ],
    'commissioned-programme': [{ programme: '6B07202', level: 'bachelor', client: 'Қауымдастық' }],
    'dual-education': [{ enterprise: 'Зауыт', contract: '№ 5', disciplines: 4, students: 23 }],
    branch: [{ enterprise: 'Нан зауыты', contract: '№ 7' }],
    'guest-lecturer': [
      { ...guest, origin: 'abroad', mode: 'online', postRate: 0.25 },
      { ...guest, origin: 'domestic', mode: 'offline' },
    ],
    'student-mobility': [
      { direction: 'incoming', partner: 'Вуз', partnerLocation: 'domestic', order: '11', students: 2 },
    ],
    'student-practice': [
      { partner: 'Partner', partnerLocation: 'abroad', mode: 'offline', order: '12', students: 5 },
    ],
    contingent: [
      { unitName: 'Факультет', year: 2025, students: 1213, grantStudents: 700, masterStudents: 88 },
      { unitName: 'Faculty', year: 2025, students: 10 },
    ],
    share: [
      { measure: 'practitioner-teachers', unitName: 'Кафедра', year: 2025, part: 0, whole: 36 },
      { measure: 'start-up-theses', unitName: 'Кафедра', year: 2025, part: 7, whole: 7 },
    ],
    admission: [{ level: 'master', order: '13', entrants: 31 }],
    scholarship: [{ type: 'named-scholarship', order: '14', holders: 1 }],
    audit: [{ type: 'internal-audit', checked: 'Библиотека', report: '15' }],
    'invited-article': [{ journal: 'Хабаршы', title: 'Flour', author: 'J. Test', authorLocation: 'abroad' }],
    'visiting-scientist': [
      { scientist: 'J. Test', organisation: 'Institute', origin: 'abroad', contract: '16' },
    ],
    equipment: [{ laboratory: 'Зертхана', name: 'Хроматограф', contract: '17', items: 2 }],
  },
})

test('a part above its whole is refused at the part', () => {
  const data = { measure: 'commissioned-theses', unitName: 'A', year: 2025, part: 8, whole: 7 }
  const issues = share.schema.safeParse(data).error?.issues
  expect(issues).toMatchObject([{ path: ['part'], params: { code: 'unit-work.part-above-whole' } }])
})

test('students of a sort that is not known are no part above the whole', () => {
  const data = { unitName: 'A', year: 2025, students: 5 }
  expect(contingent.schema.safeParse(data).data).toMatchObject({ grantStudents: null })
  expect(contingent.schema.safeParse({ ...data, masterStudents: 6 }).success).toBe(false)
})

test('one share of a unit and year is one entry, whatever its numbers', () => {
  const identity = (part: number) =>
    share.identity({ measure: 'employed-graduates', unitName: 'Факультет', year: 2025, part, whole: 9 })
  expect(identity(3)).toBe(identity(4))
})
