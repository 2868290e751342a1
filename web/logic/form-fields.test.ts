import { expect, test } from 'vitest'
import { z } from 'zod'
import { formFields, initialData, readNumber } from './form-fields.ts'

const schemaOf = (schema: z.ZodObject) => z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>
const textbook = schemaOf(
  z.object({
    type: z.enum(['textbook', 'manual']),
    title: z.string().max(500),
    sheets: z.number().positive().max(200),
    year: z.int().min(1990),
    stamped: z.boolean(),
    electronic: z.boolean().nullable().default(null),
    isbn: z.string().nullable().default(null),
    issuedOn: z.iso.date(),
    keywords: z.array(z.string()),
    indexes: z.array(z.enum(['wos', 'scopus'])),
    authors: z.array(z.object({ name: z.string() })),
  }),
)

test('every type gets its control', () => {
  const controls = Object.fromEntries(formFields(textbook).map(({ name, control }) => [name, control]))
  expect(controls).toEqual({
    type: 'select',
    title: 'text',
    sheets: 'number',
    year: 'integer',
    stamped: 'switch',
    electronic: 'select',
    isbn: 'text',
    issuedOn: 'date',
    keywords: 'list',
    indexes: 'choices',
    authors: 'other',
  })
})

test('a field that may be null or has a default is not required', () => {
  const required = formFields(textbook).filter((field) => field.required)
  expect(required.map(({ name }) => name)).not.toContain('isbn')
  expect(required.map(({ name }) => name)).toContain('sheets')
})

test('a yes-or-no question that may stay open offers yes and no to choose from', () => {
  expect(formFields(textbook).find(({ name }) => name === 'electronic')).toMatchObject({
    options: ['true', 'false'],
  })
})

test('limits that somebody set are kept, those of the number format are not', () => {
  const byName = new Map(formFields(textbook).map((field) => [field.name, field]))
  expect(byName.get('sheets')).toMatchObject({ minimum: 0, maximum: 200 })
  expect(byName.get('year')).toMatchObject({ minimum: 1990, maximum: null })
  expect(byName.get('title')).toMatchObject({ maxLength: 500 })
})

test('a field that is marked hidden is not asked for', () => {
  const schema = z.object({
    title: z.string(),
    authors: z
      .array(z.object({ name: z.string() }))
      .default([])
      .meta({ hidden: true }),
  })
  expect(formFields(schemaOf(schema)).map(({ name }) => name)).toEqual(['title'])
})

test('a new form starts with no where an answer is demanded, and with nothing else', () => {
  expect(initialData(textbook)).toEqual({ stamped: false })
})

test('numbers are read with comma or point; what is no number stays as it was typed', () => {
  expect(readNumber('12,5')).toBe(12.5)
  expect(readNumber('1 250 000')).toBe(1_250_000)
  expect(readNumber(' ')).toBeNull()
  expect(readNumber('12 sheets')).toBe('12 sheets')
})

test('a hidden field is not asked for; a switch with a default starts there', () => {
  const settings = schemaOf(
    z.object({
      lookUp: z.boolean().default(true),
      authors: z.array(z.string()).default([]).meta({ hidden: true }),
    }),
  )
  expect(formFields(settings)).toMatchObject([{ name: 'lookUp', control: 'switch', required: false }])
  expect(initialData(settings)).toMatchObject({ lookUp: true })
})
