import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import * as contract from '../contract.ts'
import { createTestSurveys, openCampaign, testQuestions, words } from '../test-surveys.ts'
import type { TestSurveys } from '../test-surveys.ts'

let server: TestSurveys
beforeAll(async () => {
  server = await createTestSurveys({
    settings: { mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'a@b.kz' }, publicUrl: 'https://ustaz.example' },
  })
  await server.context.jobs.createQueue('mail-send')
})
afterAll(async () => {
  await server.close()
})
beforeEach(async () => {
  await sql`delete from core.mail`.execute(server.tables)
})

const plan = {
  title: words('Autumn'),
  periodFrom: '2026-01-01',
  periodTo: '2026-06-30',
  opensAt: '2026-06-01T00:00:00Z',
  closesAt: '2026-06-20T00:00:00Z',
}
const ask = async (route: Parameters<TestSurveys['ask']>[1], given?: Parameters<TestSurveys['ask']>[2]) =>
  await server.ask('office', route, given)
const codeOf = async (...given: Parameters<typeof ask>) =>
  (await ask(...given)).json<{ code?: string }>().code

async function upload(route: { path: string }, id: number, text: string, dryRun: boolean) {
  const form = new FormData()
  form.append('dryRun', String(dryRun))
  form.append('file', new Blob([text]), 'list.csv')
  const response = await server.app.inject({
    method: 'POST',
    url: `/api/plugins/surveys${route.path.replace(':id', String(id))}`,
    headers: { 'x-ustaz-account': String(server.university.accounts.office), 'accept-language': 'en' },
    payload: form,
  })
  return response.json<Record<string, unknown>>()
}

test('a draft changes in all it has, loses groups, and goes; a released one does none of that', async () => {
  const made = await ask(contract.createQuestionnaire, {
    body: { code: 'drafts', title: words('Drafts'), questions: testQuestions },
  })
  const version = made.json<contract.Version>()
  const next = (await ask(contract.addVersion, { id: version.questionnaire.id })).json<contract.Version>()
  const body = { ...plan, versionId: version.id }
  const { id } = (await ask(contract.createCampaign, { body })).json<contract.Campaign>()
  const other = {
    title: words('Later'),
    versionId: next.id,
    periodFrom: '2026-02-01',
    periodTo: '2026-08-31',
    opensAt: '2026-06-05T00:00:00.000Z',
    closesAt: '2026-06-25T00:00:00.000Z',
    threshold: 8,
  }
  expect((await ask(contract.changeCampaign, { id, body: other })).json()).toMatchObject(other)
  const wrong = { ...other, closesAt: other.opensAt }
  expect(await codeOf(contract.changeCampaign, { id, body: wrong })).toBe('surveys.times-wrong')
  expect((await ask(contract.getCampaign, { id })).json()).toMatchObject(other)
  const groups = ['IS-1', 'IS-2'].map((group) => `${group},C1,Algebra,Orazbayeva Aigul,12`)
  await upload(
    contract.importGroups,
    id,
    ['group,course,title,teacher,students', ...groups].join('\n'),
    false,
  )
  const without = { id, body: { groups: ['IS-1', 'nowhere'] } }
  expect((await ask(contract.removeGroups, without)).json()).toMatchObject({ cells: 1, students: 12 })
  const left = (await ask(contract.listGroups, { id })).json<{ items: { group: string }[] }>()
  expect(left.items.map(({ group }) => group)).toEqual(['IS-2'])

  const spare = (await ask(contract.createCampaign, { body })).json<contract.Campaign>()
  await upload(
    contract.importGroups,
    spare.id,
    ['group,course,title,teacher,students', ...groups].join('\n'),
    false,
  )
  expect((await ask(contract.deleteCampaign, { id: spare.id })).status).toBe(204)
  expect(await codeOf(contract.getCampaign, { id: spare.id })).toBe('surveys.campaign-not-found')
  expect(await codeOf(contract.deleteCampaign, { id: spare.id })).toBe('surveys.campaign-not-found')

  await ask(contract.releaseCampaign, { id })
  expect(await codeOf(contract.changeCampaign, { id, body: other })).toBe('surveys.campaign-released')
  expect(await codeOf(contract.removeGroups, { id, body: { groups: ['IS-2'] } })).toBe(
    'surveys.campaign-released',
  )
  expect(await codeOf(contract.deleteCampaign, { id })).toBe('surveys.campaign-released')
  expect((await ask(contract.getCampaign, { id })).json()).toMatchObject({ ...other, cells: 1 })
})

test('questions may be changed until a campaign asks them; then a new version begins with them', async () => {
  const made = await ask(contract.createQuestionnaire, {
    body: { code: 'yearly', title: words('Yearly'), questions: testQuestions },
  })
  const { id, questionnaire } = made.json<contract.Version>()
  const fewer = { questions: testQuestions.slice(0, 2) }
  expect(
    (await ask(contract.changeVersion, { id, body: fewer })).json<contract.Version>().questions,
  ).toHaveLength(2)
  const campaign = (
    await ask(contract.createCampaign, { body: { ...plan, versionId: id } })
  ).json<contract.Campaign>()
  expect(campaign).toMatchObject({ state: 'draft', threshold: 5, cells: 0 })
  expect(await codeOf(contract.releaseCampaign, { id: campaign.id })).toBe('surveys.campaign-empty')
  const groups = 'group,course,title,teacher,students\nIS-1,C1,Algebra,Orazbayeva Aigul,12\n'
  expect(await upload(contract.importGroups, campaign.id, groups, true)).toMatchObject({
    written: false,
    counts: { created: 1 },
  })
  expect(await upload(contract.importGroups, campaign.id, groups, false)).toMatchObject({ written: true })
  expect(await upload(contract.importGroups, campaign.id, groups, false)).toMatchObject({
    counts: { unchanged: 1 },
  })
  const released = (await ask(contract.releaseCampaign, { id: campaign.id })).json<contract.Campaign>()
  expect(released).toMatchObject({ state: 'open', cells: 1, students: 12 })
  expect(await codeOf(contract.changeVersion, { id, body: fewer })).toBe('surveys.version-fixed')
  await expect(
    sql`update plugin_surveys.questionnaire_version set questions = '[]' where id = ${id}`.execute(
      server.tables,
    ),
  ).rejects.toThrow('is fixed')
  expect(await codeOf(contract.changeCampaign, { id: campaign.id, body: { ...plan, versionId: id } })).toBe(
    'surveys.campaign-released',
  )
  const next = (await ask(contract.addVersion, { id: questionnaire.id })).json<contract.Version>()
  expect(next).toMatchObject({ number: 2, fixedAt: null, questions: fewer.questions })
})

test('a threshold below 5, an end before the beginning and an unknown teacher are refused', async () => {
  const id = await openCampaign(server, [{ teacher: 'aigul', group: 'A', students: 9 }])
  expect((await ask(contract.createCampaign, { body: { ...plan, versionId: 1, threshold: 4 } })).status).toBe(
    400,
  )
  const backwards = { ...plan, versionId: 1, closesAt: plan.opensAt }
  expect(await codeOf(contract.createCampaign, { body: backwards })).toBe('surveys.times-wrong')
  expect(await codeOf(contract.moveClosing, { id, body: { closesAt: '2026-06-09T00:00:00Z' } })).toBe(
    'surveys.times-wrong',
  )
  const groups = 'group,course,title,teacher,students\nX,C1,Algebra,T404,12\nY,C1,Algebra,Kim Viktor,0\n'
  expect(await upload(contract.importGroups, id, groups, false)).toMatchObject({
    written: false,
    counts: { refused: 2 },
  })
})

const usable = async (campaignId: number) =>
  await server.tables
    .selectFrom('token as t')
    .innerJoin('cell as c', 'c.id', 't.cell_id')
    .select(['t.way', 't.receipt'])
    .where('c.campaign_id', '=', campaignId)
    .execute()

test('a sheet has as many links as there are students without one, and printing again makes the old ones void', async () => {
  const id = await openCampaign(server, [
    { teacher: 'aigul', group: 'A', students: 14 },
    { teacher: 'marat', group: 'A', students: 14 },
    { teacher: 'head', group: 'B', students: 9 },
  ])
  const print = async (groups: string[]) => {
    const response = await server.app.inject({
      method: 'POST',
      url: `/api/plugins/surveys/campaigns/${id}/sheets`,
      headers: { 'x-ustaz-account': String(server.university.accounts.office) },
      payload: { groups },
    })
    return response
  }
  const first = await print(['A'])
  expect(first.headers['content-type']).toBe('application/pdf')
  expect(first.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  // A page or more for each course and teacher.
  expect(first.rawPayload.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBe(2)
  expect(await usable(id)).toHaveLength(28)
  await sql`update plugin_surveys.token set receipt = hash where hash = (select min(hash::text)::bytea from plugin_surveys.token)`.execute(
    server.tables,
  )
  const used = (await usable(id)).filter(({ receipt }) => receipt !== null).length
  await print(['A', 'B'])
  const after = await usable(id)
  expect(after).toHaveLength(28 + 9)
  expect(after.filter(({ receipt }) => receipt !== null)).toHaveLength(used)
  expect((await print(['nowhere'])).json()).toMatchObject({ code: 'surveys.nothing-to-print' })
})

test('each address gets one mail with its links, once, and the list is not kept', async () => {
  const id = await openCampaign(server, [
    { teacher: 'aigul', group: 'A', students: 3 },
    { teacher: 'marat', group: 'A', students: 3 },
    { teacher: 'head', group: 'B', students: 2 },
  ])
  const list = 'group,email\nA,One@Students.kz\nA,two@students.kz\nB,one@students.kz\n'
  expect(await upload(contract.sendInvitations, id, list, true)).toMatchObject({
    dryRun: true,
    mails: 2,
    links: 5,
  })
  expect(await usable(id)).toEqual([])
  expect(await upload(contract.sendInvitations, id, list, false)).toMatchObject({
    mails: 2,
    links: 5,
    refused: [],
  })
  const mails = await sql<{
    recipient: string
    text: string
  }>`select recipient, text from core.mail order by recipient`.execute(server.tables)
  expect(mails.rows.map(({ recipient }) => recipient)).toEqual(['one@students.kz', 'two@students.kz'])
  const links = mails.rows.map(({ text }) => [
    ...text.matchAll(/https:\/\/ustaz\.example\/s\/surveys\/#([\w-]{22})$/gm),
  ])
  expect(links.map((found) => found.length)).toEqual([3, 2])
  const opened = await server.ask(null, contract.openSurvey, { body: { token: links[0]![0]![1] } })
  expect(opened.json()).toMatchObject({ state: 'open', about: [{ group: 'A' }] })
  expect(await upload(contract.sendInvitations, id, list, false)).toMatchObject({ mails: 0, links: 0 })
  expect(await usable(id)).toHaveLength(5)
  const more = 'group,email\nB,three@students.kz\nB,four@students.kz\n'
  expect(await upload(contract.sendInvitations, id, more, false)).toMatchObject({
    code: 'surveys.more-than-students',
  })
  const wrong = 'group,email\nC,three@students.kz\nB,four\n'
  expect(await upload(contract.sendInvitations, id, wrong, false)).toMatchObject({
    mails: 0,
    refused: [
      { line: 2, message: 'There is no group “C” in this survey.' },
      { line: 3, message: '“four” is no address.' },
    ],
  })
  expect(await usable(id)).toHaveLength(5)
})
