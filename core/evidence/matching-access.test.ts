import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EvidenceCopy, Page } from '../contract/index.ts'
import { findCopies } from './copies/find-copies.ts'
import { testEvidencePlugin } from './test-evidence.ts'
import { createTestUniversity } from './test-university.ts'
import type { TestAccount, TestUniversity } from './test-university.ts'
import { definePlugin } from '../plugin/definition.ts'
import type { AnsweredSuggestions } from '../plugin/matching-access.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { matchingAccess } from './matching-access.ts'

const counted: AnsweredSuggestions[] = []
const text = { name: 'x', description: 'x', matchings: { seat: { name: 'x' } } }
/** Judges by the first feature alone. */
const learning = definePlugin({
  id: 'learning',
  version: '1.0.0',
  messages: { kk: text, ru: text, en: text },
  matchings: [{ id: 'seat', features: ['rule'], examples: () => Promise.resolve([]) }],
  learner: {
    judge: (_context, matching, candidates) =>
      Promise.resolve(
        matching === 'core.copies'
          ? { probabilities: candidates.map(([rule]) => rule ?? 0), threshold: 0.8 }
          : null,
      ),
    count: (_context, answered) => {
      counted.push(answered)
      return Promise.resolve()
    },
  },
})

let server: TestApp
let university: TestUniversity
beforeAll(async () => {
  server = await createTestApp({ plugins: [testEvidencePlugin, learning] })
  university = await createTestUniversity(server.database.db)
})
afterAll(async () => await server.close())

async function ask(account: TestAccount, method: 'GET' | 'POST', path: string, payload?: object) {
  const headers = { 'x-ustaz-account': String(university.accounts[account]) }
  return await server.app.inject({ method, url: `/api${path}`, headers, ...(payload ? { payload } : {}) })
}
async function enterTwice(name: string): Promise<void> {
  for (const title of [name, `${name}!`]) {
    const answer = await ask('aigul', 'POST', '/evidence', {
      indicator: 'test.talk',
      data: { name: title },
      happenedOn: '2026-03-01',
      participants: [
        { teacherId: university.teachers.aigul, name: 'x', role: null, share: null, affiliated: true },
      ],
    })
    expect(answer.statusCode).toBe(200)
  }
}

test('what can be learned is that of running plugins, and of core the copies', () => {
  const { db, host } = server.context
  expect(
    matchingAccess(db, host)
      .list()
      .map(({ id }) => id),
  ).toEqual(['core.copies', 'learning.seat'])
})

test('a pair of copies is judged by what was learned, and what became of it is counted', async () => {
  await enterTwice('On soils')
  await findCopies(server.context)
  const { items } = (await ask('office', 'GET', '/evidence/copies')).json<Page<EvidenceCopy>>()
  expect(items).toMatchObject([
    { likeness: { probability: 0.25, agree: [], differ: [], days: 0, people: 1 } },
  ])
  const address = `/evidence/copies/${items[0]!.id}`
  expect((await ask('office', 'GET', address)).json()).toMatchObject({ likeness: { probability: 0.25 } })
  await ask('office', 'POST', `${address}/separation`, { reason: 'Two talks' })
  expect(counted.map(({ task, answer }) => `${task} ${answer}`)).toEqual(['core.copies declined'])
  await ask('office', 'POST', `${address}/separation`, { reason: 'Once more' })
  expect(counted).toHaveLength(1)
})

test('answers of people are handed to the plugin that learns, and only of those who may read evidence', async () => {
  counted.length = 0
  const body = { task: 'learning.seat', answer: 'taken' }
  expect((await ask('aigul', 'POST', '/suggestions/answers', body)).statusCode).toBe(204)
  expect((await ask('nobody', 'POST', '/suggestions/answers', body)).statusCode).toBe(403)
  expect(counted).toEqual([{ task: 'learning.seat', answer: 'taken', count: 1 }])
})

test('without a plugin that learns nothing is judged, and nothing is counted', async () => {
  const alone = await createTestApp({ plugins: [testEvidencePlugin] })
  try {
    const { db, host } = alone.context
    const matchings = matchingAccess(db, host)
    expect(await matchings.judge('core.copies', [[1]])).toBeNull()
    await matchings.count({ task: 'core.copies', answer: 'taken', count: 1 })
  } finally {
    await alone.close()
  }
})
