import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { EvidenceInput, Participant } from '../../contract/resources/evidence.ts'
import { defineEvidenceKind, definePlugin } from '../../plugin/definition.ts'
import { createTestApp } from '../../testing/create-test-app.ts'
import type { TestApp } from '../../testing/create-test-app.ts'
import { testEvidencePlugin } from '../test-evidence.ts'
import { createTestUniversity, person } from '../test-university.ts'
import type { TestUniversity } from '../test-university.ts'
import { findCopies } from './find-copies.ts'
import { titleKey, titleLikeness } from './title-likeness.ts'

const bookSchema = z.object({ title: z.string().min(1), year: z.int(), press: z.string().nullable() })
type Book = z.infer<typeof bookSchema>
const lettersOf = (text: string) => text.toLowerCase().replace(/\P{L}+/gu, '')
/** Compares: one title, year and press are the same book. */
const book = defineEvidenceKind({
  kind: 'book',
  unit: 'item',
  schema: bookSchema,
  title: ({ title }) => title,
  identity: () => null,
  compare(a: Book, b: Book) {
    if (lettersOf(a.title) !== lettersOf(b.title) || a.year !== b.year) return 'different'
    return a.press !== null && a.press === b.press ? 'same' : 'perhaps'
  },
  roles: [],
  participants: 'many',
  files: { required: false, maxBytes: 1000, mediaTypes: ['application/pdf'] },
})
const text = { name: 'x', description: 'x', fields: { title: 'x', year: 'x', press: 'x' } }
const messages = { name: 'x', description: 'x', kinds: { book: text } }
const library = definePlugin({
  id: 'library',
  version: '1.0.0',
  messages: { kk: messages, ru: messages, en: messages },
  evidence: [book],
})

const title = 'Методика преподавания информатики в сельской школе'
const slip = 'Методика преподования информатики в сельской школе'
let server: TestApp
let university: TestUniversity
beforeAll(async () => {
  server = await createTestApp({ plugins: [testEvidencePlugin, library] })
  university = await createTestUniversity(server.database.db)
})
beforeEach(async () => {
  await sql`delete from core.evidence`.execute(server.context.db)
})
afterAll(async () => await server.close())

const names = { aigul: 'Оразбаева А.', marat: 'Ахметов М.', elsewhere: 'Семёнова А.' }
type Who = keyof typeof names
const teacher = (who: Who) => person(names[who], { teacherId: university.teachers[who] })
async function enter(name: string, fields: Partial<EvidenceInput> = {}, who: Who = 'aigul') {
  const participants = [teacher(who)]
  const talk = { indicator: 'test.talk', data: { name }, happenedOn: '2026-03-01', participants, ...fields }
  return await send('POST', '/evidence', talk, who)
}
async function send(method: 'POST' | 'PUT', path: string, payload: object, who: Who = 'aigul') {
  const headers = { 'x-ustaz-account': String(university.accounts[who]) }
  const answer = await server.app.inject({ method, url: `/api${path}`, headers, payload })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<{ id: number; revision: number }>()
}
const enterBook = async (name: string, who: Who, more: Partial<Book> = {}) =>
  await enter(
    name,
    { indicator: 'library.book', data: { title: name, year: 2026, press: 'Qazaq', ...more } },
    who,
  )
const rename = async ({ id, revision }: { id: number; revision: number }, name: string) =>
  await send('PUT', `/evidence/${id}`, {
    ...{
      revision,
      indicator: 'test.talk',
      data: { name },
      happenedOn: '2026-03-01',
      participants: [teacher('aigul')],
    },
  })
async function found(): Promise<string[]> {
  const { rows } = await sql<{ pair: string }>`
    select a.title || ' | ' || b.title || ' | ' || c.verdict as pair from core.evidence_copy c
    join core.evidence a on a.id = c.first_id join core.evidence b on b.id = c.second_id order by c.id`.execute(
    server.context.db,
  )
  return rows.map(({ pair }) => pair)
}

test('near titles are a pair where somebody takes part in both on near dates, once however often it is looked', async () => {
  await enter(title)
  await enter(slip)
  await enter('Mетoдикa пpепoдaвaния инфopмaтики в ceльcкoй шкoлe', { happenedOn: '2025-01-01' })
  await enter('Методика преподавания информатики', {}, 'marat')
  expect(await findCopies(server.context)).toBe(1)
  expect(await findCopies(server.context)).toBe(0)
  expect(await found()).toEqual([`${title} | ${slip} | perhaps`])
})

test('a search that is told to stop stops, and the next one goes on', async () => {
  await enter(title)
  await enter(slip)
  const tooLong = new Error('too long')
  await expect(findCopies(server.context, AbortSignal.abort(tooLong))).rejects.toBe(tooLong)
  expect(await found()).toEqual([])
  expect(await findCopies(server.context)).toBe(1)
})

test('letters of another alphabet hide nothing, and parts with numbers are no pair', async () => {
  const hidden = 'Mетoдикa пpепoдaвaния инфopмaтики в ceльcкoй шкoлe'
  await enter(title)
  await enter(hidden)
  for (const part of ['1', '2', 'III', 'IV']) await enter(`${title}, часть ${part}`)
  expect(await findCopies(server.context)).toBe(1)
  expect(await found()).toEqual([`${title} | ${hidden} | perhaps`])
})

test('somebody who is printed in both takes part in both, matched to a teacher in one of them or in none', async () => {
  const many = (participants: Participant[], year: number) => ({
    ...{ indicator: 'library.book', data: { title, year, press: null }, participants },
  })
  const printed = person('ОРАЗБАЕВА, А')
  await enter(title, many([teacher('aigul')], 2024))
  await enter(slip, { ...many([teacher('marat'), printed], 2024), data: { title: slip, year: 2024, press: 'Other' } }, 'marat') // prettier-ignore
  await enter(title, many([teacher('marat'), person('Smith J.')], 2025), 'marat')
  await enter(slip, { ...many([teacher('aigul'), person('Smith, J')], 2025), data: { title: slip, year: 2025, press: 'Other' } }) // prettier-ignore
  await findCopies(server.context)
  const near = (await found()).filter((pair) => !pair.endsWith('different'))
  expect(near).toEqual([`${title} | ${slip} | perhaps`, `${title} | ${slip} | perhaps`])
})

test('a kind that compares says whether near titles are a pair, as if they were one title; without people only where all else is the same', async () => {
  await enterBook(title, 'aigul')
  await enterBook(slip, 'marat')
  const subtitle = `${title}: учебное пособие`
  await enterBook(subtitle, 'marat', { year: 2025 })
  await enterBook('Методика преподавания информатики в сельских школах', 'elsewhere', { press: null })
  expect(await findCopies(server.context)).toBe(1)
  expect(await found()).toEqual([`${title} | ${slip} | perhaps`])
})

test('one title is what the kind says it is, as ever', async () => {
  await enterBook(title, 'aigul')
  await enterBook(`${title}!`, 'marat', { year: 2025 })
  await enterBook(`${title}.`, 'marat', { press: null })
  await findCopies(server.context)
  expect(await found()).toEqual([
    `${title} | ${title}! | different`,
    `${title} | ${title}. | perhaps`,
    `${title}! | ${title}. | different`,
  ])
})

test('a pair goes when its titles are near no longer and comes when they are again; what was decided stays', async () => {
  const first = await enter(title)
  const second = await enter(slip)
  await findCopies(server.context)
  const other = await rename(second, 'Квантовая химия полимеров')
  expect(await findCopies(server.context)).toBe(0)
  expect(await found()).toEqual([])
  const back = await rename(other, slip)
  expect(await findCopies(server.context)).toBe(1)
  await sql`update core.evidence_copy set decision = 'separate', reason = 'x', decided_at = now(),
    account_id = ${university.accounts.office}`.execute(server.context.db)
  await rename(back, 'Квантовая химия полимеров')
  await rename(first, `${title}.`)
  expect(await findCopies(server.context)).toBe(0)
  expect(await found()).toHaveLength(1)
})

test('only what is new or changed is looked at, and what a search that broke off left is looked at later', async () => {
  const { context } = server
  const first = await enter(title)
  await findCopies(context)
  const compared = async () =>
    (await sql<{ id: number }>`select evidence_id as id from core.evidence_compared order by 1`.execute(context.db)).rows // prettier-ignore
  expect(await compared()).toEqual([{ id: first.id }])
  await enter(slip)
  const now = () => {
    throw new Error('broken off')
  }
  await expect(findCopies({ ...context, now })).rejects.toThrow('broken off')
  expect([await compared(), await found()]).toEqual([[{ id: first.id }], []])
  expect(await findCopies(context)).toBe(1)
  expect(await compared()).toHaveLength(2)
})

test('several who look at once find each pair once, also of what is entered meanwhile', async () => {
  const names = ['сельской', 'городской', 'начальной', 'вечерней'].map((kind) => `Методика преподавания информатики детям и взрослым в ${kind} школе`) // prettier-ignore
  const slips = names.map((name) => name.replace('преподавания', 'преподования'))
  for (const name of names) await enter(name)
  const search = async () => await findCopies(server.context)
  const enterSlips = async () => {
    for (const name of slips) await enter(name)
    return 0
  }
  const counts = await Promise.all([search(), search(), enterSlips(), search()])
  counts.push(await search())
  const pairs = await found()
  expect(counts.reduce((sum, count) => sum + count)).toBe(pairs.length)
  for (const [i, name] of names.entries()) expect(pairs).toContain(`${name} | ${slips[i]} | perhaps`)
  expect(await search()).toBe(0)
})

test('titles are compared here as in the database', async () => {
  const titles = [
    title,
    slip,
    'Қазақ тілін оқыту: 2-бөлім',
    'The “ﬁrst” X² test_of co-ordination',
    'ӘҢГІМЕ ё',
    '',
  ]
  const pairs = titles.flatMap((a) => titles.map((b) => ({ a, b })))
  const { rows } = await sql<{ key: string; likeness: number }>`
    select core.title_key(a) as key, public.similarity(core.title_key(a), core.title_key(b)) as likeness
    from json_to_recordset(${JSON.stringify(pairs)}::json) as x (a text, b text)`.execute(server.context.db)
  expect(rows.map(({ key }) => key)).toEqual(pairs.map(({ a }) => titleKey(a)))
  for (const [i, { a, b }] of pairs.entries()) expect(rows[i]!.likeness).toBeCloseTo(titleLikeness(a, b), 5)
})

test('near titles and printed names are found by an index', async () => {
  const plan = await server.context.db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select from core.evidence b where core.title_key(b.title) operator(public.%) 'a title'
      union all select from core.evidence_participant
        where regexp_replace(core.title_key(name), '[^[:alnum:]]+', '', 'g') = 'smithj'`.execute(trx)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toContain('evidence_search')
  expect(plan).toContain('evidence_participant_name')
})
