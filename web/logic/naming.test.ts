import { expect, test } from 'vitest'
import { z } from 'zod'
import { indicatorsAt, isFlagAt, offersAt } from './naming.ts'
import type { NamingContext } from './naming.ts'
import type { Naming } from './schema-node.ts'

const attributes = z.toJSONSchema(
  z.object({
    type: z.enum(['book', 'manual']),
    sheets: z.number().nullable(),
    electronic: z.boolean().nullable(),
  }),
) as Record<string, unknown>
const document = {
  areas: [{ id: 'A' }, { id: 'B' }],
  coefficients: [{ id: 'C', rule: { kind: 'table', by: 'type', points: { book: '1' } } }],
  criteria: [
    {
      id: '1',
      indicator: 'books.book',
      factors: ['C'],
      where: [
        { value: 'type', is: ['book'] },
        { value: 'electronic', is: [true] },
      ],
      points: { kind: 'table', by: 'role', points: {} },
    },
  ],
  norms: [{ id: 'N', exceptions: [{ where: [{ value: 'teacher.position', is: ['x'] }] }] }],
  amendments: [{ id: 'M', points: { 1: { kind: 'per-value', of: 'sheets' } } }],
}
const context: NamingContext = {
  document,
  catalogue: {
    plugins: [],
    functions: [],
    weightings: [{ id: 'shares.points', plugin: 'shares', params: {} }],
    indicators: [{ id: 'books.book', plugin: 'books', unit: 'item', source: 'evidence', attributes }],
    evidenceKinds: [
      {
        indicator: 'books.book',
        plugin: 'books',
        unit: 'item',
        schema: {},
        roles: ['author', 'editor'],
        participants: 'many',
        files: { required: false, maxBytes: 1, mediaTypes: [] },
      },
    ],
  },
  positions: ['professor', 'lecturer'],
  degrees: [],
}
const naming = (names: string, of: string | null = null): Naming => ({ names, of })
const offered = (what: Naming, ...path: (string | number)[]) =>
  offersAt(what, path, context).map(({ value }) => value)

test('clauses of the document, kinds of fact, weightings and positions are offered', () => {
  expect(offered(naming('area'))).toEqual(['A', 'B'])
  expect(offered(naming('counted'))).toEqual(['A', 'B', '1'])
  expect(offered(naming('clause'))).toEqual(['A', 'B', 'C', '1', 'N', 'M'])
  expect(offered(naming('indicator'))).toEqual(['books.book'])
  expect(offered(naming('weighting'))).toEqual(['shares.points'])
  expect(offered(naming('position'))).toEqual(['professor', 'lecturer'])
})

test('values are those of the kind of fact that the place is about, and of the teacher', () => {
  const values = offered(naming('value'), 'criteria', 0, 'where', 0, 'value')
  expect(values).toEqual(expect.arrayContaining(['type', 'sheets', 'quantity', 'role', 'teacher.rate']))
  expect(offered(naming('value'), 'coefficients', 0, 'rule', 'by')).toContain('type')
  expect(offered(naming('value'), 'amendments', 0, 'points', '1', 'of')).toContain('sheets')
  const ofTeacher = offered(naming('value'), 'norms', 0, 'exceptions', 0, 'where', 0, 'value')
  expect(ofTeacher.every((name) => name.startsWith('teacher.'))).toBe(true)
  expect(indicatorsAt(document, ['norms', 0])).toEqual([])
})

test('choices are those of the value that stands beside them', () => {
  const choice = naming('choice', 'value')
  expect(offered(choice, 'criteria', 0, 'where', 0, 'is', 0)).toEqual(['book', 'manual'])
  expect(offered(choice, 'criteria', 0, 'where', 1, 'is', 0)).toEqual(['true', 'false'])
  expect(offered(naming('choice', 'by'), 'criteria', 0, 'points', 'points', 'x')).toEqual([
    'author',
    'editor',
  ])
  expect(offered(choice, 'norms', 0, 'exceptions', 0, 'where', 0, 'is', 0)).toEqual(['professor', 'lecturer'])
  expect(isFlagAt(choice, ['criteria', 0, 'where', 1, 'is', 0], context)).toBe(true)
  expect(isFlagAt(choice, ['criteria', 0, 'where', 0, 'is', 0], context)).toBe(false)
})

test('what nothing is known about may be written freely', () => {
  expect(offered(naming('formula'), 'criteria', 0, 'points', 'formula')).toEqual([])
  expect(offered(naming('choice', 'column'), 'criteria', 0, 'points', 'points', 'x')).toEqual([])
})
