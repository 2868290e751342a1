import type { RightsTable } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { actionNames, onlyActions, tokenState } from './tokens.ts'

const action = (id: string, name: string) => ({ id, name, reach: {}, mine: [] })
const table: RightsTable = {
  roles: ['office'],
  resources: [
    { id: 'run', name: 'Runs', actions: [action('run.read', 'See'), action('run.start', 'Start')] },
    { id: 'audit', name: 'Log', actions: [action('audit.read', 'Read')] },
  ],
}

test('a token is valid until the moment it expires, unless it was revoked', () => {
  const now = new Date('2026-07-01T00:00:00Z')
  const at = (expiresAt: string, revokedAt: string | null = null) => tokenState({ expiresAt, revokedAt }, now)
  expect(at('2026-07-01T00:00:00.001Z')).toBe('valid')
  expect(at('2026-07-01T00:00:00.000Z')).toBe('expired')
  expect(at('2026-08-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z')).toBe('revoked')
})

test('actions are named in the order of the table; one it does not have stays as it is', () => {
  expect(actionNames(table, ['audit.read', 'gone.away', 'run.start'])).toEqual([
    'Runs: Start',
    'Log: Read',
    'gone.away',
  ])
})

test('a part of the table has only what was asked for', () => {
  expect(onlyActions(table, ['run.read'])).toEqual([
    { ...table.resources[0], actions: [action('run.read', 'See')] },
  ])
})
