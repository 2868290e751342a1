import { describe, expect, test } from 'vitest'
import { authorsOf, divideName } from './names.ts'

describe('a displayed name', () => {
  test.each([
    ['Fabián Pedregosa', 'Pedregosa', 'Fabián'],
    ['Shannon,Claude E.', 'Shannon', 'Claude E.'],
    ['Jan van der Berg', 'van der Berg', 'Jan'],
    ['Кузнецов В. И.', 'Кузнецов', 'В. И.'],
    ['Nevzgodina L V', 'Nevzgodina', 'L V'],
    ['A. B. Smith', 'Smith', 'A. B.'],
    ['Оразбаева Айгүл Серікқызы', 'Оразбаева', 'Айгүл Серікқызы'],
    ['Айгүл Серікқызы Оразбаева', 'Оразбаева', 'Айгүл Серікқызы'],
  ])('%s has the family name %s and the given name %s', (display, family, given) => {
    expect(divideName(display)).toEqual({ family, given, literal: null })
  })

  test.each(['김철수', 'Sudesiqin', 'Council on Cardiopulmonary, Critical Care, Perioperative'])(
    '%s is kept whole',
    (display) => {
      expect(divideName(display)).toEqual({ family: null, given: null, literal: display })
    },
  )
})

describe('a list of authors', () => {
  test('keeps groups, drops the nameless and a wrong ORCID, and says so', () => {
    const { authors, notes } = authorsOf([
      { family: 'M<i>ü</i>ller', given: 'A.', orcid: 'https://orcid.org/0000-0002-1825-0098' },
      { family: '', given: null },
      { literal: 'ALICE Collaboration' },
    ])
    expect(authors.map((author) => author.family ?? author.literal)).toEqual([
      'Müller',
      'ALICE Collaboration',
    ])
    expect(authors.map((author) => author.sequence)).toEqual([1, 2])
    expect(notes.map((entry) => entry.code)).toEqual(['orcid-checksum', 'author-without-name'])
  })
})
