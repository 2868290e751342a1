import { describe, expect, test } from 'vitest'
import { changedFields } from '../changed-fields.ts'
import { asTheyWere } from './as-they-were.ts'
import { featuresOf, likenessFeatures, likenessOf } from './likeness.ts'
import type { Compared } from './likeness.ts'

const entry = (fields: Partial<Compared> = {}): Compared => ({
  ...{ title: 'On soils', happenedOn: '2026-03-01', identity: null, teacherIds: [1, 2] },
  data: { title: 'On soils', year: 2026, pages: '3-9', volume: null, issns: ['1234-5679', '2049-3630'] },
  ...fields,
})

describe('two entries with one title', () => {
  test('are told by fields known of both, beside the title, by their days and people', () => {
    const other = entry({
      data: { title: 'ON SOILS.', year: 2025, pages: '3–9', volume: '4', issns: ['2049-3630'] },
      happenedOn: '2026-03-11',
      teacherIds: [2],
    })
    expect(likenessOf(null, entry(), other)).toEqual({
      ...{ verdict: 'perhaps', days: 10, people: 1, most: 1 },
      agree: ['pages', 'issns'],
      differ: ['year'],
    })
  })

  test('are told in numbers from 0 to 1, and unknown is not 0', () => {
    const bare = entry({ data: { title: 'On soils' }, happenedOn: null, teacherIds: [] })
    const unknown = featuresOf(likenessOf(null, bare, entry()), bare, entry())
    expect(unknown).toEqual([0.25, null, null, null, null, 0, null, 0.07, 1])
    const whole = entry({ identity: 'doi:1' })
    const other = entry({ identity: 'doi:2' })
    expect(featuresOf(likenessOf(null, whole, other), whole, other)).toEqual([
      0.25, 1, 0, 1, 1, 0, 0, 0.07, 1,
    ])
    expect(unknown).toHaveLength(likenessFeatures.length)
  })
})

test('an entry before its latest changes is what the history takes back, people who came at the end too', () => {
  const person = (teacherId: number | null) =>
    ({ teacherId, name: 'x', role: null, share: null, affiliated: true }) as never
  const was = { data: { 'a/b': 1, c: 2 }, happenedOn: '2026-01-01', participants: [person(1)] }
  const then = { data: { 'a/b': 1, c: 3 }, happenedOn: null, participants: [person(1), person(2)] }
  const is = { data: { 'a/b': 5 }, happenedOn: null, participants: [person(3), person(2)] }
  const changes = [changedFields(then, is), changedFields(was, then)]
  const now = { data: is.data, happenedOn: null, teacherIds: [3, 2] }
  expect(asTheyWere(now, changes)).toEqual({
    data: { 'a/b': 1, c: 2 },
    happenedOn: '2026-01-01',
    teacherIds: [1],
  })
  expect(asTheyWere(now, [])).toEqual(now)
})
