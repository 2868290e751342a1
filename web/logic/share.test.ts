import { expect, test } from 'vitest'
import { percentOfShare, shareOfPercent } from './share.ts'

test('a percentage becomes an exact share and comes back', () => {
  expect(shareOfPercent('33,5')).toBe('0.335')
  expect(shareOfPercent('100')).toBe('1')
  expect(shareOfPercent('7 %')).toBe('0.07')
  expect(percentOfShare('0.335')).toBe('33.5')
  expect(percentOfShare('1')).toBe('100')
  expect(percentOfShare('0.07')).toBe('7')
})

test('nothing, zero and more than all are no share', () => {
  expect(['', '0', '100,1', 'half'].map(shareOfPercent)).toEqual([null, null, null, null])
  expect(percentOfShare(null)).toBe('')
})
