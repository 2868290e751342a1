import { expect, test } from 'vitest'
import { newPlan, planned } from './plan.ts'

const now = new Date('2026-06-30T09:00:00Z')
const clock = {
  toField: (moment: string) => moment.slice(0, 16),
  fromField: (text: string) => (text === '' ? null : new Date(`${text}Z`).toISOString()),
}
const experts = [{ id: 7, name: 'A', fixed: false }]
const title = { kk: 'Салмақ', ru: ' Вес ', en: 'Weight' }

test('a new plan opens now and closes in two weeks; it is sent once it has a title in three languages and an expert', () => {
  expect(planned(newPlan(now, clock), clock)).toBeNull()
  expect(planned({ ...newPlan(now, clock), experts }, clock)).toBeNull()
  expect(planned({ ...newPlan(now, clock), title }, clock)).toBeNull()
  expect(planned({ ...newPlan(now, clock), title, experts, closesAt: '' }, clock)).toBeNull()
  expect(planned({ ...newPlan(now, clock), title, experts }, clock)).toEqual({
    title: { kk: 'Салмақ', ru: 'Вес', en: 'Weight' },
    opensAt: '2026-06-30T09:00:00.000Z',
    closesAt: '2026-07-14T09:00:00.000Z',
    experts: [7],
  })
})

test('a moment that was not touched stays exact, one that was is taken to the minute', () => {
  const before = { opensAt: '2026-06-30T09:00:42.123Z', closesAt: '2026-07-14T09:00:42.123Z' }
  const plan = { ...newPlan(now, clock), title, experts }
  expect(planned(plan, clock, before)).toMatchObject(before)
  const moved = planned({ ...plan, closesAt: plan.closesAt.replace(':00', ':30') }, clock, before)
  expect(moved).toMatchObject({ opensAt: before.opensAt, closesAt: '2026-07-14T09:30:00.000Z' })
})
