import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract.ts'
import { createTestSurveys, giveOut, openCampaign, testQuestions } from '../test-surveys.ts'
import type { TestSurveys } from '../test-surveys.ts'
import { receiveAnswer } from './receive.ts'
import { storeAnswers } from './store-answers.ts'
import { hashOf } from './tokens.ts'

let server: TestSurveys
let campaign: number
let tokens: string[]
beforeAll(async () => {
  server = await createTestSurveys()
  campaign = await openCampaign(server, [
    { teacher: 'aigul', group: 'A', students: 20 },
    { teacher: 'marat', group: 'B', students: 20 },
  ])
  tokens = await giveOut(server, campaign, 'A')
})
afterAll(async () => {
  await server.close()
})

const full = { clear: 5, fair: 1, pace: 'slow', used: ['book', 'video'], more: 'Good lectures' }
const sendingOf = (token: string, answer: object = full) => ({
  token,
  answerId: crypto.randomUUID(),
  answer: answer as typeof full,
})
const send = async (sending: object) => {
  const { status, json } = await server.ask(null, contract.sendAnswer, { body: sending })
  return status === 200 ? 'received' : json<{ code: string }>().code
}
const tallied = async () =>
  await server.tables
    .selectFrom('tally as t')
    .innerJoin('cell as c', 'c.id', 't.cell_id')
    .select(['t.answers', 't.counts', 't.texts'])
    .where('c.group_code', '=', 'A')
    .executeTakeFirstOrThrow()

test('an answer is added to the sums, and a retry adds nothing, at the same moment or later', async () => {
  const sending = sendingOf(tokens[0]!)
  expect(await Promise.all([send(sending), send(sending), send(sending)])).toEqual([
    'received',
    'received',
    'received',
  ])
  expect(await send(sending)).toBe('received')
  expect(await tallied()).toEqual({
    answers: 1,
    // Answered and steps of clear, of fair; answered and options of pace, of used.
    counts: [1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1],
    texts: [{ question: 'more', text: 'Good lectures' }],
  })
})

test('two processes that get the same answer at once add it once', async () => {
  const before = await tallied()
  const sending = sendingOf(tokens[1]!, { clear: 4 })
  const twice = [1, 2, 3, 4].map(
    async () => await storeAnswers(server.tables, [sending], server.plugin.now()),
  )
  expect((await Promise.all(twice)).flat()).toEqual(['received', 'received', 'received', 'received'])
  expect((await tallied()).answers).toBe(before.answers + 1)
})

test('another answer by the same link is refused, within one batch as well', async () => {
  expect(await send(sendingOf(tokens[0]!))).toBe('surveys.link-used')
  const both = [sendingOf(tokens[2]!), sendingOf(tokens[2]!)]
  const outcomes = await storeAnswers(server.tables, both, server.plugin.now())
  expect(outcomes).toEqual(['received', 'used'])
})

test('what does not fit the questions is refused and uses nothing up', async () => {
  const wrong = [
    { clear: 6 },
    { clear: 0 },
    { clear: 'x' },
    { pace: 'none' },
    { used: [] },
    { used: ['book', 'book'] },
    { other: 1 },
    { more: '   ' },
    {},
  ]
  for (const answer of wrong) {
    expect(await send(sendingOf(tokens[3]!, answer)), JSON.stringify(answer)).toBe('surveys.answer-invalid')
  }
  expect(await send(sendingOf(tokens[3]!, { fair: 3 }))).toBe('received')
  expect(await send(sendingOf('A'.repeat(22)))).toBe('surveys.link-unknown')
})

test('one answer that is wrong does not hinder those that come with it', async () => {
  const good = tokens.slice(4, 8).map((token) => sendingOf(token, { clear: 3 }))
  const context = server.plugin
  const all = [...good, sendingOf(tokens[8]!, { clear: 99 })].map(
    async (one) => await receiveAnswer(context, one),
  )
  const results = await Promise.allSettled(all)
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
  ])
})

test('before the beginning and after the end nothing is taken', async () => {
  const at = async (moment: string) =>
    await storeAnswers(server.tables, [sendingOf(tokens[9]!)], new Date(moment))
  expect(await at('2026-05-31T23:59:59Z')).toEqual(['early'])
  expect(await at('2026-06-20T00:00:00Z')).toEqual(['over'])
  expect(await at('2026-06-19T23:59:59Z')).toEqual(['received'])
})

test('opening a link tells what is asked, and leaves no trace', async () => {
  const rows = async () =>
    (await sql`select t::text, xmin::text from plugin_surveys.token t`.execute(server.tables)).rows
  const before = await rows()
  const opened = await server.ask(null, contract.openSurvey, { body: { token: tokens[10] } })
  expect(opened.json()).toMatchObject({
    state: 'open',
    linked: null,
    about: [{ teacher: 'aigul', course: 'Algebra', group: 'A' }],
    questions: testQuestions,
  })
  const used = await server.ask(null, contract.openSurvey, { body: { token: tokens[0] } })
  expect(used.json()).toMatchObject({ state: 'used' })
  expect(await rows()).toEqual(before)
})

/** Every value of every table of the database, as text. */
async function everything(): Promise<string> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(server.tables)
  const dumps = tables.rows.map(async ({ name }) => {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(
      server.tables,
    )
    return rows.map(({ row }) => row).join('\n')
  })
  return (await Promise.all(dumps)).join('\n')
}

test('neither a link nor the number of an answer nor an address is anywhere in the database or the log', async () => {
  const sending = sendingOf(tokens[11]!, { clear: 1, more: 'a sentence like no other' })
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/plugins/surveys/answers',
    remoteAddress: '203.0.113.77',
    headers: { 'x-ustaz-request': '1', 'user-agent': 'phone-of-a-student' },
    payload: sending,
  })
  expect(response.statusCode).toBe(200)
  const found = await everything()
  expect(found).toContain('a sentence like no other')
  for (const trace of [sending.token, sending.answerId, '203.0.113.77', 'phone-of-a-student'])
    expect(found).not.toContain(trace)
  expect(server.logged.join('\n')).not.toContain(sending.token)
})

test('of all that is stored only the sums of a cell and the voices of a bundle hold what was answered, and they hold no token, number or moment', async () => {
  const { rows } = await sql<{ table: string; column: string; type: string }>`
    select table_name as "table", column_name as "column", data_type as type from information_schema.columns
    where table_schema = 'plugin_surveys' and table_name in ('token', 'tally', 'bundle') order by 1, 2`.execute(
    server.tables,
  )
  expect(rows.map(({ table, column, type }) => `${table}.${column} ${type}`)).toEqual([
    'bundle.campaign_id bigint',
    'bundle.groups ARRAY',
    'bundle.id bigint',
    'bundle.voices jsonb',
    'tally.answers integer',
    'tally.cell_id bigint',
    'tally.counts ARRAY',
    'tally.texts jsonb',
    'token.bundle_id bigint',
    'token.cell_id bigint',
    'token.hash bytea',
    'token.receipt bytea',
    'token.way text',
  ])
  const receipts = await server.tables
    .selectFrom('token')
    .select('receipt')
    .where('receipt', 'is not', null)
    .execute()
  const found = await everything()
  // The receipt stands with its token alone: nothing joins it to an answer.
  for (const { receipt } of receipts) expect(found.split(receipt!.toString('hex'))).toHaveLength(2)
  const log =
    await sql`select from core.audit_entry where table_name in ('plugin_surveys.token', 'plugin_surveys.tally', 'plugin_surveys.bundle')`.execute(
      server.tables,
    )
  expect(log.rows).toEqual([])
})

test('written answers lie in an order that is not that of their coming', async () => {
  const id = await openCampaign(server, [{ teacher: 'marat', group: 'Z', students: 30 }])
  const own = await giveOut(server, id, 'Z')
  for (const [index, token] of own.entries())
    await storeAnswers(server.tables, [sendingOf(token, { more: `text ${index}` })], server.plugin.now())
  const { texts } = await server.tables
    .selectFrom('tally as t')
    .innerJoin('cell as c', 'c.id', 't.cell_id')
    .select('t.texts')
    .where('c.campaign_id', '=', id)
    .executeTakeFirstOrThrow()
  const order = texts.map(({ text }) => Number(text.slice(5)))
  expect([...order].sort((a, b) => a - b)).toEqual(own.map((_, index) => index))
  expect(order).not.toEqual([...order].sort((a, b) => a - b))
})

test('links are put on record in the order of their hashes', async () => {
  const id = await openCampaign(server, [{ teacher: 'head', group: 'H', students: 40 }])
  const own = await giveOut(server, id, 'H')
  const { rows } = await sql<{ hash: Buffer }>`
    select t.hash from plugin_surveys.token t join plugin_surveys.cell c on c.id = t.cell_id
    where c.campaign_id = ${id} order by t.ctid`.execute(server.tables)
  const sorted = own.map(hashOf).sort((a, b) => a.compare(b))
  expect(rows.map(({ hash }) => hash.toString('hex'))).toEqual(sorted.map((hash) => hash.toString('hex')))
})
