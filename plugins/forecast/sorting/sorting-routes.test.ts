import { defineEvidenceKind, definePlugin } from '@ustaz/core/plugin'
import type { PluginContext } from '@ustaz/core/plugin'
import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import type { TestApp, TestUniversity } from '@ustaz/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import plugin from '../index.ts'
import type { ForecastTables } from '../tables.ts'
import { learnAll } from './learn-all.ts'

const kindTexts = {
  name: 'x',
  fields: { name: 'x', level: 'x', pages: 'x' },
  values: { level: { school: 'x', world: 'x' } },
}
const libraryTexts = {
  name: 'x',
  description: 'x',
  kinds: { book: kindTexts, race: kindTexts },
  matchings: { shelf: { name: 'x' }, reader: { name: 'x' } },
}
/** Of two shelves the right one has the same letter; the rule knows nothing of it. */
const shelves = Array.from({ length: 300 }, (_, index) => ({
  key: String(index),
  candidates: [0, 1].map((place) => ({
    features: [0.5, Number(place === index % 2)],
    right: place === index % 2,
  })),
}))
const kindOf = (kind: string) =>
  defineEvidenceKind({
    kind,
    unit: 'item',
    schema: z.object({
      name: z.string().min(1),
      level: z.enum(['school', 'world']).nullable(),
      pages: z.int().positive(),
    }),
    title: ({ name }) => name,
    identity: () => null,
    roles: [],
    participants: 'many',
    files: { required: false, maxBytes: 1000, mediaTypes: ['application/pdf'] },
  })
const library = definePlugin({
  id: 'library',
  version: '1.0.0',
  messages: { kk: libraryTexts, ru: libraryTexts, en: libraryTexts },
  evidence: [kindOf('book'), kindOf('race')],
  matchings: [
    { id: 'shelf', features: ['rule', 'letter'], examples: () => Promise.resolve(shelves) },
    { id: 'reader', features: ['rule'], examples: () => Promise.resolve(shelves.slice(0, 20)) },
  ],
})

let server: TestApp
let university: TestUniversity
let context: PluginContext<ForecastTables>

beforeAll(async () => {
  server = await createTestApp({ plugins: [library, plugin] })
  university = await createTestUniversity(server.database.db)
  for (let index = 0; index < 400; index++) {
    const world = index % 3 === 0
    const where = world ? 'international world championship' : 'school cup'
    await enter(index % 2 ? 'race' : 'book', {
      name: index % 2 ? `running at the ${where}` : `textbook of the ${where}`,
      level: world ? 'world' : 'school',
      pages: 100 + (index % 50),
    })
  }
  context = server.context.host.contextOf('forecast') as unknown as PluginContext<ForecastTables>
  await learnAll(context, new AbortController().signal)
}, 60_000)
afterAll(async () => {
  await server.close()
})

async function enter(
  kind: string,
  data: { name: string; level: string | null; pages: number },
  state: 'approved' | 'submitted' = 'approved',
): Promise<number> {
  const { db } = server.database
  const { id } = await db
    .insertInto('evidence')
    .values({
      indicator: `library.${kind}`,
      data: JSON.stringify(data),
      title: data.name,
      happened_on: '2026-03-01',
      state,
      participant_count: 1,
      affiliated_count: 1,
      role_counts: '{}',
      created_by: university.accounts.aigul,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('evidence_participant')
    .values({ evidence_id: id, ordinal: 1, teacher_id: university.teachers.aigul, name: 'Оразбаева Айгүл' })
    .execute()
  return id
}

async function ask(method: 'GET' | 'POST', path: string, account: number, body?: unknown) {
  const answer = await server.app.inject({
    method,
    url: `/api/plugins/forecast${path}`,
    headers: { 'x-ustaz-account': String(account) },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  return {
    status: answer.statusCode,
    body: answer.body === '' ? null : answer.json<{ items: never[] }>(),
  }
}

describe('suggestions', () => {
  test('of the kind go by what one calls a thing, with reasons', async () => {
    const { body } = await ask('POST', '/sorting/kinds', university.accounts.aigul, {
      text: 'A textbook of algebra',
    })
    expect(body!.items).toMatchObject([
      { task: 'kind', value: 'library.book', reasons: [{ word: 'textbook' }] },
    ])
  })

  test('of a choice go by what is written, and only where they differ from what is chosen', async () => {
    const suggest = async (level: string | null) =>
      (
        await ask('POST', '/sorting/fields', university.accounts.aigul, {
          indicator: 'library.race',
          data: { name: 'running at the world championship', level, pages: 3 },
        })
      ).body!.items
    expect(await suggest(null)).toMatchObject([
      { field: 'level', value: 'world', task: 'library.race/level' },
    ])
    expect(await suggest('school')).toHaveLength(1)
    expect(await suggest('world')).toEqual([])
  })

  test('of a kind that nobody knows there are none', async () => {
    const body = { indicator: 'library.gone', data: { name: 'running' } }
    const answer = await ask('POST', '/sorting/fields', university.accounts.aigul, body)
    expect(answer).toMatchObject({ status: 200, body: { items: [] } })
  })

  test('say how right they were, and how often they were taken', async () => {
    const answer = async (choice: string, task = 'kind', count?: number) => {
      const payload = { task, answer: choice, count }
      const headers = { 'x-ustaz-account': String(university.accounts.aigul) }
      return await server.app.inject({ method: 'POST', url: '/api/suggestions/answers', headers, payload })
    }
    for (const choice of ['shown', 'taken', 'taken', 'declined'])
      expect((await answer(choice)).statusCode).toBe(204)
    await answer('shown', 'kind', 4)
    await answer('taken', 'made/up')
    await answer('taken', 'library.reader')
    expect((await answer('taken', 'kind', 0)).statusCode).toBe(400)
    expect((await answer('liked')).statusCode).toBe(400)
    const { body } = await ask('GET', '/sorting/tasks', university.accounts.aigul)
    expect(body!.items.map(({ task }) => task)).toEqual([
      ...['kind', 'core.copies', 'library.reader', 'library.shelf'],
      ...['library.book/level', 'library.race/level'],
    ])
    expect(body!.items[0]).toMatchObject({
      task: 'kind',
      classes: 2,
      records: 400,
      shown: 5,
      taken: 2,
      declined: 1,
    })
    const { accuracy, mostFrequent } = body!.items[0] as unknown as { accuracy: number; mostFrequent: number }
    expect(accuracy).toBe(1)
    expect(mostFrequent).toBeLessThan(0.7)
    expect(body!.items[1]).toMatchObject({ task: 'core.copies', refused: 'few', records: 0, accuracy: null })
    expect(body!.items[2]).toMatchObject({ refused: 'few', records: 20, taken: 1, threshold: null })
    expect(body!.items[3]).toMatchObject({
      refused: null,
      records: 300,
      accuracy: 1,
      rule: 0.5,
      classes: null,
    })
  })

  test('are listed page by page', async () => {
    const { body } = await ask('GET', '/sorting/tasks?page=2&pageSize=4', university.accounts.aigul)
    expect(body).toMatchObject({ total: 6, page: 2, items: [{ task: 'library.book/level' }, {}] })
  })
})

describe('other plugins', () => {
  test('have their candidates judged by what people decided, and get no judgement where that was too little', async () => {
    const judged = await context.matchings.judge('library.shelf', [
      [0.5, 1],
      [0.5, 0],
      [0.5, null],
    ])
    expect(judged!.probabilities[0]).toBeGreaterThan(0.9)
    expect(judged!.probabilities[1]).toBeLessThan(0.1)
    expect(judged!.threshold).toBeLessThanOrEqual(judged!.probabilities[0]!)
    expect(await context.matchings.judge('library.reader', [[0.5]])).toBeNull()
    expect(await context.matchings.judge('core.copies', [[1]])).toBeNull()
    expect(await context.matchings.judge('library.gone', [[1]])).toBeNull()
    expect(await context.matchings.judge('library.shelf', [])).toBeNull()
  })

  test('get no judgement that was learned by other features than there are now', async () => {
    const { db } = context
    await db.updateTable('sorting_matching').set({ features: ['rule'] }).where('matching', '=', 'library.shelf').execute() // prettier-ignore
    expect(await context.matchings.judge('library.shelf', [[0.5, 1]])).toBeNull()
    await db.updateTable('sorting_matching').set({ features: ['rule', 'letter'] }).where('matching', '=', 'library.shelf').execute() // prettier-ignore
  })
})

describe('remarks', () => {
  const remarks = async (id: number, account: number) =>
    await ask('GET', `/sorting/entries/${id}/remarks`, account)

  test('name numbers and choices that are unlike those of approved entries', async () => {
    const data = { name: 'running at the world championship', level: 'school', pages: 5000 }
    const id = await enter('race', data, 'submitted')
    const { body } = await remarks(id, university.accounts.head)
    expect(body!.items).toMatchObject([
      { what: 'number', field: 'pages', value: 5000, count: 200 },
      { what: 'choice', field: 'level', value: 'school', likelier: 'world' },
    ])
  })

  test('are none where an entry is like others', async () => {
    const data = { name: 'running at the school cup', level: 'school', pages: 120 }
    const id = await enter('race', data, 'submitted')
    expect((await remarks(id, university.accounts.office)).body!.items).toEqual([])
  })

  test('are not told to who may not read the entry', async () => {
    const data = { name: 'running at the school cup', level: 'school', pages: 9000 }
    const id = await enter('race', data, 'submitted')
    expect((await remarks(id, university.accounts.elsewhere)).status).toBe(404)
    expect((await remarks(id, university.accounts.nobody)).status).toBe(403)
    expect((await remarks(id + 100_000, university.accounts.office)).status).toBe(404)
  })
})

test('learning again replaces what was learned, and ends when it is called off', async () => {
  await learnAll(context, new AbortController().signal)
  expect((await ask('GET', '/sorting/tasks', university.accounts.aigul)).body!.items).toHaveLength(6)
  await expect(learnAll(context, AbortSignal.abort())).rejects.toThrow()
  const off = AbortSignal.timeout(150)
  await expect(learnAll(context, off)).rejects.toThrow()
})

test('only an administrator asks for learning out of turn', async () => {
  for (const account of [university.accounts.aigul, university.accounts.office])
    expect((await ask('POST', '/sorting/learn', account)).status).toBe(403)
})
