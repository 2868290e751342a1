import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { TeacherResult } from '../contract/resources/runs.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { executeRun } from '../rating/execute-run.ts'
import { importText } from '../regulation/import-draft.ts'
import { getVersion } from '../regulation/versions.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

type Account = keyof TestUniversity['accounts']
type Answer = TeacherResult & { officialRunId: number | null; dependsOn: string[] }
const period = { from: '2025-09-01', to: '2026-08-31' }

let server: TestApp
let university: TestUniversity
let versionId: number
let document: RegulationDocument
let runId: number

beforeAll(async () => {
  server = await createTestApp({ found: await loadListedPlugins() })
  const { db } = server.database
  university = await createTestUniversity(db)
  await sql`update core.appointment set position = 'lecturer'`.execute(db)
  const { aigul, marat } = university.teachers
  for (const [teacher, share] of [
    [aigul, 2],
    [aigul, 1],
    [marat, 3],
  ] as const)
    await enterTextbook(teacher, share)
  const text = await readFile(new URL('../../regulations/kazutb-teacher.yaml', import.meta.url), 'utf8')
  const by = { accountId: university.accounts.office, at: new Date(), replace: false }
  versionId = await importText(db, text, by)
  document = (await getVersion(db, versionId)).document
  runId = await rateOfficially()
}, 60_000)
afterAll(async () => {
  await server.close()
})

/** A textbook of 10 sheets by so many authors, one of them the teacher. */
async function enterTextbook(teacherId: number, authors: number): Promise<void> {
  const data = JSON.stringify({ type: 'textbook', stamp: 'republican-council', sheets: 10, title: 'A' })
  const { rows } = await sql<{ id: number }>`
    insert into core.evidence (indicator, data, title, happened_on, state, participant_count, created_by)
    values ('methodical.textbook', ${data}::jsonb, 'A', '2026-01-15', 'approved', ${authors}, ${university.accounts.office})
    returning id`.execute(server.database.db)
  await sql`insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name)
    values (${rows[0]!.id}, 1, ${teacherId}, 'A')`.execute(server.database.db)
}

async function rateOfficially(): Promise<number> {
  const { db, host } = server.context
  const { rows } = await sql<{ id: number }>`
    insert into core.run (purpose, regulation_version_id, period_from, period_to, requested_by)
    values ('official', ${versionId}, ${period.from}, ${period.to}, ${university.accounts.office}) returning id`.execute(
    db,
  )
  const id = rows[0]!.id
  await executeRun(db, {
    runId: id,
    document,
    regulationHash: 'preview',
    period,
    snapshotId: null,
    knownAt: null,
    findFunction: () => null,
    sources: host.factSources(),
    weighting: host.weighting(document.weighting.id)!,
    onStage: () => Promise.resolve(),
  })
  return id
}

async function ask(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, as: Account = 'office') {
  const headers = { 'x-ustaz-account': String(university.accounts[as]), 'accept-language': 'en' }
  return await server.app.inject({ method, url: `/api${url}`, headers, ...(payload ? { payload } : {}) })
}
const preview = async (payload: object, as: Account = 'office') =>
  await ask('POST', `/regulations/${versionId}/preview`, payload, as)
const official = async (teacherId: number) =>
  (await ask('GET', `/runs/${runId}/teachers/${teacherId}`)).json<TeacherResult>()
const changed = (change: (copy: RegulationDocument) => void) => {
  const copy = structuredClone(document)
  change(copy)
  return copy
}

test('what a version says already comes out as in the official run, line by line, but for the place', async () => {
  for (const teacherId of Object.values(university.teachers)) {
    const { result, ...there } = await official(teacherId)
    const answer = (await preview({ teacherId })).json<Answer>()
    expect(answer.lines).toEqual(there.lines)
    expect(answer).toMatchObject({
      exactTotal: there.exactTotal,
      areas: there.areas,
      result: { ...result, place: null },
      officialRunId: runId,
      dependsOn: [],
      leagueSize: null,
    })
  }
})

test('a document that is not stored changes the lines it is about, and nothing of it stays', async () => {
  const counts = async () =>
    (
      await sql`select (select count(*) from core.run) as runs, (select count(*) from core.run_line) as lines,
        (select count(*) from core.snapshot) as snapshots, (select count(*) from core.snapshot_fact) as facts,
        (select hash from core.run where id = ${runId}) as hash`.execute(server.database.db)
    ).rows
  const before = await counts()
  const book = document.criteria.findIndex(({ id }) => id === '1.2.1')
  const dearer = changed(({ criteria }) => {
    criteria[book]!.points = { ...criteria[book]!.points, points: '50' } as never
  })
  const teacherId = university.teachers.aigul
  const answer = (await preview({ teacherId, document: dearer })).json<Answer>()
  const amounts = ({ lines }: TeacherResult) => lines.map(({ kind, amount }) => `${kind} ${amount}`)
  // 10 sheets: 45 a sheet gives 450, 50 gives 500; the first book is shared by two.
  expect(amounts(await official(teacherId)).sort()).toEqual(
    ['norm -500', 'points 450', 'points 450', 'split -225'].sort(),
  )
  expect(amounts(answer).sort()).toEqual(['norm -500', 'points 500', 'points 500', 'split -250'].sort())
  expect(await counts()).toEqual(before)
  expect((await getVersion(server.database.db, versionId)).document).toEqual(document)
})

test('where the total depends on others everybody is computed, and there is a place', async () => {
  const bands = changed((copy) => (copy.bandsBy = 'league-percent'))
  const ranked = (await preview({ teacherId: university.teachers.marat, document: bands })).json<Answer>()
  expect(ranked.dependsOn).toEqual([document.bands[0]!.id])
  expect(ranked.leagueSize).not.toBeNull()
})

test('a version that is saved while it is previewed disturbs neither', async () => {
  const teacherId = university.teachers.aigul
  const { id } = (await ask('POST', `/regulations/${versionId}/drafts`, { version: 'saved' })).json<{
    id: number
  }>()
  const save = async (round: number) => {
    const changed = { ...document, version: 'saved', source: `order ${round}` }
    return await ask('PUT', `/regulations/${id}`, { document: changed, revision: round })
  }
  const answers = await Promise.all(
    [1, 2, 3].map(async () => await ask('POST', `/regulations/${id}/preview`, { teacherId })),
  )
  for (const round of [1, 2, 3, 4, 5]) {
    const both = [ask('POST', `/regulations/${id}/preview`, { teacherId }), save(round)]
    answers.push(...(await Promise.all(both)))
  }
  expect(answers.filter(({ statusCode }) => statusCode !== 200).map(({ body }) => body)).toEqual([])
})

test('a period of which nothing is frozen yet is frozen for the preview alone', async () => {
  const teacherId = university.teachers.aigul
  const past = { from: '2024-09-01', to: '2025-08-31' }
  const answer = (await preview({ teacherId, period: past })).json<Answer>()
  expect(answer).toMatchObject({ officialRunId: null, period: past, lines: [{ kind: 'norm' }] })
  const frozen = await sql`select from core.snapshot where period_from = ${past.from}`.execute(
    server.database.db,
  )
  expect(frozen.rows).toHaveLength(0)
})

test('faults, teachers and snapshots that are not there are said in words', async () => {
  const teacherId = university.teachers.aigul
  const faulty = changed(({ criteria }) => (criteria[0]!.area = 'nowhere'))
  expect((await preview({ teacherId, document: faulty })).json()).toMatchObject({
    code: 'preview-faulty',
    status: 422,
    issues: [{ path: '/criteria/0/area', message: expect.stringContaining('nowhere') as string }],
  })
  expect((await preview({ teacherId: 999_999, period })).json()).toMatchObject({ code: 'result-not-found' })
  expect((await preview({ teacherId: 999_999 })).json()).toMatchObject({ code: 'preview-no-period' })
  expect((await preview({ teacherId, snapshotId: 999_999 })).json()).toMatchObject({
    code: 'snapshot-not-found',
  })
})

test('only who writes or approves regulations previews them', async () => {
  const teacherId = university.teachers.aigul
  for (const account of ['aigul', 'head', 'dean'] as const) {
    expect((await preview({ teacherId }, account)).statusCode).toBe(403)
  }
  expect((await preview({ teacherId }, 'management')).statusCode).toBe(200)
})
