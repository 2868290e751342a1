import { expect, test } from 'vitest'
import type { Campaign } from '../contract.ts'
import { draftOf, newDraft, planOf } from './campaign-draft.ts'

const words = { kk: 'Күз', ru: 'Осень', en: 'Autumn' }
const plan = {
  title: words,
  versionId: 3,
  periodFrom: '2026-09-01',
  periodTo: '2026-12-31',
  opensAt: '2026-11-01T04:00:00.000Z',
  closesAt: '2026-11-15T19:00:00.000Z',
  threshold: 7,
  linked: { ground: words },
}

test('a survey comes out of its form as it went in', () => {
  expect(planOf(draftOf(plan as Campaign))).toEqual(plan)
  expect(planOf(draftOf({ ...plan, linked: null } as Campaign))).toEqual({ ...plan, linked: null })
})

test('without questions or a moment nothing is sent', () => {
  const draft = newDraft(new Date('2026-11-01T04:00:00Z'))
  expect(planOf(draft)).toBeNull()
  expect(planOf({ ...draft, versionId: 3 })).toMatchObject({ versionId: 3, threshold: 5 })
  expect(planOf({ ...draft, versionId: 3, closesAt: '' })).toBeNull()
})

test('what is typed stays apart from what is stored', () => {
  const draft = draftOf(plan as Campaign)
  draft.title.en = 'Winter'
  draft.linked!.ground.en = 'Winter'
  expect(words.en).toBe('Autumn')
})
