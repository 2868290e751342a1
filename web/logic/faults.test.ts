import { expect, test } from 'vitest'
import { formFaults } from './faults.ts'

test('every fault stands beside the field it is about', () => {
  const faults = formFaults([
    { path: '/data/sheets', message: 'Fill in the sheets.' },
    { path: '/participants/1/role', message: 'Say the role.' },
    { path: '/participants', message: 'No teacher.' },
    { path: '/files', message: 'A file is needed.' },
    { path: '/data', message: 'The dates contradict each other.' },
  ])
  expect(faults.data).toEqual({ sheets: 'Fill in the sheets.' })
  expect(faults.participants).toEqual({ '1': 'Say the role.', '': 'No teacher.' })
  expect(faults.files).toBe('A file is needed.')
  expect(faults.other).toEqual(['The dates contradict each other.'])
})

test('the first fault of a field is the one that is shown', () => {
  const { data } = formFaults([
    { path: '/data/a~1b', message: 'first' },
    { path: '/data/a~1b', message: 'second' },
  ])
  expect(data).toEqual({ 'a/b': 'first' })
})
