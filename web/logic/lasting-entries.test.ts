import type { TeacherPoints } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { lastingOfKind } from './lasting-entries.ts'

const title = (text: string) => ({ kk: text, ru: text, en: text })
const line = (evidenceId: number, indicator: string) => ({
  fact: { evidenceId, indicator, evidenceTitle: `IELTS ${evidenceId}`, happenedOn: '2025-05-01' },
})
const points = {
  entered: {
    lines: [
      line(1, 'q.language'),
      line(2, 'q.language'),
      line(3, 'q.course'),
      line(4, 'q.language'),
      { fact: null },
    ],
  },
  lasting: [
    { evidenceId: 1, clause: '5.1', title: title('Language'), until: '2027-08-31' },
    { evidenceId: 1, clause: '5.2', title: title('Level'), until: '2028-08-31' },
    { evidenceId: 2, clause: '5.1', title: title('Language'), until: '2029-08-31' },
    { evidenceId: 3, clause: '5.3', title: title('Course'), until: '2027-08-31' },
  ],
} as unknown as TeacherPoints

test('entries of the kind that still count are named once, with the clause that counts them longest', () => {
  expect(
    lastingOfKind(points, 'q.language').map(({ evidenceId, clause, until }) => [evidenceId, clause, until]),
  ).toEqual([
    [2, '5.1', '2029-08-31'],
    [1, '5.2', '2028-08-31'],
  ])
  expect(lastingOfKind(points, 'q.stay')).toEqual([])
})
