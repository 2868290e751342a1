import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { AnyPlugin, EvidenceKind, Indicator } from '../plugin/definition.ts'
import type { Weighting } from '../plugin/weighting.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { checkDocument } from './check-document.ts'
import type { Supply } from './check/supply.ts'
import { parseRegulation } from './parse-document.ts'
import { supplyOfIndicator, supplyOfKind } from './read-supply.ts'

const folder = new URL('../../regulations/', import.meta.url)
const read = async (name: string) => await readFile(new URL(name, folder), 'utf8')
const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'))
const documents = await Promise.all(
  names.map(async (name) => ({ name, document: parseRegulation(await read(name)) })),
)

const plugins = (await loadListedPlugins()).flatMap(({ definition }): AnyPlugin[] =>
  definition ? [definition] : [],
)
const kinds = new Map<string, EvidenceKind<never>>(
  plugins.flatMap(({ id, evidence = [] }) => evidence.map((kind) => [`${id}.${kind.kind}`, kind] as const)),
)
const indicators = new Map<string, Indicator<never>>(
  plugins.flatMap(({ id, indicators: own = [] }) => own.map((one) => [`${id}.${one.id}`, one] as const)),
)
const weightings = new Map<string, Weighting>(
  plugins.flatMap(({ id, weightings: own = [] }) => own.map((one) => [`${id}.${one.id}`, one] as const)),
)
const supply: Supply = {
  indicator(id) {
    const kind = kinds.get(id)
    if (kind) return supplyOfKind(kind)
    const indicator = indicators.get(id)
    return indicator ? supplyOfIndicator(indicator) : null
  },
  weighting: (id) => weightings.get(id) ?? null,
  pointsFunction: () => null,
  positions: new Set([
    'professor',
    'associate-professor',
    'assistant-professor',
    'senior-lecturer',
    'lecturer',
    'assistant',
  ]),
}

function documentOf(name: string): RegulationDocument {
  return documents.find((one) => one.name === name)!.document
}

/** Codes of the table's rows: clauses that say one row together begin alike. */
function rowsOf({ criteria }: RegulationDocument): string[] {
  return [...new Set(criteria.map(({ id }) => id.replace(/-.*$/, '')))]
}

test('the shipped regulations can be read and approved with the installed plugins', () => {
  expect(names).toEqual([
    'kazutb-dean.yaml',
    'kazutb-head.yaml',
    'kazutb-teacher.yaml',
    'turkey-incentive.yaml',
  ])
  for (const one of documents) expect(checkDocument(one.document, supply), one.name).toEqual([])
})

test.each(documents)('$name: every criterion says in three languages which documents it asks for', (one) => {
  expect(one.document.criteria.filter(({ demands }) => demands === null).map(({ id }) => id)).toEqual([])
})

// Codes of table 1 in the order of the source (KpiIndicatorSeeder.php @5fc7e2cb, entity_type teacher). K5 is no row of it but stands in the formula.
test('every row of table 1 is there and the survey of students, and no other', () => {
  const rows = [
    ...['1.1.1', '1.1.2', '1.1.3', '1.1.4', '1.1.5', '1.1.6', '1.1.7'],
    ...[
      '1.2.1',
      '1.2.2',
      '1.2.3',
      '1.2.4',
      '1.2.5',
      '1.2.6',
      '1.3.1',
      '1.3.2',
      '1.4.1',
      '1.4.2',
      '1.4.3',
      '1.4.4',
    ],
    ...['2.1.1', '2.1.2', '2.1.3', '2.1.4', '2.1.5', '2.1.6', '2.1.7', '2.1.8', '2.2.1', '2.2.2', '2.2.3'],
    ...['2.3.1', '2.3.2', '2.4.1', '2.4.2', '2.4.3', '2.4.4', '2.4.5', '2.5.1', '2.5.2'],
    ...['2.6.1', '2.6.2', '2.6.3', '2.6.4', '2.6.5', '2.6.6', '2.7.1', '2.7.2'],
    ...['3.1.1', '3.1.2', '3.1.3', '3.1.4', '3.2.1', '3.2.2', '3.3', '3.4', '3.5'],
    ...['4.1.1', '4.1.1b', '4.1.2', '4.2.1', 'K5'],
  ]
  expect(rowsOf(documentOf('kazutb-teacher.yaml'))).toEqual(rows)
})

// Codes of table 2 in the order of the source (entity_type department_head).
test('every row of table 2 is there, and no other', () => {
  expect(rowsOf(documentOf('kazutb-head.yaml'))).toEqual([
    ...[
      '1.1.1',
      '1.1.2',
      '1.2.1',
      '1.2.2',
      '1.2.3',
      '1.2.4',
      '1.3.1',
      '1.3.2',
      '1.3.3',
      '1.4.1',
      '1.4.2',
      '1.4.3',
    ],
    ...['1.5', '1.6', '1.7', '1.8', '1.9', '1.10', '1.11', '1.12', '1.13', '1.14', '1.15'],
    ...['2.1.1', '2.1.2', '2.2.1', '2.2.2', '2.2.3', '2.2.4', '2.2.5', '2.3.1'],
    ...['3.1.1', '3.1.2', '3.1.3', '3.2.1', '3.2.2', '3.2.3', '3.2.4', '3.3', '3.4', '3.5'],
    ...['3.6.1', '3.6.2', '3.6.3', '3.7.1', '3.7.2', '4.1.1', '4.1.1b', '4.1.2', '4.2.1'],
  ])
})

// Codes of table 3 in the order of the source (entity_type dean).
test('every row of table 3 is there, and no other', () => {
  expect(rowsOf(documentOf('kazutb-dean.yaml'))).toEqual([
    ...['1.1', '1.2', '1.3.1', '1.3.2', '1.3.3', '1.4.1', '1.4.2', '1.5', '1.6', '1.7', '1.8.1', '1.8.2'],
    ...['1.9.1', '1.9.2', '1.9.3', '1.9.4', '2.1.1', '2.1.2', '2.1.3', '2.2.1', '2.2.2', '2.3.1', '2.3.2'],
    ...['2.4.1', '2.4.2', '2.4.3', '2.5', '2.6', '3.1.1', '3.1.2', '3.1.3', '3.2', '3.3', '3.4'],
    ...['3.5.1', '3.5.2', '3.5.3', '3.6.1', '3.6.2', '3.6.3', '4.1.1', '4.1.2'],
  ])
})

// Headlines of Tablo 4 and the rows of each type, as tablo4.md transcribes them (editorship, recordings and exhibitions are one clause each).
test('every type of the Turkish table is there with its headline and its rows', () => {
  const { areas, criteria } = documentOf('turkey-incentive.yaml')
  const rows = (area: string) => criteria.filter((criterion) => criterion.area === area).length
  expect(areas.map(({ id, cap }) => [id, cap, rows(id)])).toEqual([
    ['projects', '20', 5],
    ['research', '15', 2],
    ['publications', '30', 12],
    ['designs', '15', 1],
    ['exhibitions', '15', 1],
    ['patents', '30', 2],
    ['citations', '30', 6],
    ['papers', '20', 1],
    ['awards', '20', 4],
  ])
})

test.each(documents)('$name: every criterion has a worked example, and every example a criterion', (one) => {
  const people = one.document.examples.flatMap((example) => example.people)
  const expected = people.flatMap(({ expect: wanted }) => Object.keys(wanted.criteria ?? {}))
  const ids = one.document.criteria.map(({ id }) => id)
  expect([...new Set(expected)].sort()).toEqual([...ids].sort())
})

test('the facts of the examples are entries that the kinds take, and what the indicators count', () => {
  const people = documents.flatMap((one) => one.document.examples.flatMap((example) => example.people))
  const refused = people.flatMap(({ name, facts }) =>
    facts.flatMap(({ indicator, data, enriched, role }) => {
      const counted = indicators.get(indicator)
      if (counted) {
        const faults = counted.attributes.safeParse(data).error?.issues ?? []
        return faults.map(({ message }) => `${name}: ${message}`)
      }
      const kind = kinds.get(indicator)
      if (!kind) return [`${name}: ${indicator} is not there`]
      const added = kind.enrichedAttributes?.partial().strict() ?? z.strictObject({})
      const faults = [
        ...(kind.schema.strict().safeParse(data).error?.issues ?? []),
        ...(added.safeParse(enriched).error?.issues ?? []),
      ]
      const isRole = role === null || kind.roles.includes(role)
      return [...faults.map(({ message }) => `${name}: ${message}`), ...(isRole ? [] : [`${name}: ${role}`])]
    }),
  )
  expect(refused).toEqual([])
})
