import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Author } from '../work.ts'
import { authorSchema } from '../work.ts'
import type { Candidate } from './match-authors.ts'
import { suggestTeachers } from './match-authors.ts'

const author = (family: string | null, given: string | null, rest: Partial<Author> = {}): Author => ({
  ...authorSchema.parse({ family, given, sequence: 1 }),
  ...rest,
})
const teacher = (
  teacherId: number,
  family: string,
  given: string,
  patronymic: string | null = null,
): Candidate => ({
  teacherId,
  names: [{ family, given, patronymic }],
  orcid: null,
})
const aigul = teacher(1, 'Оразбаева', 'Айгүл', 'Серікқызы')
const others = [teacher(2, 'Петров', 'Иван', 'Сергеевич'), teacher(3, 'Ахметов', 'Нұрлан')]
const best = (given: Author, candidates = [aigul, ...others]) => suggestTeachers(given, candidates)[0]
const codes = (given: Author, candidates?: Candidate[]) =>
  best(given, candidates)?.reasons.map(({ code }) => code)

describe('a teacher is proposed', () => {
  test('by ORCID with near certainty, even under another name', () => {
    const orcid = '0000-0002-1825-0097'
    const married = { ...aigul, orcid }
    expect(best(author('Оразбаева', 'А.', { orcid }), [married])).toMatchObject({
      teacherId: 1,
      confidence: 0.99,
    })
    expect(best(author('Sadykova', 'Aigul', { orcid }), [married])).toMatchObject({ confidence: 0.9 })
    expect(codes(author('Sadykova', 'Aigul', { orcid }), [married])).toEqual(['orcid-same', 'name-differs'])
  })

  test('by full name in another script, naming the transliteration', () => {
    const found = best(author('Orazbaeva', 'Aigul'))
    expect(found).toMatchObject({ teacherId: 1 })
    expect(found?.reasons[0]).toEqual({ code: 'family-transliterated', params: { system: 'common' } })
    expect(found?.confidence).toBeGreaterThan(0.6)
  })

  test("by family name and initials, with the patronymic's initial raising it", () => {
    const one = best(author('Оразбаева', 'А.'))?.confidence ?? 0
    const two = best(author('Оразбаева', 'А. С.'))?.confidence ?? 0
    expect(one).toBe(0.6) // family same (1) x initials (0.6)
    expect(two).toBe(0.68) // 0.6 + patronymic 0.12 x initial 0.7 = 0.684
  })

  test('when family and given name are swapped, with less confidence', () => {
    const swapped = best(author('Айгүл', 'Оразбаева'))
    expect(swapped?.reasons.at(-1)).toEqual({ code: 'order-swapped', params: {} })
    expect(swapped?.confidence).toBe(0.72) // full 0.85 x swapped 0.85 = 0.7225
  })

  test('when nobody divided the name', () => {
    expect(best(author(null, null, { literal: 'Оразбаева Айгүл Серікқызы' }))).toMatchObject({
      teacherId: 1,
      confidence: 0.97,
    })
    expect(best(author(null, null, { literal: 'Aigul Orazbayeva' }))).toMatchObject({ teacherId: 1 })
  })

  test('by family name alone only weakly', () => {
    expect(best(author('Оразбаева', null))).toMatchObject({ confidence: 0.25 })
    expect(codes(author('Оразбаева', null))).toEqual(['family-same', 'given-missing'])
  })
})

describe('confidence falls', () => {
  test('among namesakes, who share it', () => {
    const namesakes = [teacher(1, 'Ахметов', 'Асхат'), teacher(2, 'Ахметов', 'Айдос')]
    const found = suggestTeachers(author('Ахметов', 'А.'), namesakes)
    expect(found.map(({ teacherId, confidence }) => [teacherId, confidence])).toEqual([
      [1, 0.3],
      [2, 0.3],
    ])
    expect(found[0]?.reasons.at(-1)).toEqual({ code: 'homonyms', params: { count: 2 } })
  })

  test('when the patronymic differs', () => {
    expect(codes(author('Оразбаева', 'А. Б.'))).toEqual([
      'family-same',
      'given-initial',
      'patronymic-differs',
    ])
    expect(best(author('Оразбаева', 'А. Б.'))?.confidence).toBe(0.18) // 0.6 x 0.3
  })

  test("nearly to nothing when both have an ORCID and they differ, or when it is another's", () => {
    const withOrcid = { ...aigul, orcid: '0000-0002-1694-233X' }
    const given = author('Оразбаева', 'Айгүл', { orcid: '0000-0002-1825-0097' })
    expect(best(given, [withOrcid])?.confidence).toBe(0.1)
    const namesake = { ...teacher(9, 'Оразбаева', 'Айгүл'), orcid: '0000-0002-1825-0097' }
    expect(
      suggestTeachers(given, [aigul, namesake]).map(({ teacherId, confidence }) => [teacherId, confidence]),
    ).toEqual([
      [9, 0.99],
      [1, 0.1],
    ])
  })
})

describe('nobody is proposed', () => {
  test.each([
    ['another given name', author('Оразбаева', 'Гүлнар')],
    ['another family name', author('Омарова', 'Айгүл')],
    ['a group', author(null, null, { literal: 'ALICE Collaboration of the Large Hadron Collider' })],
    ['an author without a name', author(null, null)],
  ])('for %s', (_, given) => {
    expect(suggestTeachers(given, [aigul, ...others])).toEqual([])
  })
})

test('confidence is always within 0 and 1, best first, whatever the order of candidates', () => {
  const names = fc.constantFrom('Ахметов', 'Akhmetov', 'Оразбаева', 'А.', 'Айгүл', 'Aigul', 'Li', '-')
  const candidates = fc.array(fc.record({ family: names, given: names }), { maxLength: 6 })
  fc.assert(
    fc.property(names, names, candidates, (family, given, list) => {
      const teachers = list.map((name, i) => teacher(i, name.family, name.given))
      const found = suggestTeachers(author(family, given), teachers)
      expect(found.every(({ confidence }) => confidence >= 0 && confidence <= 1)).toBe(true)
      expect(found).toEqual(found.toSorted((a, b) => b.confidence - a.confidence))
      expect(suggestTeachers(author(family, given), teachers.toReversed())).toEqual(found)
    }),
  )
})
