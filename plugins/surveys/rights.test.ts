import type { RouteDefinition } from '@ustaz/core/contract'
import type { TestAccount } from '@ustaz/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from './contract.ts'
import { createTestSurveys, openCampaign, testQuestions, words } from './test-surveys.ts'
import type { TestSurveys } from './test-surveys.ts'

let server: TestSurveys
beforeAll(async () => {
  server = await createTestSurveys()
  await openCampaign(server, [{ teacher: 'aigul', group: 'A', students: 9 }])
})
afterAll(async () => {
  await server.close()
})

const everybody: TestAccount[] = ['aigul', 'head', 'dean', 'office', 'management', 'nobody']
const office: TestAccount[] = ['office']
const overseers: TestAccount[] = ['office', 'management']
const concerned: TestAccount[] = ['aigul', 'head', 'dean', 'office', 'management']
const plan = {
  title: words('Autumn'),
  versionId: 1,
  periodFrom: '2026-07-01',
  periodTo: '2026-12-31',
  opensAt: '2026-11-01T00:00:00Z',
  closesAt: '2026-11-20T00:00:00Z',
}
const token = 'A'.repeat(22)

/** Every route with those of the accounts that may use it. */
const table: [RouteDefinition, TestAccount[], unknown?][] = [
  [contract.openSurvey, everybody, { token }],
  [contract.sendAnswer, everybody, { token, answerId: crypto.randomUUID(), answer: { clear: 1 } }],
  [contract.listQuestionnaires, overseers],
  [contract.createQuestionnaire, office, { code: 'q', title: words('q'), questions: testQuestions }],
  [contract.getVersion, overseers],
  [contract.changeVersion, office, { questions: testQuestions }],
  [contract.addVersion, office],
  [contract.listCampaigns, overseers],
  [contract.getCampaign, overseers],
  [contract.createCampaign, office, plan],
  [contract.changeCampaign, office, plan],
  [contract.deleteCampaign, office],
  [contract.releaseCampaign, office],
  [contract.moveClosing, office, { closesAt: '2026-06-21T00:00:00Z' }],
  [contract.importGroups, office],
  [contract.removeGroups, office, { groups: ['nowhere'] }],
  [contract.getGroupsTemplate, office],
  [contract.listGroups, overseers],
  [contract.printSheets, office, { groups: ['nowhere'] }],
  [contract.sendInvitations, office],
  [contract.listClosed, concerned],
  [contract.listResults, concerned],
  [contract.getResult, concerned],
  [contract.listYears, concerned],
  [contract.listOwnRemarks, ['aigul', 'head']],
  [contract.listRemarks, office],
  [contract.decideRemark, office, { decision: 'withheld', text: 'x' }],
]
const cells = table.flatMap(([route, allowed, body]) =>
  everybody.map((account) => ({ account, route, body, allowed, name: `${route.method} ${route.path}` })),
)

test('the table has every route', () => {
  const routes = Object.values(contract).filter(
    (one): one is typeof contract.listClosed => typeof one === 'object' && 'path' in one && 'action' in one,
  )
  expect(table.map(([route]) => route)).toEqual(expect.arrayContaining(routes))
})

test.each(cells)(
  '$account at $name is refused exactly where the table says',
  async ({ account, route, body, allowed }) => {
    const id = route === contract.decideRemark ? crypto.randomUUID() : 1
    const path = { ...route, path: route.path.replace(':teacher', '1') }
    const asked = await server.ask(account, path, { id, body })
    const refused = asked.status === 403 && asked.json<{ code: string }>().code === 'not-allowed'
    expect(refused).toBe(!allowed.includes(account))
    expect(asked.status).not.toBe(500)
  },
)

test('without an account there are the two routes of the phone, and no other', async () => {
  for (const [route, , body] of table) {
    const id = route === contract.decideRemark ? crypto.randomUUID() : 1
    const path = { ...route, path: route.path.replace(':teacher', '1') }
    const { status } = await server.ask(null, path, { id, body })
    expect(status === 401, route.path).toBe(route.action !== 'survey.answer')
  }
})
