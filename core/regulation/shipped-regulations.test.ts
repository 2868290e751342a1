import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { decimalSchema } from '../contract/paging.ts'
import type { EvidenceKind } from '../plugin/definition.ts'
import type { Weighting } from '../plugin/weighting.ts'
import type { AnyPlugin } from '../plugins/load-plugins.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { checkDocument } from './check-document.ts'
import type { Supply } from './check/supply.ts'
import { parseRegulation } from './parse-document.ts'
import { supplyOfKind } from './read-supply.ts'

const folder = new URL('../../regulations/', import.meta.url)
const read = async (name: string) => await readFile(new URL(name, folder), 'utf8')
const document = parseRegulation(await read('kazutb-teacher.yaml'))

const plugins = (await loadListedPlugins()).flatMap(({ definition }): AnyPlugin[] =>
  definition ? [definition] : [],
)
const kinds = new Map<string, EvidenceKind<never>>(
  plugins.flatMap(({ id, evidence = [] }) => evidence.map((kind) => [`${id}.${kind.kind}`, kind] as const)),
)
const weightings = new Map<string, Weighting>(
  plugins.flatMap(({ id, weightings: own = [] }) => own.map((one) => [`${id}.${one.id}`, one] as const)),
)
const supply: Supply = {
  indicator(id) {
    const kind = kinds.get(id)
    return kind ? supplyOfKind(kind) : null
  },
  weighting: (id) => weightings.get(id) ?? null,
  positions: new Set([
    'professor',
    'associate-professor',
    'assistant-professor',
    'senior-lecturer',
    'lecturer',
    'assistant',
  ]),
}

const decimal = z.union([z.number(), decimalSchema]).transform(Number)
const fact = z.strictObject({
  indicator: z.string(),
  data: z.record(z.string(), z.unknown()),
  enriched: z.record(z.string(), z.unknown()).default({}),
  participants: z.int().min(1).default(1),
  role: z.string().nullable().default(null),
})
const line = z.strictObject({ kind: z.string(), clause: z.string().optional(), amount: decimal })
const casesSchema = z.strictObject({
  cases: z.array(
    z.strictObject({
      criterion: z.string(),
      name: z.string(),
      facts: z.array(fact).min(1),
      points: decimal,
      lines: z.array(line).optional(),
    }),
  ),
  teachers: z.array(
    z.looseObject({
      name: z.string(),
      facts: z.array(fact),
      total: decimal.nullable(),
      lines: z.array(line),
    }),
  ),
})
const { cases, teachers } = casesSchema.parse(parse(await read('kazutb-teacher.cases.yaml')))
const sum = (lines: readonly { amount: number }[]) => lines.reduce((total, { amount }) => total + amount, 0)

test('every shipped regulation can be read and approved with the installed plugins', async () => {
  const names = (await readdir(folder)).filter((name) => /(?<!\.cases)\.yaml$/.test(name))
  expect(names).toContain('kazutb-teacher.yaml')
  for (const name of names) expect(checkDocument(parseRegulation(await read(name)), supply), name).toEqual([])
})

test('every criterion says in three languages which documents it asks for', () => {
  expect(document.criteria.filter(({ demands }) => demands === null).map(({ id }) => id)).toEqual([])
})

// Codes of table 1 in the order of the source (KpiIndicatorSeeder.php @5fc7e2cb, entity_type teacher).
test('every row of table 1 is there, and no other', () => {
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
    ...['4.1.1', '4.1.1b', '4.1.2', '4.2.1'],
  ]
  const rowOf = (id: string) => id.replace(/-.*$/, '')
  expect([...new Set(document.criteria.map(({ id }) => rowOf(id)))]).toEqual(rows)
})

test('every criterion has a worked example, and every example a criterion', () => {
  const ids = document.criteria.map(({ id }) => id)
  expect([...new Set(cases.map(({ criterion }) => criterion))].sort()).toEqual([...ids].sort())
})

test('the facts of the examples are entries that the kinds take', () => {
  const refused = [...cases, ...teachers].flatMap(({ name, facts }) =>
    facts.flatMap(({ indicator, data, enriched, role }) => {
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

test('the lines of an example add up to its points, those of a teacher to the total', () => {
  for (const { name, points, lines } of cases) if (lines) expect(sum(lines), name).toBeCloseTo(points, 11)
  for (const { name, total, lines } of teachers)
    if (total !== null) expect(sum(lines), name).toBeCloseTo(total, 11)
})
