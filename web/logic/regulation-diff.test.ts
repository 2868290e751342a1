import type { RegulationDocument } from '@ustaz/core/contract'
import { regulationDocumentSchema } from '@ustaz/core/contract'
import { describe, expect, test } from 'vitest'
import { putAt, valueAt } from './document-path.ts'
import type { Path } from './document-path.ts'
import { fieldsFor } from './node-values.ts'
import { diffRegulations } from './regulation-diff.ts'
import type { ClauseChange } from './regulation-diff.ts'
import type { SchemaNode } from './schema-node.ts'
import { fullDocuments, regulationNode } from './test-document.ts'
import { plainWords } from './words/test-vocabulary.ts'

const title = (en: string) => ({ kk: en, ru: en, en })
const criterion = (id: string, changes: object = {}) => ({
  id,
  area: 'A',
  title: title(`Criterion ${id}`),
  unit: 'item',
  indicator: 'books.book',
  points: { kind: 'per-unit', points: '10' },
  ...changes,
})
const documentOf = (changes: object = {}) =>
  regulationDocumentSchema.parse({
    code: 'example',
    version: '1',
    title: title('Example'),
    description: title('Example'),
    source: 'order 1',
    periodStart: '09-01',
    areas: [{ id: 'A', title: title('Books') }],
    criteria: ['1', '2', '3'].map((id) => criterion(id)),
    leagues: [{ id: 'L', title: title('All') }],
    weighting: { id: 'shares.points' },
    rounding: { digits: 2 },
    ...changes,
  })
const diff = (after: RegulationDocument, before = documentOf()) => diffRegulations(before, after, plainWords)
const brief = ({ section, id, change }: ClauseChange) => `${change} ${section}${id === null ? '' : ` ${id}`}`
const said = (phrases: ClauseChange['come']) => phrases.map(plainWords.say)

test('the same document differs in nothing, whatever the order of its fields', () => {
  const reordered = JSON.parse(JSON.stringify(documentOf()), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toReversed())
      : value,
  ) as RegulationDocument
  expect(diff(reordered)).toEqual([])
})

test('added, removed and changed clauses are told apart by their ids', () => {
  const criteria = [
    criterion('1'),
    criterion('2', { points: { kind: 'per-unit', points: '15' } }),
    criterion('4'),
  ]
  const changes = diff(documentOf({ criteria }))
  expect(changes.map(brief)).toEqual(['changed criteria 2', 'added criteria 4', 'removed criteria 3'])
  expect(changes[0]).toMatchObject({ fields: [] })
  expect(said(changes[0]!.gone)).toEqual(['rule.perUnit(10 item)'])
  expect(said(changes[0]!.come)).toEqual(['rule.perUnit(15 item)'])
  expect(said(changes[1]!.come)).toEqual(['rule.perUnit(10 item)'])
})

test('only what a sentence says anew stands in a change: a new condition leaves the points alone', () => {
  const where = [{ value: 'sheets', atLeast: '2.5' }]
  const [change] = diff(documentOf({ criteria: [criterion('1', { where }), criterion('2'), criterion('3')] }))
  expect(said(change!.come)).toEqual(['rule.where(<books.book sheets> \u2265\u00a02.5)'])
  expect(change!.gone).toEqual([])
})

test('texts are told by language, with what they were', () => {
  const renamed = { ...title('Criterion 1'), ru: 'Критерий' }
  const [change] = diff(
    documentOf({ criteria: [criterion('1', { title: renamed }), criterion('2'), criterion('3')] }),
  )
  expect(change).toMatchObject({ gone: [], come: [] })
  expect(change!.fields).toEqual([{ path: ['title', 'ru'], before: 'Criterion 1', after: 'Критерий' }])
  expect(diff(documentOf({ version: '2' }))[0]).toMatchObject({
    section: 'texts',
    fields: [{ path: ['version'], before: '1', after: '2' }],
  })
})

test('of moved clauses the fewest are named', () => {
  const order = (...ids: string[]) => documentOf({ criteria: ids.map((id) => criterion(id)) })
  expect(diff(order('2', '3', '1')).map(brief)).toEqual(['moved criteria 1'])
  expect(diff(order('3', '2', '1'))).toHaveLength(2)
})

test('clauses that have the same id by mistake are compared in their order', () => {
  const twice = documentOf({ criteria: [criterion('1'), criterion('1', { cap: '5' })] })
  expect(
    diff(documentOf({ criteria: [criterion('1'), criterion('1', { cap: '6' })] }), twice).map(brief),
  ).toEqual(['changed criteria 1'])
})

/** Every value of a document with another one that may stand in its place. */
function* otherValues(node: SchemaNode, value: unknown, path: Path): Generator<[Path, unknown]> {
  if (value === null || value === undefined) return
  switch (node.control) {
    case 'object':
    case 'variants':
      for (const field of fieldsFor(node, value)) {
        yield* otherValues(field.node, valueAt(value, [field.name]), [...path, field.name])
      }
      return
    case 'list':
      for (const [index, item] of (value as unknown[]).entries())
        yield* otherValues(node.item, item, [...path, index])
      return
    case 'record':
      for (const [key, item] of Object.entries(value)) yield* otherValues(node.value, item, [...path, key])
      return
    case 'alternatives': {
      const option = node.options.find(
        ({ control }) => (control === 'record') === (typeof value === 'object'),
      )
      if (option) yield* otherValues(option, value, path)
      return
    }
    case 'localized':
      yield [path, { ...value, en: 'something else' }]
      return
    case 'choice':
      yield [path, node.options.find((option) => option !== value)]
      return
    case 'choices':
      yield [path, (value as unknown[]).slice(1)]
      return
    case 'switch':
      yield [path, value !== true]
      return
    case 'mark':
      yield [path, undefined]
      return
    case 'integer':
    case 'number':
      yield [path, Number(value) + 1]
      return
    case 'day':
      yield [path, '2027-03-04']
      return
    case 'free':
      yield [path, { other: 'thing' }]
      return
    default:
      yield [path, node.control === 'text' ? 'other' : '0.5']
  }
}

describe('whatever is changed in a regulation, the difference says where', () => {
  const documents = fullDocuments()
  const cases = documents.flatMap((document, index) =>
    [...otherValues(regulationNode, document, [])]
      // What stands in lists is the same in all of them.
      .filter(([path]) => index === 0 || !Array.isArray(valueAt(document, path.slice(0, 1))))
      .map(([path, value]) => ({ document, path, value })),
  )
  test('there are enough of them to mean every construct', () => {
    expect(cases.length).toBeGreaterThan(700)
  })
  test('each is found, in its own part and nowhere else, with something to read', () => {
    const silent: string[] = []
    for (const { document, path, value } of cases) {
      const after = putAt(document, path, value) as RegulationDocument
      const changes = diffRegulations(document, after, plainWords)
      const tells = ({ gone, come, fields }: ClauseChange) => gone.length + come.length + fields.length > 0
      const section = ['code', 'version', 'title', 'description', 'source'].includes(String(path[0]))
        ? 'texts'
        : path[0]
      // A clause that is called differently is another clause: one went, one came.
      const isName = path.length === 3 && (path[2] === 'id' || (path[0] === 'examples' && path[2] === 'name'))
      const expected = isName ? 2 : 1
      const isTold =
        changes.length === expected && changes.every((one) => one.section === section && tells(one))
      if (!isTold) silent.push(`${path.join('/')}: ${changes.map(brief).join(', ')}`)
    }
    expect(silent).toEqual([])
  })
})
