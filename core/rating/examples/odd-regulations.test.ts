import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EvidenceKind } from '../../plugin/definition.ts'
import type { Weighting } from '../../plugin/weighting.ts'
import { loadListedPlugins } from '../../plugins/plugin-list.ts'
import type { Supply } from '../../regulation/check/supply.ts'
import { examineDocument } from '../../regulation/examine-document.ts'
import { parseRegulation } from '../../regulation/parse-document.ts'
import { supplyOfKind } from '../../regulation/read-supply.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import type { RatingSources } from '../run-order.ts'

const folder = new URL('fixtures/', import.meta.url)
const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'))
const plugins = (await loadListedPlugins()).flatMap(({ definition }) => definition ?? [])
const weightings = new Map<string, Weighting>(
  plugins.flatMap(({ id, weightings: own = [] }) => own.map((one) => [`${id}.${one.id}`, one] as const)),
)
const kinds = new Map<string, EvidenceKind<never>>(
  plugins.flatMap(({ id, evidence = [] }) => evidence.map((kind) => [`${id}.${kind.kind}`, kind] as const)),
)
const weighting = (id: string) => weightings.get(id) ?? null
const sources: RatingSources = { factSources: () => [], weighting, pointsFunction: () => null }

const supply: Supply = {
  indicator(id) {
    const kind = kinds.get(id)
    return kind ? supplyOfKind(kind) : null
  },
  weighting,
  pointsFunction: () => null,
  positions: new Set(['professor', 'senior-lecturer', 'lecturer', 'assistant']),
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

test.each(names)('%s comes out as worked out by hand', async (name) => {
  const document = parseRegulation(await readFile(new URL(name, folder), 'utf8'))
  const found = await examineDocument(database.db, document, { supply, sources })
  expect(document.examples.length).toBeGreaterThan(0)
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
})
