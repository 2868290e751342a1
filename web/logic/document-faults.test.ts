import type { RegulationIssue } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { documentFaults } from './document-faults.ts'

const issue = (path: string, severity: RegulationIssue['severity'] = 'error'): RegulationIssue => ({
  path,
  code: 'x',
  params: {},
  message: path,
  severity,
})

test('what was found stands at its place and is counted in all that is around it', () => {
  const faults = documentFaults([
    issue('/criteria/1', 'note'),
    issue('/criteria/1', 'warning'),
    issue('/criteria/1/points'),
    issue('/criteria/10/id'),
  ])
  expect(faults.at(['criteria', 1]).map(({ severity }) => severity)).toEqual(['warning', 'note'])
  expect(faults.below(['criteria', 1])).toEqual({ errors: 1, warnings: 1 })
  expect(faults.below(['criteria'])).toEqual({ errors: 2, warnings: 1 })
  expect(faults.all.map(({ severity }) => severity)).toEqual(['error', 'error', 'warning', 'note'])
})
