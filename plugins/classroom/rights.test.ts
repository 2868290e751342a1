import type { RouteDefinition } from '@ustaz/core/contract'
import type { TestAccount } from '@ustaz/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from './contract.ts'
import { createTestClassroom } from './test-classroom.ts'
import type { TestClassroom } from './test-classroom.ts'

let server: TestClassroom
let foreign: number
beforeAll(async () => {
  server = await createTestClassroom()
  const row = {
    source: 'test',
    subject: 'Algebra',
    kind: 'lecture' as const,
    starts_at: new Date('2026-06-29T05:00:00Z'),
    ends_at: new Date('2026-06-29T05:50:00Z'),
    weekday: 1,
    hour: 10,
  }
  const { aigul, elsewhere } = server.university.teachers
  const made = await server.tables
    .insertInto('lesson')
    .values([
      { ...row, source_key: 'a', teacher_id: aigul },
      { ...row, source_key: 'b', teacher_id: elsewhere },
    ])
    .returning('id')
    .execute()
  foreign = made[1]!.id
  for (const role of ['technician', 'administrator']) {
    const { id } = await server.context.db
      .insertInto('account')
      .values({ name: role, teacher_id: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await server.context.db
      .insertInto('account_role')
      .values({ account_id: id, role, unit_id: null })
      .execute()
    others.set(role, id)
  }
})
afterAll(async () => {
  await server.close()
})

const others = new Map<string, number>()
type Asker = TestAccount | 'technician' | 'administrator'
const idOf = (account: Asker) => others.get(account) ?? server.university.accounts[account as TestAccount]

async function ask(
  account: Asker,
  route: RouteDefinition,
  { id = 1, body }: { id?: number; body?: unknown } = {},
) {
  return await server.app.inject({
    method: route.method,
    url: `/api/plugins/classroom${route.path.replace(':id', String(id))}`,
    headers: { 'x-ustaz-account': String(idOf(account)), 'accept-language': 'en' },
    ...(body === undefined ? {} : { payload: body as object }),
  })
}

const everybody: Asker[] = [
  'aigul',
  'head',
  'dean',
  'office',
  'management',
  'technician',
  'administrator',
  'nobody',
]
const named: Asker[] = everybody.filter((account) => account !== 'nobody')
const dispute = { reason: 'the room was locked' }
/** Every route but that of events, which does not end, with those of the accounts that may use it. */
const table: [RouteDefinition, Asker[], unknown?][] = [
  [contract.importTimetable, ['office']],
  [contract.listLiveRooms, named],
  [contract.getRoomDay, named],
  [contract.listDevices, ['office', 'technician', 'administrator']],
  [
    contract.provisionDevice,
    ['technician', 'administrator'],
    { name: 'r9', type: 'ustaz', intervalSeconds: 60, roomCode: null },
  ],
  [contract.renewPassword, ['technician', 'administrator']],
  [contract.moveDevice, ['technician', 'administrator'], { roomCode: null }],
  [contract.retireDevice, ['technician', 'administrator']],
  [contract.exportAcl, ['technician', 'administrator']],
  [contract.exportPasswords, ['technician', 'administrator']],
  [contract.listQuarantine, ['office', 'technician', 'administrator']],
  [contract.readCounts, ['office', 'technician', 'administrator']],
  [contract.listLessons, ['aigul', 'head', 'dean', 'office', 'management']],
  [contract.disputeLesson, ['aigul', 'head'], dispute],
  [contract.decideDispute, ['dean', 'office'], { decision: 'rejected', answer: 'it was open' }],
]
const cells = table.flatMap(([route, allowed, body]) =>
  everybody.map((account) => ({ account, route, body, allowed, name: `${route.method} ${route.path}` })),
)

test('the table has every route', () => {
  const routes = Object.values(contract).filter(
    (one): one is typeof contract.listLessons =>
      typeof one === 'object' && 'path' in one && one !== (contract.followRooms as unknown),
  )
  expect(table.map(([route]) => route)).toEqual(expect.arrayContaining(routes))
})

test.each(cells)(
  '$account at $name is refused exactly where the table says',
  async ({ account, route, body, allowed }) => {
    const response = await ask(account, route, { body })
    const refused = response.statusCode === 403 && response.json<{ code: string }>().code === 'not-allowed'
    expect(refused).toBe(!allowed.includes(account))
    expect(response.statusCode).not.toBe(500)
  },
)

const seen = async (account: Asker) =>
  (await ask(account, contract.listLessons))
    .json<{ items: { teacher: { id: number } }[] }>()
    .items.map((one) => one.teacher.id)

test('a teacher sees own lessons, a head and a dean those of their units, the office all', async () => {
  const { aigul, elsewhere } = server.university.teachers
  expect(await seen('aigul')).toEqual([aigul])
  expect(await seen('elsewhere')).toEqual([elsewhere])
  expect(await seen('head')).toEqual([aigul])
  expect(await seen('dean')).toEqual([aigul])
  expect(await seen('office')).toEqual([aigul, elsewhere])
})

test('nobody disputes a lesson of another, nor twice, and whoever decides must reach it', async () => {
  const code = async (...args: Parameters<typeof ask>) => (await ask(...args)).json<{ code?: string }>().code
  const about = { id: foreign, body: dispute }
  expect(await code('aigul', contract.disputeLesson, about)).toBe('classroom.lesson-not-found')
  expect((await ask('elsewhere', contract.disputeLesson, about)).statusCode).toBe(200)
  expect(await code('elsewhere', contract.disputeLesson, about)).toBe('classroom.lesson-disputed')
  const decision = { id: foreign, body: { decision: 'accepted', answer: 'the key was lost' } }
  expect(await code('elsewhere', contract.decideDispute, decision)).toBe('not-allowed')
  // The dean of another faculty does not see the lesson.
  expect(await code('dean', contract.decideDispute, decision)).toBe('classroom.lesson-not-found')
  const decided = await ask('office', contract.decideDispute, decision)
  expect(decided.json()).toMatchObject({ dispute: { decision: 'accepted', answer: 'the key was lost' } })
  expect(await code('office', contract.decideDispute, decision)).toBe('classroom.dispute-not-open')
})

test('a device is provisioned with a password that is shown once, moves with its history, and is let in no more when retired', async () => {
  await server.tables
    .insertInto('room')
    .values([
      { code: '301', name: '301' },
      { code: '302', name: '302' },
    ])
    .execute()
  const made = (
    await ask('technician', contract.provisionDevice, {
      body: { name: 'r301', type: 'ustaz', intervalSeconds: 60, roomCode: '301' },
    })
  ).json<{ id: number; password: string; topics: string[] }>()
  expect(made.topics).toEqual(['ustaz/r301/readings', 'ustaz/r301/status'])
  const admitted = async (password: string) =>
    await server.context.host.admitDevice({ name: 'r301', password })
  expect(await admitted(made.password)).toEqual({ publish: made.topics, subscribe: ['ustaz/r301/stored'] })
  expect(await admitted('guess')).toBeNull()
  const listed = (await ask('technician', contract.listDevices)).body
  expect(listed).not.toContain(made.password)
  expect(listed).not.toContain('scrypt')
  const again = await ask('technician', contract.provisionDevice, {
    body: { name: 'r301', type: 'ustaz', intervalSeconds: 60, roomCode: null },
  })
  expect(again.json()).toMatchObject({ code: 'classroom.device-known' })
  const from = '2026-07-01T00:00:00Z'
  const moved = await ask('technician', contract.moveDevice, { id: made.id, body: { roomCode: '302', from } })
  expect(moved.json()).toMatchObject({ room: { code: '302' } })
  const early = await ask('technician', contract.moveDevice, {
    id: made.id,
    body: { roomCode: '301', from: '2026-06-30T10:00:00Z' },
  })
  expect(early.json()).toMatchObject({ code: 'classroom.move-too-early' })
  const history = await server.tables
    .selectFrom('device_room')
    .select(['starts_at', 'ends_at'])
    .orderBy('starts_at')
    .execute()
  expect(history.map(({ ends_at: end }) => end?.toISOString() ?? null)).toEqual([
    '2026-07-01T00:00:00.000Z',
    null,
  ])
  expect((await ask('technician', contract.exportAcl)).body).toContain(
    'user r301\ntopic write ustaz/r301/readings\ntopic write ustaz/r301/status\ntopic read ustaz/r301/stored\n',
  )
  expect((await ask('technician', contract.exportPasswords)).body).toMatch(/^r301:\$7\$101\$\S+\$\S+\n$/)
  await ask('technician', contract.retireDevice, { id: made.id })
  expect(await admitted(made.password)).toBeNull()
  expect((await ask('technician', contract.exportAcl)).body).not.toContain('r301')
  expect((await ask('technician', contract.exportPasswords)).body).toBe('')
})

const csv = 'date,start,end,subject,room,teacher,group,kind,enrolment\n'
async function bring(text: string, fields: Record<string, string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ source: 'autumn', format: 'csv', ...fields }))
    form.append(name, value)
  form.append('file', new Blob([text]), 'timetable.csv')
  return await server.app.inject({
    method: 'POST',
    url: `/api/plugins/classroom${contract.importTimetable.path}`,
    headers: { 'x-ustaz-account': String(idOf('office')), 'accept-language': 'en' },
    payload: form,
  })
}

test('a timetable is tried, brought in once, replaced for its days, and refused whole with one bad line', async () => {
  const line = (day: string, room = '301') =>
    `2026-09-${day},08:30,09:20,Physics,${room},Orazbayeva Aigul,G1,lecture,20\n`
  const first =
    csv + line('01') + line('02') + line('02').replace('G1', 'G2').replace('Orazbayeva Aigul', 'T404')
  const dry = (await bring(first, { dryRun: 'yes' })).json<contract.TimetableReport>()
  expect(dry).toMatchObject({
    dryRun: true,
    lessons: 3,
    created: 3,
    unknownTeachers: ['T404'],
    conflictCount: 1,
  })
  expect(dry.conflicts[0]).toMatchObject({ kind: 'room', about: '301' })
  const lessons = async () =>
    await server.tables
      .selectFrom('lesson')
      .select(['teacher_id', 'hour', 'weekday', 'cancelled_at'])
      .where('source', '=', 'autumn')
      .orderBy('id')
      .execute()
  expect(await lessons()).toEqual([])
  expect((await bring(first, { dryRun: 'no' })).json()).toMatchObject({ created: 3 })
  expect((await lessons())[0]).toMatchObject({
    teacher_id: server.university.teachers.aigul,
    hour: 8,
    weekday: 2,
  })
  expect((await bring(first, { dryRun: 'no' })).json()).toMatchObject({
    created: 0,
    changed: 0,
    unchanged: 3,
    cancelled: 0,
  })
  const second = csv + line('01', '302') + line('02')
  expect((await bring(second, { dryRun: 'no' })).json()).toMatchObject({
    created: 0,
    changed: 1,
    unchanged: 1,
    cancelled: 1,
  })
  expect((await lessons()).filter(({ cancelled_at: at }) => at !== null)).toHaveLength(1)
  const bad = await bring(csv + line('03') + line('99'), { dryRun: 'no' })
  expect(bad.json()).toMatchObject({
    code: 'classroom.timetable-refused',
    issues: [{ message: '2026-09-99 is no day such as 2026-09-01.' }],
  })
  expect(await lessons()).toHaveLength(3)
})
