import { expect, test } from 'vitest'
import { evidenceStates } from '../contract/resources/evidence.ts'
import { stepsFrom } from './moves.ts'

const steps = (meets: { change: boolean; judge: boolean; reopen: boolean }) =>
  Object.fromEntries(evidenceStates.map((state) => [state, stepsFrom(state, meets)]))

test('an author edits and submits until a decision is asked for', () => {
  expect(steps({ change: true, judge: false, reopen: false })).toEqual({
    draft: ['edit', 'submit'],
    submitted: [],
    returned: ['edit', 'submit'],
    approved: [],
    rejected: [],
  })
})

test('who judges decides about what is submitted, and about nothing else', () => {
  expect(steps({ change: false, judge: true, reopen: false })).toEqual({
    draft: [],
    submitted: ['return', 'approve', 'reject'],
    returned: [],
    approved: [],
    rejected: [],
  })
})

test('a decision is undone only by who may reopen', () => {
  expect(steps({ change: false, judge: false, reopen: true })).toEqual({
    draft: [],
    submitted: [],
    returned: [],
    approved: ['reopen'],
    rejected: ['reopen'],
  })
})
