import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { UstazError } from '../contract/problem.ts'
import { exampleDocument, exampleInput } from './example-document.ts'
import { hashDocument } from '../rating/document/canonical-json.ts'
import { toJson, toYaml } from './export-document.ts'
import { maxDocumentBytes, parseRegulation } from './parse-document.ts'

function refusalOf(source: string | Uint8Array): UstazError {
  try {
    parseRegulation(source)
  } catch (error) {
    if (error instanceof UstazError) return error
    throw error
  }
  throw new Error('the document was not refused')
}
const placesOf = (error: UstazError) =>
  error.issues.map(({ path, code, params }) => `${String(params['sourceLine'])} ${path} ${code}`)

test('YAML and JSON of the same document are the same document', () => {
  const input = exampleInput()
  expect(parseRegulation(stringify(input))).toEqual(exampleDocument())
  expect(parseRegulation(JSON.stringify(input, null, '\t'))).toEqual(exampleDocument())
  expect(parseRegulation(new TextEncoder().encode(stringify(input)))).toEqual(exampleDocument())
})

test('plain numbers keep their digits as written', () => {
  const yaml = stringify(exampleInput()).replace('points: "45"', 'points: 45.50')
  expect(parseRegulation(yaml).criteria[0]?.points).toMatchObject({ points: '45.50' })
})

test('what is exported is read back as the same document, whatever its numbers and texts', () => {
  const decimal = fc
    .tuple(fc.integer({ min: -9999, max: 9999 }), fc.nat(999_999))
    .map(([whole, part]) => `${whole}.${part}`)
  const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => value.isWellFormed())
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1, maxLength: 5 }), text, text, (points, title, source) => {
      const document = exampleDocument({
        title: { kk: title, ru: title, en: title },
        source,
        norms: points.map((byProfessor, index) => ({
          id: `N${index}`,
          title: { kk: title, ru: title, en: title },
          byPosition: { professor: byProfessor },
        })),
      })
      for (const exported of [toYaml(document), toJson(document)]) {
        expect(parseRegulation(exported)).toEqual(document)
        expect(hashDocument(parseRegulation(exported))).toBe(hashDocument(document))
      }
      expect(toYaml(parseRegulation(toYaml(document)))).toBe(toYaml(document))
    }),
    { numRuns: 40 },
  )
})

test('every fault is named with its path and line', () => {
  const yaml = [
    'code: Example', // 1
    'areas:', // 2
    '  - id: A1', // 3
    '    cap: many', // 4
    '    colour: red', // 5
    'criteria:', // 6
    '  - points:', // 7
    '      kind: magic', // 8
    'rounding: { digits: 9 }', // 9
    'bogus: 1', // 10
  ].join('\n')
  const error = refusalOf(yaml)
  expect(error).toMatchObject({ code: 'regulation-invalid', status: 422 })
  expect(placesOf(error)).toEqual(
    expect.arrayContaining([
      '1 /code form.pattern',
      '1 /version missing',
      '3 /areas/0/title missing',
      '4 /areas/0/cap form.pattern',
      '5 /areas/0 unknown-fields',
      '8 /criteria/0/points/kind choice',
      '9 /rounding/digits big.number',
      '10  unknown-fields',
    ]),
  )
  expect(error.params['count']).toBe(error.issues.length)
})

test('a misspelt key is a fault, not a rule that is silently left out', () => {
  const yaml = stringify(exampleInput()).replace('of: sheets', 'of: sheets\n      whenUnkown: 0')
  expect(placesOf(refusalOf(yaml))).toEqual([
    expect.stringMatching(/^\d+ \/criteria\/0\/points unknown-fields$/),
  ])
})

test('aliases are refused with their line, so that a small file cannot grow', () => {
  const bomb = ['a: &a [x, x]', 'b: &b [*a, *a]', 'c: [*b, *b]'].join('\n')
  const error = refusalOf(bomb)
  expect(error.code).toBe('regulation-unreadable')
  expect(placesOf(error)).toEqual([
    '2  regulation.alias',
    '2  regulation.alias',
    '3  regulation.alias',
    '3  regulation.alias',
  ])
})

test('what is no YAML is refused with the line', () => {
  expect(placesOf(refusalOf('a: 1\nb: [1, 2'))).toEqual(['2  regulation.not-yaml'])
  expect(placesOf(refusalOf('a: 1\na: 2'))).toEqual(['2  regulation.not-yaml'])
  expect(placesOf(refusalOf('--- a\n--- b'))).toEqual(['2  regulation.not-yaml'])
})

test('a text nested without end, or with thousands of faults, is refused with at most 100 of them', () => {
  for (const text of ['['.repeat(50_000), '{"a":'.repeat(10_000), `areas: [${'{},'.repeat(5000)}]`]) {
    const error = refusalOf(text)
    expect(['regulation-unreadable', 'regulation-invalid']).toContain(error.code)
    expect(error.issues.length).toBeLessThanOrEqual(100)
  }
})

test('what is too large, or no text, or no document is refused', () => {
  expect(refusalOf('x'.repeat(maxDocumentBytes + 1))).toMatchObject({
    code: 'regulation-too-large',
    status: 413,
  })
  expect(refusalOf('[1,'.repeat(100_000))).toMatchObject({ code: 'regulation-too-long', status: 413 })
  expect(refusalOf(Uint8Array.of(0x50, 0x4b, 0x03, 0xff)).code).toBe('regulation-not-text')
  for (const text of ['', 'just words', '[1, 2]', 'null', '!!binary aGk=']) {
    expect(refusalOf(text).code).toBe('regulation-invalid')
  }
})

test('keys that mean something to JavaScript are only unknown keys', () => {
  const error = refusalOf(`${stringify(exampleInput())}__proto__: { code: x }\nconstructor: 1\n`)
  expect(error.issues.map(({ params }) => params['fields'])).toEqual([['__proto__', 'constructor']])
})
