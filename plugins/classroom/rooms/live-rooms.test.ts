import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseAlerts } from '../devices/raise-alerts.ts'
import { ensureMonth } from '../ingest/partitions.ts'
import { createTestClassroom, placeDevice } from '../test-classroom.ts'
import type { TestClassroom } from '../test-classroom.ts'
import { listLiveRooms } from './live-rooms.ts'

let server: TestClassroom
let door: number
/** 14:00 by the clocks of Almaty. */
const now = new Date('2026-06-30T09:00:00Z')
const asked = { now, timeZone: 'Asia/Almaty' }
beforeAll(async () => {
  server = await createTestClassroom(now.toISOString())
  await ensureMonth(server.tables, '2026-06-01')
  door = await placeDevice(server.tables, { name: 'door', room: '302' })
  await server.tables.updateTable('room').set({ capacity: 60 }).where('code', '=', '302').execute()
})
afterAll(async () => {
  await server.close()
})

/** Totals of the counter, the last of them now, one each minute before; in the order in which they came. */
async function count(totals: readonly (readonly [minutesAgo: number, into: number, out: number])[]) {
  await server.tables.deleteFrom('reading').execute()
  for (const [index, [ago, into, out]] of totals.entries()) {
    const row = {
      device_id: door,
      measured_at: new Date(now.getTime() - ago * 60_000),
      sequence: index,
      channel: '',
      received_at: now,
    }
    await server.tables
      .insertInto('reading')
      .values([
        { ...row, quantity: 'in-total', value: into },
        { ...row, quantity: 'out-total', value: out },
      ])
      .execute()
  }
}
const live = async () => (await listLiveRooms(server.tables, { page: 1, pageSize: 9, search: '', ...asked })).items[0] // prettier-ignore
const alerts = async () => {
  await raiseAlerts(server.tables, asked)
  return (await live())?.alerts
}

test('counters at a door tell how many are there, also where readings come late', async () => {
  await count([
    [4, 100, 90],
    [0, 140, 92],
    [2, 130, 91],
    [3, 120, 90],
  ])
  expect(await live()).toMatchObject({ people: 38, doubt: null })
})

test('hours that are told again of other totals, between the earlier ones, add nobody', async () => {
  await count([
    [5, 400, 390],
    [4, 420, 390],
    [3, 420, 390],
    [2, 420, 390],
    [1, 421, 391],
    [0, 421, 391],
    [4.5, 300, 280],
    [3.5, 310, 290],
    [2.5, 310, 290],
    [1.5, 310, 290],
  ])
  expect(await live()).toMatchObject({ people: 20, doubt: null })
})

test('more people than can be there are not known, which is said, and an alert until it is over', async () => {
  await count([
    [2, 100, 100],
    [1, 3502, 100],
    [0, 3502, 3502],
  ])
  expect(await live()).toMatchObject({ people: null, doubt: 'too-many' })
  expect(await alerts()).toContain('impossible')
  await count([
    [1, 0, 0],
    [0, 61, 0],
  ])
  expect(await live()).toMatchObject({ people: 61, doubt: null })
  expect(await alerts()).not.toContain('impossible')
  await server.tables.deleteFrom('reading').execute()
  expect(await live()).toMatchObject({ people: null, doubt: null })
})
