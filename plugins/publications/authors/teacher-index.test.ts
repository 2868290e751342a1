import type { TeacherName } from '@ustaz/core/plugin'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorSchema } from '../work.ts'
import { compareNames, isInitial, nameKeys } from './compare-names.ts'
import { indexTeachers } from './teacher-index.ts'
import { transliterate, transliterationSystems } from './transliterate.ts'

const teacher = (id: number, familyName: string, fields: Partial<TeacherName> = {}): TeacherName => ({
  id,
  code: `t${id}`,
  familyName,
  givenName: 'Айгүл',
  patronymic: null,
  latinName: null,
  orcid: null,
  ...fields,
})
const author = (fields: object) => authorSchema.parse({ sequence: 1, ...fields })
const index = indexTeachers([
  teacher(1, 'Жұмабаев', { orcid: '0000-0002-1825-0097' }),
  teacher(2, 'Оразбаева', { latinName: 'Orazbayeva Aigul' }),
  teacher(3, 'Ли'),
])
const found = (fields: object) => index(author(fields)).map(({ teacherId }) => teacherId)

describe('teachers are looked up', () => {
  test.each([
    [{ family: 'Zhumabayev', given: 'A.' }, [1]],
    [{ family: 'Jumabaev' }, [1]],
    [{ family: 'Aigul', given: 'Orazbayeva' }, [2]],
    [{ literal: 'Aigul Orazbayeva' }, [2]],
    [{ family: 'Li', given: 'A.' }, [3]],
    [{ family: 'Smith', given: 'John' }, []],
    [{ family: 'O.' }, []],
  ])('of %j: %j', (fields, ids) => {
    expect(found(fields)).toEqual(ids)
  })

  test('by ORCID iD whatever the name', () => {
    expect(found({ family: 'Smith', orcid: '0000-0002-1825-0097' })).toEqual([1])
  })
})

describe('names that agree share a key', () => {
  const families = [
    'Жұмабаев',
    'Қасымова',
    'Щербаков',
    'Яковлев',
    'Әуезов',
    'Өскенбаева',
    'Ёлкин',
    'Цой',
    'Үмбетов',
  ]
  const spelling = fc
    .tuple(fc.constantFrom(...families), fc.constantFrom(...transliterationSystems))
    .map(([family, system]) => transliterate(family, system))
  test('in any script and system', () => {
    fc.assert(
      fc.property(fc.constantFrom(...families), fc.oneof(spelling, fc.constantFrom(...families)), (a, b) => {
        fc.pre(!isInitial(a) && !isInitial(b))
        const agrees = compareNames(a, b) !== null
        const keys = new Set(nameKeys(a))
        expect(!agrees || nameKeys(b).some((key) => keys.has(key))).toBe(true)
      }),
    )
  })
})
