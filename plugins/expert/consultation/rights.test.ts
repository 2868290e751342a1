import type { RouteDefinition } from '@ustaz/core/contract'
import type { TestAccount } from '@ustaz/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract.ts'
import { createTestConsultations, open, text } from '../test-consultation.ts'
import type { TestConsultations } from '../test-consultation.ts'

let server: TestConsultations
let id: number
beforeAll(async () => {
  server = await createTestConsultations()
  id = (await open(server, ['aigul'], { versionId: await server.draft('pay') })).id
})
afterAll(async () => {
  await server.close()
})

const accounts = ['elsewhere', 'head', 'dean', 'office', 'management', 'nobody'] as const
const plan = {
  title: text('Which counts?'),
  opensAt: '2026-05-01T00:00:00Z',
  closesAt: '2026-07-31T00:00:00Z',
  experts: [1],
}
/** Every route of the plugin with those of the accounts that may use it; the others are refused by the rights table. */
const table: [RouteDefinition, TestAccount[], unknown?][] = [
  [contract.listConsultations, ['office', 'management']],
  [contract.getConsultation, ['office', 'management']],
  [contract.getResults, ['office', 'management']],
  [contract.openConsultation, ['office'], { ...plan, versionId: 1, method: 'ahp' }],
  [contract.changeConsultation, ['office'], { ...plan, revision: 1 }],
  [contract.closeConsultation, ['office']],
  [contract.saveWeighting, ['office'], { versionId: 1, hash: 'x', reason: 'order 5' }],
  [contract.listDrafts, ['office']],
  [contract.listExperts, ['office']],
  [contract.listSheets, ['elsewhere', 'head', 'dean', 'office', 'management']],
  [contract.getSheet, ['elsewhere', 'head', 'dean', 'office', 'management']],
  [
    contract.saveAnswer,
    ['elsewhere', 'head', 'dean', 'office', 'management'],
    { answer: { method: 'ahp', judgements: [] }, revision: 1 },
  ],
  [
    contract.moveSheet,
    ['elsewhere', 'head', 'dean', 'office', 'management'],
    { action: 'submit', revision: 1 },
  ],
  [contract.getSheetResults, ['elsewhere', 'head', 'dean', 'office', 'management']],
]
const cells = table.flatMap(([route, allowed, body]) =>
  accounts.map((account) => ({ account, route, body, allowed, name: `${route.method} ${route.path}` })),
)

test('the table has every route', () => {
  const routes = Object.values(contract).filter((one) => typeof one === 'object' && 'path' in one)
  expect(table.map(([route]) => route)).toEqual(expect.arrayContaining(routes))
})

test.each(cells)(
  '$account at $name is refused exactly where the table says',
  async ({ account, route, body, allowed }) => {
    const response = await server.app.inject({
      method: route.method,
      url: `/api/plugins/expert${route.path.replace(':id', String(id))}`,
      headers: { 'x-ustaz-account': String(server.university.accounts[account]) },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const refused = response.statusCode === 403 && response.json<{ code: string }>().code === 'not-allowed'
    expect(refused).toBe(!allowed.includes(account))
    expect(response.statusCode).not.toBe(500)
  },
)
