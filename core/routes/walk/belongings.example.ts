/** For route-walk.test.ts: what Anna has, in core and in every plugin that has tables; entered by routes where a route makes it. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import { findCopies } from '../../evidence/copies/find-copies.ts'
import type { RatedUniversity } from '../rated-university.example.ts'
import { formOf, onePagePdf } from './forms.example.ts'
import { idOf } from './making.example.ts'
import type { Ask, Given, Making } from './making.example.ts'
import { classroomOf, forecastOf, importOrderOf, teachingOf } from './plugin-belongings.example.ts'
import { surveysOf } from './surveys.example.ts'
import type { SurveyBelongings } from './surveys.example.ts'

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
  /** Pairs of drafts of one title: one to be merged into the first, one to be kept apart. */
  copies: { merged: CopyOfHers; apart: CopyOfHers }
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
  /** Not taken up yet. */
  importOrder: number
  room: number
  device: number
  lesson: { own: number; disputed: number }
  consultation: { id: number; revision: number }
  outlook: number
  survey: SurveyBelongings
}
export interface CopyOfHers {
  id: number
  keptId: number
  revisions: { first: number; second: number }
}

interface Drafted {
  id: number
  revision: number
  files: { id: number }[]
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
    importOrder: await importOrderOf(making),
    outlook: await forecastOf(making),
    survey: await surveysOf(making),
  }
}

const annasPdf = onePagePdf.replace('<<>>', '<</Title (Anna)>>')

async function evidenceOf(making: Making) {
  const { ask, accounts, there } = making
  const { elsewhere, aigul } = there.university.teachers
  const counted = (teacher: number) =>
    idOf(
      making,
      sql`select evidence_id as id from core.evidence_participant where teacher_id = ${teacher} order by 1 limit 1`,
    )
  const withFile = async (title: string) => {
    const { id } = await enter(making, accounts.anna, elsewhere, title)
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
    copies: {
      merged: await copyOf(making, "Anna's course to merge"),
      apart: await copyOf(making, "Anna's course to keep apart"),
    },
    ownDraft: (await enter(making, accounts.teacher, aigul, "Aigul's draft")).id,
    submitted: { id: submitted.id, revision: submitted.revision },
    draft: { id: draft.id, revision: draft.revision, fileId: draft.files[0]!.id },
  }
}

async function enter({ ask }: Making, account: number, teacherId: number, title: string) {
  return await ask<Drafted>(account, 'POST', '/evidence', {
    indicator: 'methodical.mooc',
    data: { title, platform: 'own', address: null },
    happenedOn: '2026-02-01',
    participants: [{ teacherId, name: 'x', role: null, share: null, affiliated: true }],
  })
}

/** Two drafts of hers with one title, as they are found at night. */
async function copyOf(making: Making, title: string): Promise<CopyOfHers> {
  const { accounts, there } = making
  const first = await enter(making, accounts.anna, there.university.teachers.elsewhere, title)
  const second = await enter(making, accounts.anna, there.university.teachers.elsewhere, title)
  await findCopies(there.server.context)
  return {
    id: await idOf(making, sql`select id from core.evidence_copy where first_id = ${first.id}`),
    keptId: first.id,
    revisions: { first: first.revision, second: second.revision },
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

/** Anna, as who takes part in an entry. */
export const participant = ({ teacher }: Belongings) => ({
  teacherId: teacher,
  name: 'Anna',
  role: null,
  share: null,
  affiliated: true,
})
