import { fromLocalTime, toLocalTime } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import type { Campaign } from '../contract.ts'
import { draftOf, newDraft, planOf } from './campaign-draft.ts'

const clock = {
  toField: (moment: string) => toLocalTime(new Date(moment), 'Asia/Almaty'),
  fromField: (text: string) => fromLocalTime(text, 'Asia/Almaty')?.toISOString() ?? null,
}

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
  expect(planOf(draftOf(plan as Campaign, clock), clock)).toEqual(plan)
  expect(planOf(draftOf({ ...plan, linked: null } as Campaign, clock), clock)).toEqual({
    ...plan,
    linked: null,
  })
})

test('without questions or a moment nothing is sent', () => {
  const draft = newDraft(new Date('2026-12-31T20:00:00Z'), clock, null)
  expect(planOf(draft, clock)).toBeNull()
  expect(planOf({ ...draft, versionId: 3 }, clock)).toMatchObject({ versionId: 3, threshold: 5 })
  expect(planOf({ ...draft, versionId: 3, closesAt: '' }, clock)).toBeNull()
  expect(draft).toMatchObject({ periodFrom: '2027-01-01', opensAt: '2027-01-01T01:00' })
})

test('the rated year that goes on is proposed where it is known', () => {
  const rated = { from: '2026-09-01', to: '2027-08-31' }
  expect(newDraft(new Date('2026-11-27T05:00:00Z'), clock, rated)).toMatchObject({
    periodFrom: '2026-09-01',
    periodTo: '2027-08-31',
  })
})

test('what is typed stays apart from what is stored', () => {
  const draft = draftOf(plan as Campaign, clock)
  draft.title.en = 'Winter'
  draft.linked!.ground.en = 'Winter'
  expect(words.en).toBe('Autumn')
})
