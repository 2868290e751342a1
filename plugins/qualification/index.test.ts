import { testPlugin } from '@ustaz/core/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'
import { graduateEmployment } from './kinds/graduate-employment.ts'

testPlugin(plugin, {
  samples: {
    'language-certificate': [
      { exam: 'ielts', score: 6.5, number: 'X1' },
      { exam: 'toefl-itp', score: 400 },
    ],
    course: [{ title: 'Педагогика', provider: 'Орталық', hours: 72, number: '15' }],
    internship: [
      { host: 'University', topic: 'Textiles', location: 'abroad', months: 1.5 },
      { host: 'Институт', topic: 'Тағам', location: 'kazakhstan', months: 1, youngScientist: true },
    ],
    'graduate-employment': [{ programme: '6B04101', graduationYear: 2025, percent: 95.5 }],
  },
})

test('employment of one programme and year is one entry, whatever percentage is written', () => {
  const identity = (percent: number) =>
    graduateEmployment.identity({ programme: '6B04101', graduationYear: 2025, percent })
  expect(identity(80)).toBe(identity(96))
})
