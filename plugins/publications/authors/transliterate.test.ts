import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNames, givenWords } from './compare-names.ts'
import { soundKeys, transliterate } from './transliterate.ts'

describe('transliteration', () => {
  test.each([
    ['Щукина', 'icao', 'shchukina'],
    ['Юрьев', 'icao', 'iurev'],
    ['Ельцин', 'bgn-pcgn', 'yeltsin'],
    ['Хрущёв', 'gost-7.79-b', 'xrushhyov'],
    ['Қасым-Жомарт', 'kazakh-2021', 'qasym-jomart'],
    ['Ғабит', 'bgn-pcgn', 'ghabit'],
  ] as const)('of %s by %s is %s', (name, system, latin) => {
    expect(transliterate(name, system)).toBe(latin)
  })
})

describe('names that are one name in two spellings', () => {
  test.each([
    ['Жұмабаев', 'Zhumabayev'],
    ['Жұмабаев', 'Jumabaev'],
    ['Нұрғалиев', 'Nurgaliyev'],
    ['Нурғалиев', 'Нургалиев'],
    ['Оразбаева', 'Orazbayeva'],
    ['Сейтқұлов', 'Seitkulov'],
    ['Қожахмет', 'Qojahmet'],
    ['Шаяхметова', 'Shayakhmetova'],
    ['Ахметжанова', 'Akhmetzhanova'],
    ['Әбдікәрімов', 'Abdikarimov'],
    ['Төлегенов', 'Tolegenov'],
    ['Айгүл', 'Aigul'],
    ['Алексей', 'Alexey'],
    ['Александр', 'Aleksandr'],
    ['Хасенов', 'Xasenov'],
    ['Юлия', 'Yulia'],
    ['Юлия', 'Iuliia'],
    ['Дмитрий', 'Dmitry'],
    ['Ерлан', 'Yerlan'],
    ['Жанар', 'Janar'],
    ['Яна', 'Jana'],
    ['Müller', 'Muller'],
  ])('%s and %s agree', (a, b) => {
    expect(compareNames(a, b)).not.toBeNull()
  })
})

describe('names that are different', () => {
  test.each([
    ['Иванов', 'Petrov'],
    ['Ахметов', 'Ахмедов'],
    ['Ли', 'Ло'],
    ['Касымов', 'Касенов'],
    ['Айгуль', 'Айжан'],
    ['Сериков', 'Serikbayev'],
  ])('%s and %s do not agree', (a, b) => {
    expect(compareNames(a, b)).toBeNull()
  })
})

describe('an initial', () => {
  test.each([
    ['А.', 'Айгүл'],
    ['A.', 'Айгүл'],
    ['Ya.', 'Яна'],
    ['Yu.', 'Юлия'],
    ['Zh.', 'Жанар'],
    ['J.', 'Жанар'],
    ['Ж.', 'Zhanar'],
    ['С', 'Serik'],
  ])('%s agrees with %s', (initial, name) => {
    expect(compareNames(initial, name)).toEqual({ how: 'initial' })
  })

  test.each([
    ['B.', 'Айгүл'],
    ['Ж.', 'Gulnar'],
  ])('%s does not agree with %s', (initial, name) => {
    expect(compareNames(initial, name)).toBeNull()
  })

  test.each([
    ['А.Б.', ['А.', 'Б.']],
    ['АБ', ['А.', 'Б.']],
    ['Jean-Pierre M', ['Jean-Pierre', 'M']],
    ['Айгүл Серікқызы', ['Айгүл', 'Серікқызы']],
  ])('%s are the words %j', (given, words) => {
    expect(givenWords(given)).toEqual(words)
  })
})

const cyrillicName = fc.stringMatching(/^[А-ЯӘҒҚҢӨҰҮІ][а-яәғқңөұүі]{2,9}$/)
const latinName = fc.stringMatching(/^[A-Z][a-z]{2,9}$/)
const anyName = fc.oneof(cyrillicName, latinName, fc.string({ maxLength: 6 }))

test('comparing is symmetric, and every name agrees with itself', () => {
  fc.assert(
    fc.property(anyName, anyName, (a, b) => {
      expect(compareNames(a, b)).toEqual(compareNames(b, a))
    }),
  )
  fc.assert(
    fc.property(fc.oneof(cyrillicName, latinName), (name) => {
      expect(compareNames(name, name)).toEqual({ how: 'same' })
    }),
  )
})

test('a name agrees with each of its transliterations', () => {
  fc.assert(
    fc.property(
      cyrillicName,
      fc.constantFrom('common', 'icao', 'bgn-pcgn', 'gost-7.79-b', 'kazakh-2021'),
      (name, system) => {
        const latin = transliterate(name, system)
        fc.pre(latin.length >= 3)
        expect(compareNames(name, latin)?.how).toBe('transliterated')
        expect(soundKeys(name).length).toBeLessThanOrEqual(4)
      },
    ),
  )
})
