import { z } from 'zod'
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

  test('takes identifiers as people paste them, in their one form', () => {
    const given = { doi: ' https://doi.org/10.1063/ABC ', issns: ['00280836'], isbns: ['0-306-40615-2'] }
    expect(workSchema.parse({ type: 'article', title: 'T', ...given })).toMatchObject({
      doi: '10.1063/abc',
      issns: ['0028-0836'],
      isbns: ['9780306406157'],
    })
  })

  test.each([
    [{ doi: 'none' }, 'doi-form'],
    [{ issns: ['0028-0837'] }, 'issn-checksum'],
    [{ issns: ['0000-0000'] }, 'issn-filler'],
    [{ isbns: ['9780306406158'] }, 'isbn-checksum'],
  ])('refuses %j with the reason %s', (fields, reason) => {
    const checked = workSchema.safeParse({ type: 'article', title: 'T', ...fields })
    expect(checked.error?.issues[0]).toMatchObject({ params: { code: `publications.${reason}` } })
  })

  test('has a form that asks neither for authors nor for related works', () => {
    const { properties } = z.toJSONSchema(workSchema, { io: 'input' })
    const hidden = Object.entries(properties ?? {}).filter(
      ([, field]) => (field as { hidden?: boolean }).hidden,
    )
    expect(hidden.map(([name]) => name)).toEqual(['authors', 'related'])
  })

  test('without a title is refused', () => {
    expect(workSchema.safeParse({ type: 'article', title: '  ' }).success).toBe(false)
  })
})
