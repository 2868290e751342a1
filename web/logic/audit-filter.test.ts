import { expect, test } from 'vitest'
import { readAuditFilter } from './audit-filter.ts'
import { auditValue, isMoment } from './audit-value.ts'

test('what an address says is read, and nonsense is left out', () => {
  expect(readAuditFilter({ teacher: '7', action: 'update', from: '2026-01-31', table: 'core.unit' })).toEqual(
    {
      teacher: 7,
      account: undefined,
      table: 'core.unit',
      action: 'update',
      from: '2026-01-31',
      to: undefined,
      request: undefined,
    },
  )
  expect(readAuditFilter({ teacher: '-1', account: 'x', action: 'steal', from: 'yesterday' })).toEqual(
    readAuditFilter({}),
  )
})

test('a value is shown as it is written; what is absent is a dash', () => {
  expect([null, undefined, '', 'Ә', 7, true].map(auditValue)).toEqual(['—', '—', '—', 'Ә', '7', 'true'])
  expect(auditValue({ kk: 'А', list: [1, 'b'] })).toBe('{"kk": "А", "list": [1, "b"]}')
})

test('moments are told from days and other texts', () => {
  expect(['2026-11-26T16:11:55.093+00:00', '2026-11-26T16:11:55+00:00'].map(isMoment)).toEqual([true, true])
  expect(['2026-11-26', 'at 2026-11-26T16:11:55+00:00', 7, null].map(isMoment)).toEqual([
    false,
    false,
    false,
    false,
  ])
})
