import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealEntries } from '../audit/seal-entries.ts'
import { verifyChain } from '../audit/verify-chain.ts'
import { importPeople } from '../people/import/import-people.ts'
import { hashDocument } from '../rating/document/canonical-json.ts'
import { enterExample, examplePeriod, onePointWeighting } from '../rating/example-university.ts'
import { executeRun } from '../rating/execute-run.ts'
import { verifyRun } from '../rating/results/verify-run.ts'
import { readRunOrder } from '../rating/run-order.ts'
import type { RatingSources } from '../rating/run-order.ts'
import { criterionInput, exampleDocument } from '../regulation/example-document.ts'
import { replayRun } from '../replay/replay-run.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

const sources: RatingSources = {
  factSources: () => [{ source: 'evidence', indicator: 'test.book', enrich: null }],
  pointsFunction: () => null,
  weighting: () => onePointWeighting,
}
const document = exampleDocument({
  criteria: [criterionInput('1.1', { split: { kind: 'equal' } })],
  weighting: { id: 'test.any' },
})
const book = { indicator: 'test.book', attributes: { type: 'textbook', sheets: 4 } }
/** Nothing else in the database is written like these. */
const secrets = [
  'Құпиябаева',
  'Жасырынгүл',
  'Ұмытқызы',
  'Qupiyabayeva',
  'zhasyryn@example.kz',
  '0000-0002-1825-0097',
]

let server: TestApp
let runId: number
let teacherId: number
let accounts: { person: number; colleague: number; office: number }
beforeAll(async () => {
  server = await createTestApp()
  const { db } = server.database
  await enterExample(server.database, [
    { code: 'T1', position: 'professor', facts: [book, { ...book, evidence: 'shared', participants: 2 }] },
    { code: 'T2', position: 'lecturer', facts: [{ ...book, evidence: 'shared' }] },
  ])
  teacherId = await idOf('T1')
  const teacher = {
    family_name: secrets[0]!,
    given_name: secrets[1]!,
    patronymic: secrets[2]!,
    latin_name: `${secrets[3]} Zhasyryngul`,
    orcid: secrets[5]!,
    sex: 'female' as const,
    birth_year: 1971,
  }
  await db.updateTable('teacher').set(teacher).where('id', '=', teacherId).execute()
  accounts = {
    person: await addAccount('Жасырынгүл Құпиябаева', 'teacher', teacherId),
    colleague: await addAccount('Colleague', 'teacher', await idOf('T2')),
    office: await addAccount('Office two', 'office', null),
  }
  await db.updateTable('account').set({ email: secrets[4]! }).where('id', '=', accounts.person).execute()
  runId = await rate()
  await writeNamesEverywhere()
}, 60_000)
afterAll(async () => {
  await server.close()
})

async function idOf(code: string): Promise<number> {
  const row = await server.database.db
    .selectFrom('teacher')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  return row.id
}
async function addAccount(name: string, role: string, teacher: number | null): Promise<number> {
  const { db } = server.database
  const { id } = await db
    .insertInto('account')
    .values({ name, teacher_id: teacher })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('account_role').values({ account_id: id, role, unit_id: null }).execute()
  return id
}

/** In texts that people write, in the history, in files' names, in mail and in notices to others. */
async function writeNamesEverywhere(): Promise<void> {
  const { db } = server.database
  const { context } = server
  const own = sql`(select min(evidence_id) from core.evidence_participant where teacher_id = ${teacherId})`
  await sql`update core.evidence_participant set name = 'Құпиябаева Ж.Ұ.' where teacher_id = ${teacherId}`.execute(
    db,
  )
  await sql`update core.evidence_participant set name = 'Әріптес "А"' where teacher_id <> ${teacherId}`.execute(
    db,
  )
  await sql`update core.evidence set title = 'Құпиябаева Жасырынгүл марапатталды', data = data || '{"of": "Qupiyabayeva Zhasyryngul"}'
    where id = ${own}`.execute(db)
  await sql`insert into core.evidence_change (evidence_id, account_id, action, to_state, reason, before, after)
    values (${own}, ${accounts.office}, 'return', 'returned', 'Жасырынгүл Құпиябаева, толықтырыңыз',
      '{"participants": [{"name": "Құпиябаева Ж.Ұ."}]}', '{"participants": []}')`.execute(db)
  const { sha256, bytes } = await context.files.put(Buffer.from('a diploma'))
  await sql`insert into core.evidence_file (evidence_id, name, media_type, bytes, sha256, uploaded_by)
    values (${own}, 'Құпиябаева диплом.pdf', 'application/pdf', ${bytes}, ${sha256}, ${accounts.person})`.execute(
    db,
  )
  await sql`insert into core.notice (account_id, key, kind, params, created_at) values
    (${accounts.colleague}, 'k', 'x', '{"who": "Құпиябаева Жасырынгүл"}', now()), (${accounts.person}, 'k', 'x', '{}', now())`.execute(
    db,
  )
  await sql`insert into core.mail (key, recipient, subject, text, created_at)
    values ('m', ${secrets[4]!}, 'Құпиябаева Жасырынгүл', 't', now())`.execute(db)
}

async function rate(code = 'r'): Promise<number> {
  const { db } = server.database
  const { id: regulation } = await db
    .insertInto('regulation')
    .values({ code })
    .returning('id')
    .executeTakeFirstOrThrow()
  const version = { regulation_id: regulation, version: '1', hash: hashDocument(document), created_by: 1 }
  const { id: versionId } = await db
    .insertInto('regulation_version')
    .values({ ...version, document: JSON.stringify(document) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const run = {
    purpose: 'official' as const,
    regulation_version_id: versionId,
    period_from: examplePeriod.from,
    period_to: examplePeriod.to,
    requested_by: 1,
  }
  const { id } = await db.insertInto('run').values(run).returning('id').executeTakeFirstOrThrow()
  await executeRun(db, { ...(await readRunOrder(db, id, sources)), onStage: async () => undefined })
  return id
}

async function ask(account: number, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  return await server.app.inject({
    method,
    url: `/api${url}`,
    headers: { 'x-ustaz-account': String(account), 'accept-language': 'ru' },
    ...(payload ? { payload } : {}),
  })
}
const idIn = (response: { json(): unknown }) => (response.json() as { id: number }).id

/** Every row of every table of every schema that is ours, as text: what a dump would hold. */
async function dump(): Promise<string> {
  const { pool } = server.database
  const { rows: tables } = await pool.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`)
  expect(tables.length).toBeGreaterThan(40)
  const parts: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query<{ text: string | null }>(
      `select string_agg(t::text, chr(10)) as text from ${name} t`,
    )
    parts.push(rows[0]!.text ?? '')
  }
  return parts.join('\n')
}

test('a person asks for the own data, the office grants it, and only the person gets them: tables with their meaning, files, readers', async () => {
  const asked = await ask(accounts.person, 'POST', '/privacy/requests', { kind: 'export' })
  expect(asked.json()).toMatchObject({
    kind: 'export',
    state: 'asked',
    teacher: { code: 'T1' },
    decidedBy: null,
  })
  const id = idIn(asked)
  expect((await ask(accounts.person, 'POST', '/privacy/requests', { kind: 'export' })).statusCode).toBe(409)
  expect((await ask(accounts.person, 'GET', `/privacy/requests/${id}/bundle`)).statusCode).toBe(409)
  expect(
    (await ask(accounts.person, 'POST', `/privacy/requests/${id}/moves`, { action: 'grant' })).statusCode,
  ).toBe(403)
  const granted = await ask(accounts.office, 'POST', `/privacy/requests/${id}/moves`, { action: 'grant' })
  expect(granted.json()).toMatchObject({ state: 'granted', decidedBy: { name: 'Office two' }, outcome: null })
  for (const account of [accounts.colleague, accounts.office])
    expect([403, 404]).toContain((await ask(account, 'GET', `/privacy/requests/${id}/bundle`)).statusCode)
  const response = await ask(accounts.person, 'GET', `/privacy/requests/${id}/bundle`)
  const files = unzipSync(new Uint8Array(response.rawPayload))
  const read = (path: string) =>
    JSON.parse(strFromU8(files[path]!)) as { purpose: string; rows: Record<string, unknown>[] }
  expect(read('core/teacher.json')).toMatchObject({
    purpose: 'Знать, кто это, и называть по имени и табельному номеру',
    basis: 'трудовые отношения',
    columns: { family_name: 'фамилия' },
    rows: [{ code: 'T1', family_name: secrets[0] }],
  })
  expect(read('core/evidence.json').rows).toHaveLength(2)
  expect(read('core/run_teacher.json').rows).toHaveLength(1)
  expect(read('core/account.json').rows).toMatchObject([{ email: secrets[4] }])
  const path = Object.keys(files).find((name) => name.startsWith('files/'))!
  expect([path, strFromU8(files[path]!)]).toEqual([
    expect.stringMatching(/Құпиябаева диплом\.pdf$/),
    'a diploma',
  ])
})

test('others see no request but their own, and an open one can be withdrawn by the person alone', async () => {
  const id = idIn(
    await ask(accounts.colleague, 'POST', '/privacy/requests', { kind: 'erasure', reason: 'why not' }),
  )
  const seen = (await ask(accounts.person, 'GET', '/privacy/requests')).json<{ items: { id: number }[] }>()
  expect(seen.items.map((item) => item.id)).not.toContain(id)
  expect((await ask(accounts.person, 'DELETE', `/privacy/requests/${id}`)).statusCode).toBe(404)
  expect(
    (await ask(accounts.office, 'POST', `/privacy/requests/${id}/moves`, { action: 'refuse' })).statusCode,
  ).toBe(422)
  expect((await ask(accounts.colleague, 'DELETE', `/privacy/requests/${id}`)).statusCode).toBe(204)
  expect(
    (await ask(accounts.office, 'POST', `/privacy/requests/${id}/moves`, { action: 'grant' })).statusCode,
  ).toBe(409)
})

test('an erasure takes the name out of the whole database, says what is kept and until when, and the rating stays what it was', async () => {
  const { db } = server.database
  const id = idIn(
    await ask(accounts.person, 'POST', '/privacy/requests', {
      kind: 'erasure',
      reason: 'Я, Құпиябаева, ушла',
    }),
  )
  const grant = async () =>
    await ask(accounts.office, 'POST', `/privacy/requests/${id}/moves`, { action: 'grant' })
  const employed = await grant()
  expect([employed.statusCode, employed.json<{ code: string }>().code]).toEqual([409, 'erasure-employed'])
  await sql`update core.appointment set ends_on = '2026-05-31' where teacher_id = ${teacherId}`.execute(db)
  await sealEntries(db)
  const before = { verified: await verifyRun(db, runId), dump: await dump() }
  for (const secret of secrets) expect(before.dump).toContain(secret)

  const erased = (await grant()).json<{
    outcome: { erased: Record<string, number>; kept: Record<string, number> }
  }>()
  expect(erased).toMatchObject({
    state: 'granted',
    teacher: { name: 'T1', code: 'T1' },
    outcome: { keptUntil: '2029-05-31', olderSnapshots: 0, frozenMentions: 0 },
  })
  expect(erased.outcome.erased).toMatchObject({ 'core.teacher': 1, 'core.account': 1, 'core.notice': 1 })
  expect(erased.outcome.kept).toMatchObject({
    'core.evidence': 2,
    'core.run_teacher': 1,
    'core.appointment': 1,
  })

  const after = await dump()
  for (const secret of secrets) expect(after, secret).not.toContain(secret)
  expect(after).toContain('T1 марапатталды')
  expect(after).toContain('Әріптес')
  const replay = await replayRun(db, sources, runId)
  expect(replay).toMatchObject({ identical: true, hash: { found: before.verified.recorded } })
  expect(await verifyRun(db, runId)).toEqual(before.verified)
  await sealEntries(db)
  expect(await verifyChain(db)).toMatchObject({ broken: null, pending: 0 })
}, 60_000)

test('an erased person does not come back by an import that still has the name', async () => {
  const content = Buffer.from(`code,family_name,given_name\nT1,${secrets[0]},${secrets[1]}`)
  const order = { kind: 'teachers', content, dryRun: false, language: 'en' } as const
  const report = await importPeople(server.database.db, order)
  expect(report).toMatchObject({
    written: false,
    lines: [{ outcome: 'refused', issues: [{ code: 'import.erased' }] }],
  })
})

test('a name may go from a frozen row, and nothing else may change', async () => {
  const { pool } = server.database
  for (const change of [
    'leave_days = 7',
    "family_name = 'Z', given_name = '', patronymic = null",
    "code = 'T9'",
  ])
    await expect(pool.query(`update core.snapshot_teacher set ${change}`)).rejects.toMatchObject({
      code: 'UZ002',
    })
  await expect(pool.query('delete from core.snapshot_teacher')).rejects.toMatchObject({ code: 'UZ002' })
  await expect(pool.query('truncate core.snapshot_teacher')).rejects.toMatchObject({ code: 'UZ002' })
})

test('a text that was rated with the name in it stays as it was rated, and the person is told', async () => {
  const { db } = server.database
  await sql`update core.evidence set data = data || '{"of": "Қалыбай Бекзатұлы"}' where id = (
    select min(p.evidence_id) from core.evidence_participant p join core.teacher t on t.id = p.teacher_id
    where t.code = 'T2')`.execute(db)
  await db
    .updateTable('teacher')
    .set({ family_name: 'Қалыбай', given_name: 'Бекзатұлы' })
    .where('code', '=', 'T2')
    .execute()
  const again = await rate('2')
  await sql`update core.appointment set ends_on = '2026-05-31' where teacher_id = ${await idOf('T2')}`.execute(
    db,
  )
  const id = idIn(await ask(accounts.colleague, 'POST', '/privacy/requests', { kind: 'erasure' }))
  const granted = await ask(accounts.office, 'POST', `/privacy/requests/${id}/moves`, { action: 'grant' })
  expect(granted.json()).toMatchObject({ outcome: { frozenMentions: 1 } })
  expect(await replayRun(db, sources, again)).toMatchObject({ identical: true })
})
