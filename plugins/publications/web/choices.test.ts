import { expect, test } from 'vitest'
import type { ProposedWork, Suggestion } from '../contract.ts'
import { workSchema } from '../work.ts'
import { isReady, participantsOf, undecided, withSuggestions } from './choices.ts'

const suggestion = (teacherId: number, confidence: number): Suggestion => ({
  ...{ teacherId, confidence, learned: true, worthAsking: confidence >= 0.5 },
  code: `T${teacherId}`,
  name: `Teacher ${teacherId}`,
  reasons: [],
})
const proposed = (...authors: [string, Suggestion[]][]): ProposedWork => ({
  work: workSchema.parse({ type: 'article', title: 'On soils' }),
  happenedOn: null,
  notes: [],
  known: null,
  authors: authors.map(([name, suggestions]) => ({ name, suggestions })),
})

test('nobody is anybody before a person says so', () => {
  const work = proposed(['Alimbek A.', [suggestion(1, 0.99)]])
  const choice = undecided(work, true)
  expect(choice).toEqual({ take: true, teachers: [null], added: [] })
  expect(isReady(choice)).toBe(false)
})

test('what is there already is not marked to be entered', () => {
  const known = { id: 7, title: 'On soils', state: 'draft', identity: null, certain: true } as const
  expect(undecided({ ...proposed(), known }, true).take).toBe(false)
})

test('sure suggestions are taken, two that fit equally well are left to the person', () => {
  const work = proposed(
    ['A', [suggestion(1, 0.95), suggestion(2, 0.4)]],
    ['B', [suggestion(3, 0.92), suggestion(4, 0.92)]],
    ['C', [suggestion(5, 0.6)]],
  )
  const { teachers } = withSuggestions(work, undecided(work, true), 0.9)
  expect(teachers).toEqual([{ teacherId: 1, name: 'Teacher 1' }, null, null])
})

test('one teacher is not two authors of a work', () => {
  const work = proposed(['A', [suggestion(1, 0.95)]], ['A.', [suggestion(1, 0.95)]])
  expect(withSuggestions(work, undecided(work, true), 0.9).teachers[1]).toBeNull()
})

test('all authors become participants, only teachers as affiliated', () => {
  const work = proposed(['Alimbek A.', [suggestion(1, 0.95)]], ['Smith J.', []])
  const choice = { take: true, teachers: [{ teacherId: 1, name: 'Teacher 1' }, null], added: [] }
  expect(participantsOf(work, choice)).toEqual([
    { teacherId: 1, name: 'Teacher 1', role: 'author', share: null, affiliated: true },
    { teacherId: null, name: 'Smith J.', role: 'author', share: null, affiliated: false },
  ])
})
