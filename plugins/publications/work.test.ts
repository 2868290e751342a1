import { describe, expect, test } from 'vitest'
import { emptyWork, workSchema } from './work.ts'

describe('a work', () => {
  test('with only a type and a title has every other field unknown', () => {
    const work = emptyWork('article', 'On rating')
    expect(work).toMatchObject({
      year: null,
      date: null,
      doi: null,
      withStudents: null,
      authors: [],
    })
  })

  test.each(['2024', '2024-02', '2024-02-29'])('takes the partial date %s', (date) => {
    expect(workSchema.parse({ type: 'article', title: 'T', date }).date).toBe(date)
  })

  test.each(['24', '2024-13', '2024-00', '2024-02-32', '2024/02', ''])('refuses the date "%s"', (date) => {
    expect(workSchema.safeParse({ type: 'article', title: 'T', date }).success).toBe(false)
  })

  test('without a title is refused', () => {
    expect(workSchema.safeParse({ type: 'article', title: '  ' }).success).toBe(false)
  })
})
