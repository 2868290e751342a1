/** For route-walk.test.ts: what Anna has, in core and in every plugin that has tables; entered by routes where a route makes it. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { RatedUniversity } from '../rated-university.example.ts'
import type { Owner, Walker } from './walked-university.example.ts'

export interface Belongings {
  teacher: number
  account: number
  /** Who leads her faculty, and whoever reviews her second appeal. */
  historian: number
  reviewer: number
  session: number
  /** API tokens. */
  tokens: { own: number; managed: number }
  /** Approved and counted, and a draft with a file. */
  evidence: number
  draft: { id: number; revision: number; fileId: number }
  /** Waits for a decision. */
  submitted: { id: number; revision: number }
  /** Of the teacher who walks: counted, and a draft. */
  ownEvidence: number
  ownDraft: number
  ownTeacher: number
  delegation: number
  relative: number
  notice: number
  /** `old` has an old rating beside it, `waiting` is not computed. */
  runs: { run: number; before: number; old: number; waiting: number }
  regulation: { approved: number; draft: number; document: object }
  /** Filed with a file, and in review. */
  appeal: { filed: number; fileId: number; inReview: number }
  /** Not decided, and granted. */
  request: { asked: number; granted: number }
  result: string
  room: number
  device: number
  lesson: { own: number; disputed: number }
  consultation: { id: number; revision: number }
  outlook: number
}

interface Given {
  accounts: Record<Walker | Owner, number>
  runs: Belongings['runs']
}
/** Asks as an account what must succeed; answers the body. */
type Ask = <T>(
  account: number,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object | FormData,
) => Promise<T>
interface Drafted {
  id: number
  revision: number
  files: { id: number }[]
}
interface Making extends Given {
  there: RatedUniversity
  ask: Ask
}

export async function belongingsIn(there: RatedUniversity, given: Given): Promise<Belongings> {
  async function ask<T>(...[account, method, path, payload]: Parameters<Ask>): Promise<T> {
    const response = await there.server.app.inject({
      method,
      url: `/api${path}`,
      headers: { 'x-ustaz-account': String(account), 'accept-language': 'en' },
      ...(payload === undefined ? {} : { payload }),
    })
    expect(response.statusCode, `${method} ${path}: ${response.body}`).toBe(200)
    return response.json<T>()
  }
  const making = { ...given, there, ask }
  const { accounts, runs } = given
  const { teachers } = there.university
  return {
    teacher: teachers.elsewhere,
    account: accounts.anna,
    historian: accounts.historian,
    reviewer: accounts.reviewer,
    runs,
    ownTeacher: teachers.aigul,
    ...(await evidenceOf(making)),
    ...(await personalOf(making)),
    ...(await decisionsOf(making)),
    ...(await classroomOf(making)),
    result: await teachingOf(making),
    outlook: await forecastOf(making),
  }
}

async function idOf({ there }: Making, statement: ReturnType<typeof sql<{ id: number }>>): Promise<number> {
  return (await statement.execute(there.server.database.db)).rows[0]!.id
}

export const onePagePdf = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'
const annasPdf = onePagePdf.replace('<<>>', '<</Title (Anna)>>')
export function formOf(content: string, name: string, fields: Record<string, string> = {}): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append('file', new Blob([content]), name)
  return form
}

async function evidenceOf(making: Making) {
  const { ask, accounts, there } = making
  const { elsewhere, aigul } = there.university.teachers
  const counted = (teacher: number) =>
    idOf(
      making,
      sql`select evidence_id as id from core.evidence_participant where teacher_id = ${teacher} order by 1 limit 1`,
    )
  const enter = async (account: number, teacherId: number, title: string) =>
    await ask<{ id: number }>(account, 'POST', '/evidence', {
      indicator: 'methodical.mooc',
      data: { title, platform: 'own', address: null },
      happenedOn: '2026-02-01',
      participants: [{ teacherId, name: 'x', role: null, share: null, affiliated: true }],
    })
  const withFile = async (title: string) => {
    const { id } = await enter(accounts.anna, elsewhere, title)
    const form = formOf(annasPdf, 'annas.pdf')
    return await ask<Drafted>(accounts.anna, 'POST', `/evidence/${id}/files`, form)
  }
  const draft = await withFile("Anna's draft")
  const waiting = await withFile("Anna's course that waits")
  const submit = { action: 'submit', revision: waiting.revision }
  const submitted = await ask<Drafted>(accounts.anna, 'POST', `/evidence/${waiting.id}/moves`, submit)
  return {
    evidence: await counted(elsewhere),
    ownEvidence: await counted(aigul),
    ownDraft: (await enter(accounts.teacher, aigul, "Aigul's draft")).id,
    submitted: { id: submitted.id, revision: submitted.revision },
    draft: { id: draft.id, revision: draft.revision, fileId: draft.files[0]!.id },
  }
}

/** What is hers as a person with an account: sessions, notices, a relative, who stands in, requests about her data. */
async function personalOf(making: Making) {
  const { ask, accounts, there } = making
  await ask(accounts.anna, 'GET', '/session')
  const token = async () => {
    const wanted = { name: "Anna's token", actions: ['evidence.read'], days: 30 }
    return (await ask<{ id: number }>(accounts.anna, 'POST', '/account/tokens', wanted)).id
  }
  const asked = await ask<{ id: number }>(accounts.anna, 'POST', '/privacy/requests', { kind: 'export' })
  await ask(accounts.office, 'POST', `/privacy/requests/${asked.id}/moves`, { action: 'grant' })
  const granted = asked.id
  const again = await ask<{ id: number }>(accounts.anna, 'POST', '/privacy/requests', { kind: 'export' })
  const relative = { teacherId: there.university.teachers.marat }
  const away = { toAccountId: accounts.office, startsOn: '2026-07-01', endsOn: '2026-07-20' }
  return {
    session: await idOf(
      making,
      sql`select max(id) as id from core.account_session where account_id = ${accounts.anna}`,
    ),
    tokens: { own: await token(), managed: await token() },
    request: { granted, asked: again.id },
    relative: (await ask<{ id: number }>(accounts.anna, 'POST', '/approval/relatives', relative)).id,
    delegation: (await ask<{ id: number }>(accounts.historian, 'POST', '/approval/delegations', away)).id,
    notice: await idOf(
      making,
      sql`insert into core.notice (account_id, key, kind, params, created_at)
        values (${accounts.anna}, 'walk', 'evidence-approved', '{}', now()) returning id`,
    ),
  }
}

/** What is decided about her, and by her: appeals, a draft regulation, a consultation she is invited to. */
async function decisionsOf(making: Making) {
  const { ask, accounts, runs, there } = making
  const file = async (body: object) =>
    (
      await ask<{ id: number }>(accounts.anna, 'POST', `/runs/${runs.run}/appeals`, {
        reason: "Anna's reason",
        ...body,
      })
    ).id
  const filed = await file({ subject: 'line', lineNo: 1 })
  const { files } = await ask<{ files: { id: number }[] }>(
    accounts.anna,
    'POST',
    `/appeals/${filed}/files`,
    formOf(annasPdf, 'annas-letter.pdf'),
  )
  const inReview = await file({ subject: 'standing', clause: 'N' })
  await ask(accounts.office, 'POST', `/appeals/${inReview}/reviewer`, { accountId: accounts.reviewer })
  const draft = await draftOf(making)
  const consultation = await ask<{ id: number; revision: number }>(
    accounts.office,
    'POST',
    '/plugins/expert/consultations',
    {
      versionId: draft.draft,
      method: 'ahp',
      title: { kk: 'x', ru: 'x', en: 'x' },
      opensAt: '2026-05-01T00:00:00Z',
      closesAt: '2026-07-31T00:00:00Z',
      experts: [accounts.anna],
    },
  )
  return {
    appeal: { filed, fileId: files[0]!.id, inReview },
    regulation: { approved: there.regulationVersionId, ...draft },
    consultation: { id: consultation.id, revision: consultation.revision },
  }
}

/** The next version of the regulation, with two areas, so that experts can be asked how much they count. */
async function draftOf({ ask, accounts, there }: Making): Promise<{ draft: number; document: object }> {
  const { document } = await ask<{ document: { areas: object[] } }>(
    accounts.office,
    'GET',
    `/regulations/${there.regulationVersionId}`,
  )
  const areas = [...document.areas, { id: 'B', title: { kk: 'B', ru: 'B', en: 'B' } }]
  const next = { ...document, version: '2', areas }
  const file = formOf(JSON.stringify(next), 'draft.json')
  return {
    draft: (await ask<{ id: number }>(accounts.office, 'POST', '/regulations', file)).id,
    document: next,
  }
}

async function classroomOf(making: Making) {
  const teacher = making.there.university.teachers.elsewhere
  const room = await idOf(
    making,
    sql`insert into plugin_classroom.room (code, name) values ('301', '301') returning id`,
  )
  const lesson = (key: string) =>
    idOf(
      making,
      sql`insert into plugin_classroom.lesson
        (source, source_key, room_id, teacher_id, subject, kind, starts_at, ends_at, weekday, hour)
        values ('walk', ${key}, ${room}, ${teacher}, 'History', 'lecture', '2026-06-29T05:00:00Z', '2026-06-29T05:50:00Z', 1, 10)
        returning id`,
    )
  const [own, disputed] = [await lesson('a'), await lesson('b')]
  const dispute = { reason: 'the room was locked' }
  await making.ask(making.accounts.anna, 'POST', `/plugins/classroom/lessons/${disputed}/dispute`, dispute)
  return {
    room,
    lesson: { own, disputed },
    device: await idOf(
      making,
      sql`insert into plugin_classroom.device (name, type, interval_seconds, provisioned_at)
        values ('r301', 'ustaz', 60, '2026-01-01') returning id`,
    ),
  }
}

/** Address of one result of hers: teacher, course, year and term. */
async function teachingOf(making: Making): Promise<string> {
  const teacher = making.there.university.teachers.elsewhere
  const course = await idOf(
    making,
    sql`insert into plugin_teaching.course (code, title) values ('H1', 'Anna''s history') returning id`,
  )
  await sql`insert into plugin_teaching.course_result (teacher_id, course_id, year, term, ended_on, groups, enrolled, graded, passed,
      good, excellent, attempts_known, retaken, attendance_known, attended, used, mean, norm_students, norm_groups)
    values (${teacher}, ${course}, 2025, 1, '2026-01-20', 1, 20, 20, 18, 9, 4, 0, 0, 0, 0, 0, 71.5, 0, 0)`.execute(
    making.there.server.database.db,
  )
  return `${teacher}/${course}/2025/1`
}

async function forecastOf(making: Making): Promise<number> {
  const teacher = making.there.university.teachers.elsewhere
  const outlook = await idOf(
    making,
    sql`insert into plugin_forecast.outlook (run_id, regulation_code, made_at, periods, horizon, backend, seed, seconds)
      values (${making.runs.run}, 'example-methodical-mooc', now(), '[{"from": "2025-09-01", "to": "2026-08-31", "runId": 1}]', 1, 'cpu', 1, 1)
      returning id`,
  )
  const { db } = making.there.server.database
  await sql`insert into plugin_forecast.outlook_measure (outlook_id, measure, place) values (${outlook}, 'total', 0)`.execute(
    db,
  )
  await sql`insert into plugin_forecast.outlook_subject (outlook_id, measure, kind, subject_id, unit_id, past, periods, basis, mean,
      lower80, upper80, lower95, upper95, change)
    values (${outlook}, 'total', 'teacher', ${teacher}, ${making.there.university.units.history}, '{15}', 1, 'peers', '{16}',
      '{12}', '{20}', '{10}', '{22}', 1)`.execute(db)
  return outlook
}
