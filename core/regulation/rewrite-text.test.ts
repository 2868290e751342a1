import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { parseRegulation } from './parse-document.ts'
import { rewriteText } from './rewrite-text.ts'

let text: string
let document: RegulationDocument
beforeAll(async () => {
  const shipped = await readFile(new URL('../../regulations/kazutb-teacher.yaml', import.meta.url), 'utf8')
  // The worked examples are half of the lines, and are written like the rest.
  text = shipped.slice(0, shipped.indexOf('\n# Worked examples') + 1)
  document = parseRegulation(text)
})

const changed = (change: (copy: RegulationDocument) => void) => {
  const copy = structuredClone(document)
  change(copy)
  return copy
}
const commentsOf = (yaml: string) =>
  yaml
    .split('\n')
    .filter((line) => line.trim().startsWith('#'))
    .map((line) => line.trim())

test('a text that says the document already stays to the letter', () => {
  expect(rewriteText(text, document)).toBe(text)
})

test('a changed value is written in its place, all comments stay', () => {
  const target = changed(({ criteria }) => (criteria[3]!.points = { kind: 'per-unit', points: '77.50' }))
  const written = rewriteText(text, target)
  expect(parseRegulation(written)).toEqual(target)
  expect(commentsOf(written)).toEqual(commentsOf(text))
  expect(written).toContain('points: { kind: per-unit, points: 77.50 }')
})

test('a value that stood there by default is written once it says something else', () => {
  const target = changed(({ areas }) => (areas[0]!.cap = '1000'))
  const written = rewriteText(text, target)
  expect(parseRegulation(written)).toEqual(target)
  expect(written.match(/^\s+cap:/gm)).toHaveLength((text.match(/^\s+cap:/gm) ?? []).length + 1)
})

test('a clause that is moved takes its comments along, one that is deleted takes them with it', () => {
  const comment = '# A place below the third is not in the table: 0 points.'
  expect(text).toContain(`${comment}\n  - id: '1.1.6'`)
  const last = changed(({ criteria }) => criteria.push(...criteria.splice(5, 1)))
  expect(rewriteText(text, last)).toMatch(new RegExp(`${comment}\\n\\s+- id: '1\\.1\\.6'`))
  const without = rewriteText(
    text,
    changed(({ criteria }) => criteria.splice(5, 1)),
  )
  expect(without).not.toContain(comment)
  expect(commentsOf(without)).toHaveLength(commentsOf(text).length - 1)
})

test('a clause with another id keeps its place and comments', () => {
  const target = changed(({ criteria }) => (criteria[5]!.id = '9.9'))
  expect(rewriteText(text, target)).toMatch(/# A place below the third[^\n]+\n\s+- id: '9\.9'/)
})

/** Something an editor does to a list of clauses. */
const edits = fc.array(
  fc.record({
    at: fc.nat(),
    to: fc.nat(),
    act: fc.constantFrom('delete', 'duplicate', 'move', 'points', 'title', 'condition'),
    number: fc.tuple(fc.integer({ min: -999, max: 999 }), fc.nat(9999)).map(([a, b]) => `${a}.${b}`),
    words: fc.string({ minLength: 1, unit: 'grapheme' }).filter((words) => words.isWellFormed()),
  }),
  { minLength: 1, maxLength: 6 },
)

test('whatever is edited, the text says exactly the document', () => {
  fc.assert(
    fc.property(edits, (list) => {
      const target = changed(({ criteria }) => {
        for (const { at, to, act, number, words } of list) {
          const place = at % criteria.length
          const criterion = criteria[place]!
          if (act === 'delete' && criteria.length > 1) criteria.splice(place, 1)
          if (act === 'duplicate') criteria.splice(to % criteria.length, 0, structuredClone(criterion))
          if (act === 'move') criteria.splice(to % criteria.length, 0, ...criteria.splice(place, 1))
          if (act === 'points') criterion.points = { kind: 'per-unit', points: number }
          if (act === 'title') criterion.title = { kk: words, ru: words, en: words }
          if (act === 'condition') criterion.where.push({ value: 'type', is: [words] })
        }
      })
      const written = rewriteText(text, target)
      expect(parseRegulation(written)).toEqual(target)
      expect(written).toContain('# What the table leaves open is decided beside the clause')
    }),
    { numRuns: 15 },
  )
}, 60_000)
