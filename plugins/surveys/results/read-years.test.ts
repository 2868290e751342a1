import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestAccount } from '@ustaz/core/testing'
import { storeAnswers } from '../answers/store-answers.ts'
import * as contract from '../contract.ts'
import type { Year } from '../contract.ts'
import { closeAll, createTestSurveys, giveOut, openCampaign } from '../test-surveys.ts'
import type { TestSurveys } from '../test-surveys.ts'

let server: TestSurveys
const teachers: Record<string, number> = {}
/** Ids of the campaigns, oldest first. */
const campaigns: number[] = []

beforeAll(async () => {
  server = await createTestSurveys()
  Object.assign(teachers, server.university.teachers)
  for (const code of ['fourth', 'fifth', 'unasked']) teachers[code] = await addTeacher(code)
  await hold('2024-06-30', {
    aigul: [2, 2, 1, 2, 2, 1, 2, 2, 2, 1],
    marat: [3, 3, 4],
    head: [3, 4, 4, 4, 3, 4],
    elsewhere: [5, 4, 4, 5, 4, 5],
  })
  await hold('2025-06-30', {
    aigul: [5, 5, 5, 5, 4, 5, 5, 5, 5, 4],
    marat: [3, 3, 4, 3, 3, 2],
    head: [3, 4, 3, 4, 3, 3],
    fourth: [1, 2, 1, 1, 2, 1],
    fifth: [4, 3, 4, 4, 3, 4],
    elsewhere: [5, 4, 4, 5, 4, 5],
  })
  await hold('2026-06-30', {
    aigul: [5, 5, 5, 5, 4, 5, 5, 4, 5, 4],
    marat: [3, 4, 3, 3, 3, 3],
    elsewhere: [2, 2, 1, 2, 1, 2],
  })
  await closeAll(server)
}, 60_000)
afterAll(async () => {
  await server.close()
})

async function addTeacher(code: string): Promise<number> {
  const { db } = server.context
  const name = { code, family_name: code, given_name: 'A' }
  const { id } = await db.insertInto('teacher').values(name).returning('id').executeTakeFirstOrThrow()
  const unit = server.university.units.computing
  const post = { teacher_id: id, unit_id: unit, rate: '1', starts_on: '2020-09-01' }
  await db.insertInto('appointment').values(post).execute()
  return id
}

async function hold(periodTo: string, answers: Readonly<Record<string, readonly number[]>>): Promise<void> {
  const cells = Object.keys(answers).map((name) => ({ teacher: teachers[name]!, group: name, students: 12 }))
  const campaign = await openCampaign(server, cells)
  campaigns.push(campaign)
  const period = { period_from: `${periodTo.slice(0, 4)}-01-01`, period_to: periodTo }
  await server.tables.updateTable('campaign').set(period).where('id', '=', campaign).execute()
  for (const [name, steps] of Object.entries(answers)) {
    const tokens = await giveOut(server, campaign, name)
    const sent = steps.map((clear, index) => ({
      token: tokens[index]!,
      answerId: crypto.randomUUID(),
      answer: { clear },
    }))
    await storeAnswers(server.tables, sent, server.plugin.now())
  }
}

async function ask(account: TestAccount, teacher: string) {
  const route = { ...contract.listYears, path: `/teachers/${teachers[teacher]}/years` }
  const { status, json } = await server.ask(account, route)
  return { status, items: status === 200 ? json<{ items: Year[] }>().items : [] }
}

test('surveys stand oldest first, each with what changed beyond chance, and with other questions named', async () => {
  const { items } = await ask('aigul', 'aigul')
  expect(items.map(({ campaignId, answers }) => [campaignId, answers])).toEqual(
    campaigns.map((id) => [id, 10]),
  )
  expect(items.map(({ change }) => change && [change.from, change.verdict])).toEqual([
    null,
    [campaigns[0], 'higher'],
    [campaigns[1], 'noise'],
  ])
  const [first, second] = items
  expect(Number(second!.change!.difference)).toBeCloseTo(
    Number(second!.shrunken) - Number(first!.shrunken),
    5,
  )
  // Each of these surveys asks a questionnaire of its own.
  expect(second!.change!.otherQuestions).toBe(true)
})

test('the median of the department stands beside, or why there is none', async () => {
  const { items } = await ask('aigul', 'aigul')
  expect(items.map(({ noMedian, unitMedian }) => [noMedian, unitMedian === null])).toEqual([
    ['few-teachers', true],
    [null, false],
    ['few-teachers', true],
  ])
  expect(items.map(({ beside }) => beside)).toEqual([null, 'above', null])
  const other = await ask('office', 'fourth')
  expect(other.items.map(({ beside }) => beside)).toEqual(['below'])
})

test('a survey that too few answered stands there without any figure, and is compared with nothing', async () => {
  const { items } = await ask('head', 'marat')
  expect(items[0]).toMatchObject({ answers: null, score: null, shrunken: null, change: null, beside: null })
  expect(items.map(({ change }) => change?.from ?? null)).toEqual([null, null, campaigns[1]])
})

test('others see nothing of it, nor of whom nobody was asked about', async () => {
  expect((await ask('marat', 'aigul')).status).toBe(404)
  expect((await ask('elsewhere', 'aigul')).status).toBe(404)
  expect((await ask('office', 'unasked')).status).toBe(404)
  expect((await ask('nobody', 'aigul')).status).toBe(403)
})
