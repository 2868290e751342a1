import type { RegulationIssue } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { groupWarnings } from './accept-warnings.ts'

const warning = (path: string, code: string, params: Record<string, unknown> = {}): RegulationIssue => ({
  path,
  code,
  params,
  message: code,
  severity: 'warning',
})

const several = [
  warning('/a', 'twice', { other: '1' }),
  warning('/a', 'twice', { other: '2' }),
  warning('/b', 'twice'),
  warning('/b', 'idle'),
]

test('warnings of one rule are accepted together, wherever they stand', () => {
  const groups = groupWarnings(several, [])
  expect(groups.map(({ code, paths, issues }) => [code, paths, issues.length])).toEqual([
    ['twice', ['/a', '/b'], 3],
    ['idle', ['/b'], 1],
  ])
})

test('where one asks for it, the warnings of a rule get a reason for each place', () => {
  const groups = groupWarnings(several, [], new Set(['twice']))
  expect(groups.map(({ code, paths, issues }) => [code, paths, issues.length])).toEqual([
    ['twice', ['/a'], 2],
    ['twice', ['/b'], 1],
    ['idle', ['/b'], 1],
  ])
})

test('what was accepted before stands apart from what is new', () => {
  const before = [{ code: 'twice', params: {}, reason: 'so the senate decided' }]
  const groups = groupWarnings(several, before)
  expect(groups.map(({ code, paths, before: reason }) => [code, paths, reason])).toEqual([
    ['twice', ['/a'], ''],
    ['twice', ['/b'], 'so the senate decided'],
    ['idle', ['/b'], ''],
  ])
})

test('a reason given before holds for the same warning about the same clause, wherever it stands now', () => {
  const before = [{ code: 'twice', params: { clause: '1', other: '2' }, reason: 'so the senate decided' }]
  const reasonOf = (...issues: RegulationIssue[]) => groupWarnings(issues, before)[0]?.before
  expect(reasonOf(warning('/criteria/9', 'twice', { clause: '1', other: '2' }))).toBe('so the senate decided')
  expect(reasonOf(warning('/criteria/0', 'twice', { clause: '1', other: '3' }))).toBe('')
  const both = [
    { clause: '1', other: '2' },
    { clause: '1', other: '3' },
  ].map((params) => warning('/a', 'twice', params))
  expect(reasonOf(...both)).toBe('')
})
