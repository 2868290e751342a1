import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TeacherPoints, YearEntry } from '../contract/resources/teacher-year.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { importText } from '../regulation/import-draft.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

type Account = keyof TestUniversity['accounts']

let server: TestApp
let university: TestUniversity

beforeAll(async () => {
  server = await createTestApp({ found: await loadListedPlugins() })
  const { db } = server.database
  university = await createTestUniversity(db)
  await sql`update core.appointment set position = 'lecturer'`.execute(db)
  await approve('kazutb-teacher')
}, 60_000)
afterAll(async () => {
  await server.close()
})

async function approve(name: string): Promise<number> {
  const { db } = server.database
  const text = await readFile(new URL(`../../regulations/${name}.yaml`, import.meta.url), 'utf8')
  const by = { accountId: university.accounts.office, at: new Date(), replace: false }
  const id = await importText(db, text, by)
  await sql`update core.regulation_version set state = 'approved', approved_at = now() where id = ${id}`.execute(
    db,
  )
  return id
}

interface Entered {
  data: object
  state?: string
  on?: string | null
  affiliated?: boolean
  authors?: number
}

/** An entry of one teacher, written as it is stored. */
async function enter(teacher: Account & keyof TestUniversity['teachers'], indicator: string, entry: Entered) {
  const { data, state = 'draft', on = '2026-01-15', affiliated = true, authors = 1 } = entry
  const { rows } = await sql<{ id: number }>`
    insert into core.evidence (indicator, data, title, happened_on, state, participant_count, created_by)
    values (${indicator}, ${JSON.stringify(data)}::jsonb, 'A', ${on}::date, ${state}, ${authors}, ${university.accounts[teacher]})
    returning id`.execute(server.database.db)
  await sql`insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name, affiliated)
    values (${rows[0]!.id}, 1, ${university.teachers[teacher]}, 'A', ${affiliated})`.execute(
    server.database.db,
  )
  return rows[0]!.id
}

const textbook = { type: 'textbook', stamp: 'republican-council', sheets: 10, title: 'A' }
const ask = async (url: string, as: Account) =>
  await server.app.inject({
    url: `/api${url}`,
    headers: { 'x-ustaz-account': String(university.accounts[as]), 'accept-language': 'en' },
  })
const pointsOf = async (teacher: keyof TestUniversity['teachers'], as: Account = 'office', query = '') => {
  const answer = await ask(`/teachers/${university.teachers[teacher]}/points${query}`, as)
  expect(answer.json()).not.toHaveProperty('code')
  return answer.json<TeacherPoints>()
}
const stored = async () => {
  const { rows } =
    await sql`select (select count(*) from core.run)::int as runs, (select count(*) from core.snapshot)::int as snapshots,
    (select count(*) from core.snapshot_fact)::int as facts, (select count(*) from core.run_line)::int as lines,
    (select count(*) from pg_class)::int as tables`.execute(server.database.db)
  return rows[0]
}

// KazUTB, 1.2.1: a textbook gives 45 points a sheet; the norm of a lecturer is 500.
test('what is approved and what is entered are two results of the engine, and nothing of them is kept', async () => {
  await enter('aigul', 'methodical.textbook', { data: textbook, state: 'approved' })
  const draft = await enter('aigul', 'methodical.textbook', { data: { ...textbook, sheets: 4 } })
  const before = await stored()
  const points = await pointsOf('aigul', 'aigul')
  expect(points.regulation).toMatchObject({
    code: 'kazutb-teacher',
    period: { from: '2025-09-01', to: '2026-08-31' },
  })
  expect(points.known).toEqual({ approved: '-50', entered: '130' })
  expect(points.approved.result.reasons.map(({ clause }) => clause)).toEqual(['K5', 'plan'])
  expect(points.approved.result).toMatchObject({
    teacherId: university.teachers.aigul,
    place: null,
    status: 'blocked',
    total: null,
  })
  expect(points.approved.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['points', '450'],
    ['norm', '-500'],
  ])
  const [entry] = points.entries
  expect(entry).toMatchObject({ evidenceId: draft, change: '180', others: [], why: null, unknown: [] })
  expect(entry!.lines.map(({ clause, amount }) => [clause, amount])).toEqual([['1.2.1', '180']])
  expect(await stored()).toEqual(before)
})

test('an entry that adds nothing says why', async () => {
  const ids = {
    dateless: await enter('marat', 'methodical.textbook', { data: textbook, on: null }),
    early: await enter('marat', 'methodical.textbook', { data: textbook, on: '2020-01-01' }),
    elsewhere: await enter('marat', 'methodical.textbook', { data: textbook, affiliated: false }),
    unnamed: await enter('marat', 'methodical.joint-programme', { data: { type: 'other' } }),
    // 1.1.6 gives points for the first three places only.
    fourth: await enter('marat', 'methodical.olympiad', { data: { level: 'international', place: 4 } }),
    returned: await enter('marat', 'methodical.textbook', { data: textbook, state: 'returned' }),
  }
  const points = await pointsOf('marat')
  const why = (id: number) => points.entries.find(({ evidenceId }) => evidenceId === id)?.why
  expect(why(ids.dateless)).toMatchObject({ code: 'no-date' })
  expect(why(ids.early)).toMatchObject({ code: 'outside-days' })
  expect(why(ids.elsewhere)).toMatchObject({ code: 'not-affiliated' })
  expect(why(ids.unnamed)).toMatchObject({ code: 'no-clause' })
  expect(why(ids.fourth)).toMatchObject({ code: 'zero-points', clause: '1.1.6' })
  expect(why(ids.returned)).toBeNull()
  const one = await ask(`/teachers/${university.teachers.marat}/entries/${ids.returned}/points`, 'marat')
  expect(one.json()).toMatchObject({ change: '450', why: null, regulation: { code: 'kazutb-teacher' } })
  // What was done in another year is tried in that year; the table holds from 2025-09-01 on.
  const next = await enter('marat', 'methodical.textbook', { data: textbook, on: '2026-10-01' })
  const later = await ask(`/teachers/${university.teachers.marat}/entries/${next}/points`, 'marat')
  expect(later.json()).toMatchObject({
    change: '450',
    regulation: { period: { from: '2026-09-01', to: '2027-08-31' } },
  })
})

// 1.1.1 gives 100 a package; 1.1.6 gives 70, 50 or 30 by place; a textbook's sheets are not limited, so one sheet gives 45.
test('one more of each criterion is supposed and counted by the engine', async () => {
  const { offers } = await pointsOf('elsewhere', 'office', '?offers=yes')
  const offer = (clause: string) => offers.find((one) => one.clause === clause)
  expect(offer('1.1.1')).toMatchObject({ least: '100', most: null, facts: 0, points: '0', cutBy: [] })
  expect(offer('1.1.6')).toMatchObject({ least: '30', most: '70' })
  expect(offer('1.1.2')).toMatchObject({ least: '50' })
  expect(offer('1.2.1')).toMatchObject({ least: '45' })
  expect(offers).toHaveLength(65)
  expect(offers.filter(({ least }) => least === null).map(({ clause }) => clause)).toEqual(['K5-survey'])
})

test('a list of entries says what is missing and what was written back', async () => {
  const id = await enter('head', 'methodical.textbook', {
    data: { type: 'textbook' },
    on: null,
    state: 'returned',
  })
  await enter('head', 'methodical.textbook', { data: textbook, state: 'approved' })
  await sql`insert into core.evidence_change (evidence_id, account_id, action, from_state, to_state, reason)
    values (${id}, ${university.accounts.dean}, 'return', 'submitted', 'returned', 'The title page is missing')`.execute(
    server.database.db,
  )
  const answer = await ask(
    `/teachers/${university.teachers.head}/entries?from=2025-09-01&to=2026-08-31`,
    'head',
  )
  const page = answer.json<{ items: YearEntry[]; total: number; counts: Record<string, number> }>()
  expect(page).toMatchObject({ total: 2, counts: { returned: 1, approved: 1, draft: 0 } })
  expect(page.items[0]).toMatchObject({
    id,
    comment: { reason: 'The title page is missing', account: 'Dean' },
  })
  expect(page.items[0]!.missing.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/data/title', '/happenedOn', '/files']),
  )
  const before = await ask(
    `/teachers/${university.teachers.head}/entries?to=2020-01-01&state=approved`,
    'head',
  )
  expect(before.json()).toMatchObject({ total: 0, items: [] })
})

test('a teacher sees only the own year, who leads a unit those of the unit', async () => {
  const { aigul, elsewhere } = university.teachers
  const seen = async (teacher: number, as: Account) => {
    const answers = [
      await ask(`/teachers/${teacher}/points`, as),
      await ask(`/teachers/${teacher}/entries`, as),
    ]
    return answers.map(({ statusCode }) => statusCode)
  }
  expect(await seen(aigul, 'aigul')).toEqual([200, 200])
  for (const as of ['head', 'dean', 'office', 'management'] as const)
    expect(await seen(aigul, as)).toEqual([200, 200])
  expect(await seen(aigul, 'marat')).toEqual([404, 404])
  expect(await seen(elsewhere, 'head')).toEqual([404, 404])
  expect(await seen(elsewhere, 'dean')).toEqual([404, 404])
  expect(await seen(aigul, 'nobody')).toEqual([403, 403])
  const draft = await enter('aigul', 'methodical.textbook', { data: textbook })
  expect((await ask(`/teachers/${aigul}/entries/${draft}/points`, 'marat')).statusCode).toBe(404)
  // Another teacher's draft is not tried under one's own name.
  const own = university.teachers.marat
  expect((await ask(`/teachers/${own}/entries/${draft}/points`, 'marat')).json()).toMatchObject({
    code: 'evidence-not-found',
  })
})
