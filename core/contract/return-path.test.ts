import { expect, test } from 'vitest'
import { returnPath } from './return-path.ts'

test.each(['/', '/runs/1/ranking?league=1#top', '/people?search=%D0%B0'])('%s is a page of ours', (path) => {
  expect(returnPath(path)).toBe(path)
})

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  'runs/1',
  '/sign-in?to=/sign-in',
  '/sign-in/return?code=a',
  '',
  undefined,
  ['/runs'],
])('%j leads to the first page instead', (path) => {
  expect(returnPath(path)).toBe('/')
})
