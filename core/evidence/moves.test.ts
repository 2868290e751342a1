import { expect, test } from 'vitest'
import { evidenceStates } from '../contract/resources/evidence.ts'
import { moves, stepNames, stepsFrom } from './moves.ts'
import type { Step } from './moves.ts'

test('each state leads on by the steps that belong to it', () => {
  const all = new Set(stepNames)
  expect(Object.fromEntries(evidenceStates.map((state) => [state, stepsFrom(state, all)]))).toEqual({
    draft: ['edit', 'submit'],
    submitted: ['judge', 'return', 'approve', 'reject'],
    returned: ['edit', 'submit'],
    approved: ['judge', 'reopen'],
    rejected: ['reopen'],
  })
})

test('a step that is not allowed is not offered', () => {
  const allowed = new Set<Step>(['edit', 'reopen'])
  expect(evidenceStates.map((state) => stepsFrom(state, allowed))).toEqual([
    ['edit'],
    [],
    ['edit'],
    ['reopen'],
    ['reopen'],
  ])
})

test('to send back, to refuse and to reopen must be explained; what is submitted or approved must be whole', () => {
  const of = (name: 'reason' | 'whole', value: string | boolean) =>
    Object.entries(moves).flatMap(([move, rule]) => (rule[name] === value ? [move] : []))
  expect(of('reason', 'demanded')).toEqual(['return', 'reject', 'reopen'])
  expect(of('whole', true)).toEqual(['submit', 'approve'])
})
