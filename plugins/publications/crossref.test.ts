import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DoiAnswer, DoiCache, LookUpContext } from './crossref.ts'
import { lookUpDoi } from './crossref.ts'

const records = readFileSync(new URL('./fixtures/crossref.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { DOI: string })

/** Answers as api.crossref.org does, from recorded records; a few DOIs stand for its failures. */
const server: Server = createServer((request, response) => {
  asked.push(request.url ?? '')
  const doi = decodeURIComponent((request.url ?? '').replace('/works/', '').replace(/\?.*/, ''))
  const record = records.find((entry) => entry.DOI === doi)
  if (doi === '10.5555/slow') return
  if (doi === '10.5555/broken') return void response.writeHead(500).end('oops')
  if (doi === '10.5555/busy') return void response.writeHead(429).end()
  if (doi === '10.5555/html') return void response.writeHead(200).end('<html>')
  if (!record)
    return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Resource not found.')
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ status: 'ok', 'message-type': 'work', message: record }))
})
const asked: string[] = []
let baseUrl = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const stored = new Map<string, DoiAnswer>()
const cache: DoiCache = {
  get: (doi) => Promise.resolve(stored.get(doi) ?? null),
  put: (doi, answer) => Promise.resolve(void stored.set(doi, answer)),
}
let today = new Date('2025-03-01T00:00:00Z')
beforeEach(() => {
  stored.clear()
  asked.length = 0
  today = new Date('2025-03-01T00:00:00Z')
})
const context = (more: Partial<LookUpContext> = {}): LookUpContext => {
  return { fetch: globalThis.fetch, cache, now: () => today, baseUrl, timeoutMs: 300, ...more }
}

const known = '10.1063/1.4802210'

describe('looking up a DOI', () => {
  test('finds the work, however the DOI is written', async () => {
    const found = await lookUpDoi(`https://doi.org/${known.toUpperCase()}`, context())
    expect(found).toMatchObject({ status: 'found', doi: known, fromCache: false, fetchedAt: today })
    expect(found.status === 'found' && found.work).toMatchObject({
      type: 'article',
      year: 2013,
      authors: { length: 6 },
    })
  })

  test('keeps signs that an address would take for its own', async () => {
    const doi = '10.1175/1520-0493(1974)102<0736:wacoj>2.0.co;2'
    expect(await lookUpDoi(doi, context())).toMatchObject({ status: 'found', work: { year: 1974 } })
  })

  test('says who asks, if the installation has an address', async () => {
    await lookUpDoi(known, context({ mailto: 'it+ustaz@example.kz' }))
    expect(asked).toEqual(['/works/10.1063%2F1.4802210?mailto=it%2Bustaz%40example.kz'])
  })

  test('asks Crossref once, and again after thirty days', async () => {
    await lookUpDoi(known, context())
    today = new Date('2025-03-30T23:00:00Z')
    expect(await lookUpDoi(known, context())).toMatchObject({
      fromCache: true,
      fetchedAt: new Date('2025-03-01T00:00:00Z'),
    })
    today = new Date('2025-03-31T00:00:00Z')
    expect(await lookUpDoi(known, context())).toMatchObject({ fromCache: false })
    expect(asked).toHaveLength(2)
  })

  test('tells an unknown DOI, and asks again the next day', async () => {
    expect(await lookUpDoi('10.5555/none', context())).toMatchObject({
      status: 'not-found',
      fromCache: false,
    })
    expect(await lookUpDoi('10.5555/none', context())).toMatchObject({ status: 'not-found', fromCache: true })
    today = new Date('2025-03-02T00:00:00Z')
    expect(await lookUpDoi('10.5555/none', context())).toMatchObject({ fromCache: false })
  })

  test('says when a registered record cannot be a work', async () => {
    expect(await lookUpDoi('10.4996/fireecology.1001', context())).toMatchObject({
      status: 'unusable',
      reason: 'title-missing',
    })
  })

  test('does not ask anybody about what is no DOI', async () => {
    expect(await lookUpDoi('see the library', context())).toEqual({
      status: 'invalid-doi',
      input: 'see the library',
    })
    expect(asked).toEqual([])
  })
})

describe('when Crossref cannot be asked', () => {
  test.each([
    ['10.5555/broken', 'server-error'],
    ['10.5555/busy', 'rate-limited'],
    ['10.5555/slow', 'timeout'],
    ['10.5555/html', 'answer-unreadable'],
  ])('for %s the answer is offline because of %s, and nothing is cached', async (doi, cause) => {
    expect(await lookUpDoi(doi, context())).toEqual({ status: 'offline', doi, cause, cached: null })
    expect(stored.size).toBe(0)
  })

  test('because nothing listens there, the answer is offline, with an old answer and its age', async () => {
    const nowhere = createServer()
    await new Promise<void>((resolve) => nowhere.listen(0, '127.0.0.1', resolve))
    const { port } = nowhere.address() as AddressInfo
    await new Promise((resolve) => nowhere.close(resolve))
    const gone = context({ baseUrl: `http://127.0.0.1:${port}` })

    expect(await lookUpDoi(known, gone)).toEqual({
      status: 'offline',
      doi: known,
      cause: 'unreachable',
      cached: null,
    })
    await lookUpDoi(known, context())
    today = new Date('2025-06-09T00:00:00Z') // 100 days later
    expect(await lookUpDoi(known, gone)).toMatchObject({
      status: 'offline',
      cached: { ageDays: 100, work: { year: 2013 } },
    })
  })
})
