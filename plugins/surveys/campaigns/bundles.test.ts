import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract.ts'
import { createTestSurveys, openCampaign, words } from '../test-surveys.ts'
import type { TestCell, TestSurveys } from '../test-surveys.ts'
import { bundlesOf } from './bundles.ts'

const linked = { ground: words('Rules of the university, clause 7') }
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

const cells: TestCell[] = [
  { teacher: 'aigul', group: 'A', students: 8 },
  { teacher: 'marat', group: 'A', students: 8 },
  { teacher: 'head', group: 'X', students: 8 },
]
const open = async (own = cells) => await openCampaign(server, own, { linked })
const print = async (id: number, groups: string[]) =>
  await server.ask('office', contract.printSheets, { id, body: { groups } })

async function upload(route: { path: string }, id: number, text: string) {
  const form = new FormData()
  form.append('dryRun', 'false')
  form.append('file', new Blob([text]), 'list.csv')
  const response = await server.app.inject({
    method: 'POST',
    url: `/api/plugins/surveys${route.path.replace(':id', String(id))}`,
    headers: { 'x-ustaz-account': String(server.university.accounts.office), 'accept-language': 'en' },
    payload: form,
  })
  return response.json<Record<string, unknown>>()
}
/** Links by the groups that they are about. */
const out = async (id: number) => {
  const { rows } = await sql<{ groups: string; links: number }>`
    select array_to_string(b.groups, '+') as groups, count(*)::integer as links from plugin_surveys.bundle b
    join plugin_surveys.token t on t.bundle_id = b.id where b.campaign_id = ${id} group by 1 order by 1`.execute(
    server.tables,
  )
  return Object.fromEntries(rows.map(({ groups, links }) => [groups, links]))
}
const addresses = (group: string, names: readonly string[]) =>
  names.map((name) => `${group},${name}@students.kz`)
const list = (...lines: string[][]) => `group,email\n${lines.flat().join('\n')}\n`

test('a slip is about all teachers of the group, and there are as many as students', async () => {
  const id = await open()
  const sheets = await print(id, ['A'])
  expect(sheets.status).toBe(200)
  expect(await out(id)).toEqual({ A: 8 })
  await print(id, ['A', 'X'])
  expect(await out(id)).toEqual({ A: 8, X: 8 })
  const campaign = (await server.ask('office', contract.getCampaign, { id })).json<contract.Campaign>()
  // By each link one may answer about each cell: 8 about two, 8 about one.
  expect(campaign).toMatchObject({ linked, students: 24, invited: 24, components: null })
  const groups = await server.ask('office', contract.listGroups, { id })
  expect(
    groups
      .json<{ items: contract.Group[] }>()
      .items.map(({ group, cells: own }) => [group, own.map(({ invited }) => invited)]),
  ).toEqual([
    ['A', [8, 8]],
    ['X', [8]],
  ])
})

test('an address has one link for all its groups if enough have just these, else one for each group', async () => {
  const id = await open()
  const both = ['a', 'b', 'c', 'd', 'e']
  const mailed = await upload(
    contract.sendInvitations,
    id,
    list(addresses('A', [...both, 'f']), addresses('X', [...both, 'g'])),
  )
  expect(mailed).toMatchObject({ mails: 7, links: 7, refused: [] })
  expect(await out(id)).toEqual({ A: 1, 'A+X': 5, X: 1 })
  const { rows } = await sql<{
    text: string
  }>`select text from core.mail where recipient = 'a@students.kz'`.execute(server.tables)
  expect(rows[0]!.text.match(/#[\w-]{22}$/gm)).toHaveLength(1)
  for (const name of ['aigul', 'marat', 'head']) expect(rows[0]!.text).toContain(`Algebra, ${name}`)
  expect(rows[0]!.text).toContain('kept together until the end')
  const few = await open()
  await upload(
    contract.sendInvitations,
    few,
    list(addresses('A', both.slice(1)), addresses('X', both.slice(1))),
  )
  expect(await out(few)).toEqual({ A: 4, X: 4 })
})

test('those who had their mail before do not make a combination common for the one who had not', async () => {
  const id = await open()
  const names = ['a', 'b', 'c', 'd', 'e']
  await upload(contract.sendInvitations, id, list(addresses('A', names.slice(1))))
  await upload(contract.sendInvitations, id, list(addresses('A', names), addresses('X', names)))
  expect(await out(id)).toEqual({ A: 5, X: 1 })
})

test('no more links than students, those of bundles counted', async () => {
  const id = await open()
  const names = Array.from('abcdefghi')
  expect(
    await upload(contract.sendInvitations, id, list(addresses('A', names), addresses('X', names))),
  ).toMatchObject({
    code: 'surveys.more-than-students',
  })
  expect(await out(id)).toEqual({})
  await upload(
    contract.sendInvitations,
    id,
    list(addresses('A', names.slice(1)), addresses('X', names.slice(1))),
  )
  expect((await print(id, ['A'])).json<{ code: string }>().code).toBe('surveys.nothing-to-print')
})

test('a group of which some teachers have other students is refused, at the release and later', async () => {
  const uneven: TestCell[] = [
    { teacher: 'aigul', group: 'A', students: 8 },
    { teacher: 'marat', group: 'A', students: 4 },
  ]
  await expect(open(uneven)).rejects.toMatchObject({ code: 'surveys.group-uneven', params: { group: 'A' } })
  await openCampaign(server, uneven)
  const id = await open()
  const more = 'group,course,title,teacher,students\nA,C1,Algebra,Semenova Anna,9\n'
  expect(await upload(contract.importGroups, id, more)).toMatchObject({ code: 'surveys.group-uneven' })
})

test('an address with rare groups has each of them apart', () => {
  const people = new Map(Array.from('abcde').map((name) => [name, ['X', 'A']] as const))
  expect(bundlesOf(people, 5).get('a')).toEqual([['A', 'X']])
  expect(bundlesOf(people, 6).get('a')).toEqual([['A'], ['X']])
  expect(bundlesOf(people, 5, new Set(['["A","X"]'])).get('a')).toEqual([['A'], ['X']])
})
