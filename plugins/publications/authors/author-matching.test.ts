import type { ApprovedEntry, TeacherName } from '@ustaz/core/plugin'
import { describe, expect, test } from 'vitest'
import { authorFeatures, featuresOf, standingReasons } from './author-features.ts'
import { authorExamples } from './author-matching.ts'
import { indexKnown } from './know-teachers.ts'
import type { Suggestion } from './match-authors.ts'

const teacher = (id: number, familyName: string, givenName: string): TeacherName => ({
  ...{ id, code: `T${id}`, familyName, givenName },
  ...{ patronymic: null, latinName: null, orcid: null },
})
/** Two Akhmetovs, of whom the first is of the department of Orazbayeva. */
const known = indexKnown(
  [teacher(1, 'Ахметов', 'Марат'), teacher(2, 'Ахметов', 'Мурат'), teacher(3, 'Оразбаева', 'Айгүл')],
  [
    { teacherId: 1, unitId: 10 },
    { teacherId: 2, unitId: 20 },
    { teacherId: 3, unitId: 10 },
  ],
)
const author = (family: string, given: string) => ({ family, given })
type Work = Pick<ApprovedEntry, 'id' | 'data' | 'participants'>
const work = (id: number, authors: object[], participants: [number | null, string][]): Work => ({
  id,
  data: { authors: authors.map((one, i) => ({ ...one, sequence: i + 1 })) },
  participants: participants.map(([teacherId, name]) => ({ teacherId, name })),
})
const akhmetov = author('Akhmetov', 'M.')
const orazbayeva = author('Orazbayeva', 'A.')
const at = (features: readonly (number | null)[], name: (typeof authorFeatures)[number]) =>
  features[authorFeatures.indexOf(name)]

describe('approved works with printed names', () => {
  const both: [number | null, string][] = [
    [1, 'Ахметов Марат'],
    [3, 'Оразбаева Айгүл'],
  ]
  const works = [1, 2, 3].map((id) => work(id, [akhmetov, orazbayeva], both))

  test('ask of each name which of the namesakes takes part, beside the others who do', () => {
    const [first] = authorExamples(works, known)
    expect(first!.key).toBe('1/0')
    expect(first!.candidates.map(({ right }) => right)).toEqual([true, false])
    const [right, wrong] = first!.candidates.map(({ features }) => features)
    expect(at(right!, 'same-unit')).toBe(1)
    expect(at(wrong!, 'same-unit')).toBe(0)
    // The two Akhmetovs share the family name: log2(1 + 1) / 6.
    expect(at(right!, 'namesakes')).toBeCloseTo(1 / 6, 9)
  })

  test('count what two did together without the work that is asked about', () => {
    const [first] = authorExamples(works, known)
    // Two other works of three: log2(1 + 2) / 4.
    expect(at(first!.candidates[0]!.features, 'together')).toBeCloseTo(Math.log2(3) / 4, 9)
    expect(at(first!.candidates[1]!.features, 'together')).toBe(0)
    const [alone] = authorExamples(works.slice(0, 1), known)
    expect(at(alone!.candidates[0]!.features, 'together')).toBe(0)
  })

  test('make no candidate of those who take part as somebody else', () => {
    const found = authorExamples(works, known)
    expect(found[1]!.candidates).toHaveLength(1)
    const three = work(9, [akhmetov, akhmetov], [[1, 'Ахметов Марат'], [2, 'Ахметов Мурат']]) // prettier-ignore
    const [one, two] = authorExamples([three], known)
    expect(one!.candidates).toMatchObject([{ right: true }])
    expect(two!.candidates).toMatchObject([{ right: true }])
  })

  test('have no right candidate for a name that is nobody of the university', () => {
    const [outsider] = authorExamples([work(4, [akhmetov], [[null, 'Akhmetov M.']])], known)
    expect(outsider!.candidates.map(({ right }) => right)).toEqual([false, false])
    expect(at(outsider!.candidates[0]!.features, 'together')).toBeNull()
    expect(at(outsider!.candidates[0]!.features, 'same-unit')).toBeNull()
  })

  test('ask of a name in full once more with an initial, held out together', () => {
    const full = work(7, [author('Akhmetov', 'Marat')], [[1, 'Ахметов Марат']])
    const found = authorExamples([full], known)
    expect(found.map(({ key }) => key)).toEqual(['7/0', '7/0'])
    expect(found[0]!.candidates.map(({ right }) => right)).toEqual([true])
    expect(found[1]!.candidates.map(({ right }) => right)).toEqual([true, false])
    expect(at(found[1]!.candidates[0]!.features, 'given-full')).toBe(0)
  })

  test('are understood where people stand in another order, and left out where no names are printed', () => {
    const turned = work(5, [akhmetov, orazbayeva], [both[1]!, both[0]!])
    expect(authorExamples([turned], known)[0]!.candidates.map(({ right }) => right)).toEqual([true, false])
    expect(authorExamples([work(6, [], both), { ...works[0]!, data: { authors: 'none' } }], known)).toEqual(
      [],
    )
  })
})

describe('what tells a candidate', () => {
  const paramsOf = (code: string): Record<string, number> => (code === 'homonyms' ? { count: 4 } : {})
  const suggestion = (...codes: string[]): Suggestion => ({
    teacherId: 1,
    confidence: 0.6,
    reasons: codes.map((code) => ({ code, params: paramsOf(code) })),
  })
  test('is in numbers from 0 to 1, and unknown where it is not known', () => {
    const standing = { namesakes: 1, sameUnit: null, together: null }
    const features = featuresOf(suggestion('family-transliterated', 'given-initial', 'homonyms'), standing)
    expect(features).toEqual([0.6, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0.75, 0, null, null])
    expect(features).toHaveLength(authorFeatures.length)
    const many = featuresOf(suggestion('orcid-same'), { namesakes: 999, sameUnit: true, together: 999 })
    expect(many.every((value) => value !== null && value >= 0 && value <= 1)).toBe(true)
  })
  test('is said in reasons, of works together only where there are some', () => {
    expect(standingReasons({ namesakes: 3, sameUnit: true, together: 2 })).toEqual([
      { code: 'worked-together', params: { count: 2 } },
      { code: 'same-unit', params: {} },
      { code: 'namesakes', params: { count: 3 } },
    ])
    expect(standingReasons({ namesakes: 1, sameUnit: false, together: 0 })).toEqual([])
  })
})
