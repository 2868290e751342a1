import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Weighting } from '../../plugin/weighting.ts'
import { loadListedPlugins } from '../../plugins/plugin-list.ts'
import { parseRegulation } from '../../regulation/parse-document.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import type { RatingSources } from '../run-order.ts'
import { runExamples } from './run-examples.ts'

const folder = new URL('../../../regulations/', import.meta.url)
const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'))
const weightings = new Map<string, Weighting>(
  (await loadListedPlugins()).flatMap(({ definition }) =>
    (definition?.weightings ?? []).map((one) => [`${definition!.id}.${one.id}`, one] as const),
  ),
)
const sources: RatingSources = {
  factSources: () => [],
  weighting: (id: string) => weightings.get(id) ?? null,
  pointsFunction: () => null,
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

test.each(names)('%s: every worked example comes out as its document says', async (name) => {
  const document = parseRegulation(await readFile(new URL(name, folder), 'utf8'))
  expect(document.examples.length).toBeGreaterThan(0)
  expect(await runExamples(database.db, document, sources)).toEqual([])
})

test('an example that expects another number is found', async () => {
  const text = await readFile(new URL('kazutb-teacher.yaml', folder), 'utf8')
  const document = parseRegulation(text.replace('criteria: { 1.1.1: 100 }', 'criteria: { 1.1.1: 101 }'))
  expect(await runExamples(database.db, document, sources)).toMatchObject([
    { code: 'regulation.example-differs', path: '/examples/0/people/0/expect/criteria/1.1.1' },
  ])
})
