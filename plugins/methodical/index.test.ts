import { testPlugin } from '@ustaz/core/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'
import { isbn } from './isbn.ts'
import { textbook } from './kinds/textbook.ts'

testPlugin(plugin, {
  samples: {
    'discipline-package': [{ discipline: 'Тағам химиясы', programme: '6B07201' }],
    'integrated-course': [
      { platform: 'coursera', course: 'Statistics', discipline: 'Эконометрика', grading: true },
    ],
    microcredential: [{ title: 'Food safety', programme: '6B07201' }],
    'joint-programme': [
      { type: 'joint', title: 'Логистика', partner: 'Вуз-партнёр' },
      { type: 'double-degree', title: 'Finance', partner: 'Partner', registryNumber: '7M04101' },
    ],
    olympiad: [{ level: 'national', name: 'Олимпиада', subject: 'Химия', students: 'А. Тест', place: 4 }],
    textbook: [
      {
        type: 'textbook',
        title: 'Микробиология',
        stamp: 'republican-council',
        sheets: 10.5,
        isbn: '978-0-306-40615-7',
      },
      { type: 'manual', title: 'Практикум', stamp: 'none', sheets: 2 },
    ],
    'electronic-textbook': [{ type: 'manual', title: 'Алгоритмдер', certificate: '№ 12345' }],
    mooc: [
      { title: 'Nutrition', platform: 'own', address: 'https://example.org/course/1' },
      { title: 'Food', platform: 'international', address: 'https://example.org/course/2' },
    ],
    'guest-lecture': [
      { host: 'Partner', topic: 'Textiles', location: 'abroad', mode: 'online', credits: 2, weeks: 2.5 },
    ],
    'individual-plan': [{ academicYear: '2025/2026', percent: 100 }],
  },
})

// 978-0-306-40615-7 is the worked example of the ISBN Users' Manual: 9 + 3*7 + 8 + 3*0 + ... + 7 = 100.
test('an ISBN is kept as digits and refused where its check digit does not fit', () => {
  expect(isbn.parse('978-0-306-40615-7')).toBe('9780306406157')
  expect(isbn.safeParse('978-0-306-40615-6').success).toBe(false)
  expect(isbn.safeParse('0-306-40615-2').success).toBe(false)
})

test('two entries of one ISBN are the same book; without an ISBN it cannot be told', () => {
  const entry = { type: 'textbook', title: 'A', stamp: 'none', sheets: 3 }
  const identity = (data: object) => textbook.identity(textbook.schema.parse(data))
  expect(identity({ ...entry, isbn: '978 0 306 40615 7' })).toBe('9780306406157')
  expect(identity(entry)).toBeNull()
})
