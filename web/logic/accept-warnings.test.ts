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

test('warnings of one kind at one place are accepted together', () => {
  const groups = groupWarnings(
    [warning('/a', 'twice', { other: '1' }), warning('/a', 'twice', { other: '2' }), warning('/b', 'twice')],
    [],
  )
  expect(groups.map(({ path, issues }) => [path, issues.length])).toEqual([
    ['/a', 2],
    ['/b', 1],
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
