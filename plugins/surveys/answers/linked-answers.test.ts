import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract.ts'
import {
  cellsOf,
  createTestSurveys,
  giveOutBundle,
  openCampaign,
  testQuestions,
  words,
} from '../test-surveys.ts'
import type { TestSurveys } from '../test-surveys.ts'
import { storeAnswers } from './store-answers.ts'
import type { SentAnswer } from './store-answers.ts'

const linked = { ground: words('Rules of the university, clause 7') }
let server: TestSurveys
let campaign: number
let tokens: string[]
/** Of aigul, marat and head in group A; of marat in group B. */
let a: { aigul: number; marat: number; head: number }
let b: number
beforeAll(async () => {
  server = await createTestSurveys()
  campaign = await openCampaign(
    server,
    [
      { teacher: 'aigul', group: 'A', students: 30 },
      { teacher: 'marat', group: 'A', students: 30 },
      { teacher: 'head', group: 'A', students: 30 },
      { teacher: 'marat', group: 'B', students: 30 },
    ],
    { linked },
  )
  const cells = await cellsOf(server, campaign)
  a = { aigul: cells.get('aigul A')!, marat: cells.get('marat A')!, head: cells.get('head A')! }
  b = cells.get('marat B')!
  tokens = await giveOutBundle(server, campaign, { groups: ['A'], count: 20 })
})
afterAll(async () => {
  await server.close()
})

type About = Record<number, object>
const sendingOf = (token: string, said: About) => ({
  token,
  answerId: crypto.randomUUID(),
  answers: Object.entries(said).map(([about, answer]) => ({
    about: Number(about),
    answer: answer as { clear: number },
  })),
})
const send = async (sending: object) => {
  const { status, json } = await server.ask(null, contract.sendAnswer, { body: sending })
  return status === 200 ? 'received' : json<{ code: string }>().code
}
const store = async (...sent: SentAnswer[]) => await storeAnswers(server.tables, sent, server.plugin.now())
const voices = async () =>
  (
    await server.tables.selectFrom('bundle').select('voices').where('campaign_id', '=', campaign).execute()
  ).flatMap((bundle) => bundle.voices)
const answersOf = async (cell: number) =>
  (
    await server.tables
      .selectFrom('tally')
      .select('answers')
      .where('cell_id', '=', cell)
      .executeTakeFirstOrThrow()
  ).answers

test('a link tells whom it is about, that answers are kept together, and on what ground', async () => {
  const opened = await server.ask(null, contract.openSurvey, { body: { token: tokens[0] } })
  expect(opened.json()).toMatchObject({ state: 'open', linked, questions: testQuestions })
  const { about } = opened.json<contract.OpenedSurvey>()
  expect(about.map(({ id, teacher, group }) => [id, teacher, group]).sort()).toEqual(
    [
      [a.aigul, 'aigul', 'A'],
      [a.marat, 'marat', 'A'],
      [a.head, 'head', 'A'],
    ].sort(),
  )
})

test('one sending is added to the sums of each teacher and kept together once, however often it is sent', async () => {
  const sending = sendingOf(tokens[0]!, {
    [a.aigul]: { clear: 5, fair: 2, pace: 'slow', more: 'Good' },
    [a.marat]: { fair: 3 },
  })
  expect(await Promise.all([send(sending), send(sending), send(sending)])).toEqual([
    'received',
    'received',
    'received',
  ])
  expect(await send(sending)).toBe('received')
  expect(await Promise.all([a.aigul, a.marat, a.head, b].map(answersOf))).toEqual([1, 1, 0, 0])
  // Steps of clear and fair, which count in the score, and nothing else.
  expect(await voices()).toEqual([{ [a.aigul]: [5, 2], [a.marat]: [null, 3] }])
  expect(await send(sendingOf(tokens[0]!, { [a.head]: { clear: 1 } }))).toBe('surveys.link-used')
})

test('two processes that get the same sending at once keep it once', async () => {
  const before = (await voices()).length
  const sending = sendingOf(tokens[1]!, { [a.aigul]: { clear: 4 }, [a.head]: { clear: 2 } })
  const all = await Promise.all([1, 2, 3, 4].map(async () => await store(sending)))
  expect(all.flat()).toEqual(['received', 'received', 'received', 'received'])
  expect(await voices()).toHaveLength(before + 1)
})

test('what does not fit is refused whole, and uses nothing up', async () => {
  const before = await voices()
  const wrong: object[] = [
    sendingOf(tokens[2]!, { [a.aigul]: { clear: 5 }, [a.marat]: { clear: 6 } }),
    sendingOf(tokens[2]!, { [a.aigul]: { clear: 5 }, [b]: { clear: 5 } }),
    sendingOf(tokens[2]!, { [a.aigul]: { clear: 5 }, [a.marat]: {} }),
    {
      ...sendingOf(tokens[2]!, {}),
      answers: [a.aigul, a.aigul].map((about) => ({ about, answer: { clear: 5 } })),
    },
    { token: tokens[2]!, answerId: crypto.randomUUID(), answer: { clear: 5 } },
  ]
  for (const sending of wrong)
    expect(await send(sending), JSON.stringify(sending)).toBe('surveys.answer-invalid')
  expect(await voices()).toHaveLength(before.length)
  expect(await send(sendingOf(tokens[2]!, { [a.marat]: { pace: 'fast' } }))).toBe('received')
  // Nothing that counts was answered, so there is nothing to keep together.
  expect(await voices()).toHaveLength(before.length)
})

test('a link about one teacher takes no answers about several', async () => {
  const plain = await openCampaign(server, [{ teacher: 'aigul', group: 'P', students: 9 }])
  const { giveOut } = await import('../test-links.ts')
  const [token = ''] = await giveOut(server, plain, 'P')
  const [cell] = [...(await cellsOf(server, plain)).values()]
  expect(await send(sendingOf(token, { [cell!]: { clear: 5 } }))).toBe('surveys.answer-invalid')
  expect(await send({ token, answerId: crypto.randomUUID(), answer: { clear: 5 } })).toBe('received')
})

/** Every row of every table that has a text in it, by table. */
async function findEverywhere(text: string): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(server.tables)
  const found = tables.rows.map(async ({ name }) => {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.raw(name)} t where t::text like ${`%${text}%`}`.execute(server.tables)
    return rows.map(() => name)
  })
  return (await Promise.all(found)).flat()
}

test('there is no row of a person: neither key nor transaction nor place in the file leads from a voice to a link', async () => {
  for (const token of tokens.slice(3, 9))
    await store(sendingOf(token, { [a.aigul]: { clear: 3 }, [a.head]: { fair: 1 } }))
  const marked = sendingOf(tokens[9]!, {
    [a.aigul]: { clear: 1 },
    [a.marat]: { clear: 1 },
    [a.head]: { clear: 1 },
  })
  await store(marked)
  const { rows } = await sql<{ bundles: number; used: number; voices: number }>`
    select (select count(*)::integer from plugin_surveys.bundle b where b.campaign_id = ${campaign}) as bundles,
      (select count(*)::integer from plugin_surveys.token t where t.receipt is not null and t.bundle_id is not null) as used,
      (select count(*)::integer from plugin_surveys.bundle b, jsonb_array_elements(b.voices)) as voices`.execute(
    server.tables,
  )
  expect(rows).toEqual([{ bundles: 1, used: 10, voices: 9 }])
  // All links of a bundle stand for the same teachers: which of them were answered about is in no token.
  const { rows: kinds } = await sql`
    select distinct t.bundle_id, t.cell_id, t.way from plugin_surveys.token t join plugin_surveys.bundle b on b.id = t.bundle_id`.execute(
    server.tables,
  )
  expect(kinds).toHaveLength(1)
  for (const trace of [marked.token, marked.answerId]) expect(await findEverywhere(trace)).toEqual([])
  expect(await findEverywhere('[1, null]')).toEqual(['plugin_surveys.bundle'])
  expect(server.logged.join('\n')).not.toContain(marked.token)
})

test('voices lie in an order that is not that of their coming', async () => {
  const other = await openCampaign(
    server,
    ['aigul', 'marat'].map((teacher) => ({ teacher: teacher as 'aigul', group: 'O', students: 30 })),
    {
      linked,
      questions: [{ ...testQuestions[0]!, kind: 'scale', steps: 10, weight: 1 } as never, testQuestions[1]!],
    },
  )
  const [first = 0, second = 0] = [...(await cellsOf(server, other)).values()]
  const own = await giveOutBundle(server, other, { groups: ['O'] })
  const came = own.map((_, index) => [1 + (index % 10), 1 + Math.floor(index / 10)] as const)
  for (const [index, token] of own.entries()) {
    const [clear, fair] = came[index]!
    await store(sendingOf(token, { [first]: { clear }, [second]: { fair } }))
  }
  const bundle = await server.tables
    .selectFrom('bundle')
    .select('voices')
    .where('campaign_id', '=', other)
    .executeTakeFirstOrThrow()
  const lie = bundle.voices.map((voice) => [voice[first]![0], voice[second]![1]])
  expect(lie).not.toEqual(came)
  const sorted = (all: unknown[]) => all.map((one) => JSON.stringify(one)).sort()
  expect(sorted(lie)).toEqual(sorted([...came]))
})

test('whether answers are linked, and why, is fixed with the release', async () => {
  const set = async (ground: string | null, id: number) =>
    await sql`update plugin_surveys.campaign set linked_ground = ${ground}::jsonb where id = ${id}`.execute(
      server.tables,
    )
  await expect(set(null, campaign)).rejects.toThrow('is released')
  await expect(set(JSON.stringify(words('Other')), campaign)).rejects.toThrow('is released')
  const plain = await openCampaign(server, [{ teacher: 'aigul', group: 'Q', students: 9 }])
  await expect(set(JSON.stringify(words('Later')), plain)).rejects.toThrow('is released')
})
