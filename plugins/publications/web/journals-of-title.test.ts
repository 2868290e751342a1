import { expect, test } from 'vitest'
import type { Journal } from '../contract.ts'
import { journalsOfTitle } from './journals-of-title.ts'

const journal = (title: string, ...issns: string[]): Journal => ({ title, issns, standings: [] })
const all = [
  journal('The Journal of Physics', '1234-5679'),
  journal('Journal of Physics A', '2049-3630'),
  journal('Journal of Physics'),
]

test('a journal is found by its whole title, whatever the case and signs, and only with an ISSN', () => {
  expect(journalsOfTitle(all, 'journal of  physics.')).toEqual([all[0]])
  expect(journalsOfTitle(all, 'Journal of Physics A')).toEqual([all[1]])
})

test('a part of a title, or none, finds nothing', () => {
  expect(journalsOfTitle(all, 'Physics')).toEqual([])
  expect(journalsOfTitle(all, ' . ')).toEqual([])
})
