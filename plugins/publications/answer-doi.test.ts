import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookUpDoi } from './contract.ts'
import type { TestPublications } from './test-publications.ts'
import { createTestPublications } from './test-publications.ts'

const records = readFileSync(new URL('fixtures/crossref.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
const known = '10.1063/1.4802210'

const untitled = '10.5555/untitled'
function recordOf(doi: string): string | undefined {
  if (doi === untitled) return JSON.stringify({ DOI: untitled, title: [] })
  return records.find((line) => (JSON.parse(line) as { DOI: string }).DOI === doi)
}

/** Answers as api.crossref.org does, from recorded records and one without a title. */
const crossref: Server = createServer((request, response) => {
  const doi = decodeURIComponent((request.url ?? '').replace('/works/', ''))
  const record = recordOf(doi)
  if (!record) return void response.writeHead(404).end('Resource not found.')
  response.writeHead(200, { 'content-type': 'application/json' }).end(`{"message":${record}}`)
})

let online: TestPublications
let offline: TestPublications
let off: TestPublications
beforeAll(async () => {
  await new Promise<void>((resolve) => crossref.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(crossref.address() as AddressInfo).port}/`
  online = await createTestPublications({ baseUrl })
  offline = await createTestPublications()
  off = await createTestPublications({ baseUrl, lookUp: false })
})
afterAll(async () => {
  for (const server of [online, offline, off]) await server.close()
  await new Promise((resolve) => crossref.close(resolve))
})
const ask = (server: TestPublications, doi: string) => server.ask('aigul', lookUpDoi, { query: { doi } })

/** As if Crossref had answered so many days ago. */
async function remember(server: TestPublications, days: number): Promise<void> {
  const fetchedAt = new Date(server.context.now().getTime() - days * 86_400_000)
  await sql`insert into plugin_publications.doi_answer (doi, status, answer, fetched_at)
    values (${known}, 'found', ${recordOf(known)}, ${fetchedAt})
    on conflict (doi) do update set fetched_at = excluded.fetched_at`.execute(server.context.db)
}

test('a DOI that is found comes as a proposed work, and from the cache the second time', async () => {
  const found = await ask(online, `https://doi.org/${known}`)
  expect(found).toMatchObject({
    status: 'found',
    doi: known,
    fromCache: false,
    proposed: { work: { doi: known, type: 'article' }, known: null },
  })
  expect(await ask(online, known)).toMatchObject({ status: 'found', fromCache: true })
})

test('a DOI that Crossref does not know is not found; what is no DOI is told so', async () => {
  expect(await ask(online, '10.5555/nowhere')).toMatchObject({ status: 'not-found', fromCache: false })
  expect(await ask(online, 'ten point one')).toEqual({
    status: 'invalid-doi',
    doi: 'ten point one',
    reason: {
      code: 'doi-form',
      params: { value: 'ten point one' },
      message: '“ten point one” is not a DOI; it begins with 10. and a slash follows the number.',
    },
  })
})

test('a record without a title is known and cannot be used', async () => {
  expect(await ask(online, untitled)).toMatchObject({
    status: 'unusable',
    reason: { code: 'title-missing', message: 'The entry has no title.' },
  })
})

test('without a network the answer is clear, and no "not found"', async () => {
  expect(await ask(offline, known)).toEqual({
    status: 'offline',
    doi: known,
    cause: {
      code: 'unreachable',
      params: {},
      message: 'Crossref cannot be reached. The network may be down.',
    },
    cached: null,
  })
})

test('without a network an old answer is given with its age, a recent one as it is', async () => {
  await remember(offline, 90)
  expect(await ask(offline, known)).toMatchObject({
    status: 'offline',
    cached: { ageDays: 90, fetchedAt: '2026-04-01T09:00:00.000Z', proposed: { work: { doi: known } } },
  })
  await remember(offline, 3)
  expect(await ask(offline, known)).toMatchObject({ status: 'found', fromCache: true })
})

test('switched off, nobody is asked', async () => {
  expect(await ask(off, known)).toMatchObject({ status: 'offline', cause: { code: 'switched-off' } })
})

test('who may not enter evidence may not look DOIs up', async () => {
  expect(await online.refusal('management', lookUpDoi, { query: { doi: known } })).toMatchObject({
    status: 403,
    code: 'not-allowed',
  })
})
