import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkData } from './check-data.ts'

const schema = z.object({
  title: z.string().trim().min(1),
  sheets: z.number().positive(),
  stamp: z.enum(['ministry', 'none']).default('none'),
  isbn: z.string().nullable().default(null),
  venue: z.object({ city: z.string() }).optional(),
})
const pathsOf = (issues: readonly z.core.$ZodIssue[]) => issues.map(({ path }) => path.join('.'))

test('whole data come out as the schema puts them out, without fields it does not know', () => {
  const given = { title: ' Algebra ', sheets: 2.5, colour: 'red' }
  expect(checkData(schema, given)).toEqual({
    data: { title: 'Algebra', sheets: 2.5, stamp: 'none', isbn: null },
    wrong: [],
    gaps: [],
  })
})

test('a field that is missing, null or empty is a gap, not a fault', () => {
  for (const title of [undefined, null, '']) {
    const { data, wrong, gaps } = checkData(schema, { title, stamp: 'ministry' })
    expect({ data, wrong }).toEqual({ data: { stamp: 'ministry', isbn: null }, wrong: [] })
    expect(pathsOf(gaps)).toEqual(['title', 'sheets'])
  }
})

test('a field that is given and wrong is a fault even where others are missing', () => {
  const { wrong, gaps } = checkData(schema, { sheets: 'many', stamp: 'gold' })
  expect(pathsOf(wrong)).toEqual(['sheets', 'stamp'])
  expect(pathsOf(gaps)).toEqual(['title'])
})

test('a gap inside a part that is given is a gap', () => {
  const { wrong, gaps } = checkData(schema, { title: 'A', sheets: 1, venue: {} })
  expect(pathsOf(wrong)).toEqual([])
  expect(pathsOf(gaps)).toEqual(['venue.city'])
})

test('what does not hold together as a whole stops a submission, not a draft', () => {
  const lasting = z.object({ from: z.number(), to: z.number() }).refine(({ from, to }) => from <= to)
  const { wrong, gaps } = checkData(lasting, { from: 3, to: 1 })
  expect(wrong).toEqual([])
  expect(gaps).toHaveLength(1)
})

test('what was checked once is the same when checked again', () => {
  const field = fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.constantFrom(null, 'none', undefined))
  const given = fc.record({ title: field, sheets: field, stamp: field, isbn: field }, { requiredKeys: [] })
  fc.assert(
    fc.property(given, (input) => {
      const once = checkData(schema, input)
      expect(checkData(schema, once.data)).toEqual(once)
    }),
  )
})
