import { mkdirSync } from 'node:fs'
import { launchChromium } from '@ustaz/core/testing'
import type { TestAccount } from '@ustaz/core/testing'
import type { Kysely } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { settleLessons } from '../../plugins/classroom/attendance/settle.ts'
import { ensureMonth, monthOf } from '../../plugins/classroom/ingest/partitions.ts'
import { defaults } from '../../plugins/classroom/settings.ts'
import type { ClassroomTables } from '../../plugins/classroom/tables.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
let university: RunningUniversity
let browser: Browser
let technician: number
let db: Kysely<ClassroomTables>
const readers: Reader[] = []
beforeAll(async () => {
  university = await startUniversity()
  technician = await university.addAccount('Ivan Sokolov', 'technician')
  db = university.context.host.contextOf('classroom').db as unknown as Kysely<ClassroomTables>
  browser = await launchChromium()
}, 4 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
})

const read = async (account: TestAccount | number, look: Partial<Look> = {}): Promise<Reader> => {
  const id = typeof account === 'number' ? account : university.accounts[account]
  const reader = await createReader(browser, university.address, {
    language: 'en',
    width: 1440,
    account: id,
    ...look,
  })
  readers.push(reader)
  return reader
}
const pictures = process.env['USTAZ_SCREENSHOTS']
const looksRight = async (reader: Reader, name: string) => {
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true })
    await reader.page.screenshot({ path: `${pictures}/classroom-${name}.png`, fullPage: true })
  }
  expect(await findFaults(reader.page)).toEqual([])
  expect(await findBarriers(reader.page)).toEqual([])
  expect(reader.complaints).toEqual([])
}

/** Of the university's clock (UTC+5), so many days before today. */
const day = (before: number) =>
  new Date(Date.now() + 5 * 3_600_000 - before * 86_400_000).toISOString().slice(0, 10)
const at = (before: number, clock: string) => new Date(`${day(before)}T${clock}:00+05:00`)

test(
  'the office tries a timetable, sees its conflicts and brings it in',
  { timeout: 2 * minutes },
  async () => {
    const office = await read('office')
    const { page } = office
    await office.open('/timetable')
    await page.getByLabel('Name of the timetable').fill('autumn')
    const line = (group: string, teacher: string) =>
      `${day(1)},09:00,09:50,Physics,301,${teacher},${group},lecture,20`
    const text = ['date,start,end,subject,room,teacher,group,kind,enrolment', line('G1', 'Orazbayeva Aigul'), line('G2', 'T404')] // prettier-ignore
    const file = { name: 'autumn.csv', mimeType: 'text/csv', buffer: Buffer.from(text.join('\n')) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('Dry run: nothing is written yet').waitFor()
    await page.getByText('Room 301 twice').waitFor()
    expect(await db.selectFrom('lesson').selectAll().execute()).toEqual([])
    await looksRight(office, 'timetable')
    await page.getByRole('button', { name: 'Bring it in' }).click()
    await page.getByText('Brought in', { exact: true }).waitFor()
    expect(await db.selectFrom('lesson').selectAll().execute()).toHaveLength(2)
  },
)

test(
  'a technician takes a sensor and a gateway into use and sees what is wrong',
  { timeout: 2 * minutes },
  async () => {
    const reader = await read(technician)
    const { page } = reader
    await reader.open('/devices')
    const form = page.getByRole('form', { name: 'Take a sensor into use' })
    await form.getByLabel(/^Name/).fill('r301')
    await form.getByLabel('Code of the room').fill('301')
    await form.getByRole('button', { name: 'Take into use' }).click()
    await page.getByText('ustaz/r301/readings').waitFor()
    await looksRight(reader, 'device-password')
    await page.getByRole('button', { name: 'Done, hide it' }).click()
    await page.getByRole('row', { name: /r301/ }).getByRole('link', { name: '301' }).waitFor()
    await form.getByLabel(/^Name/).fill('bridge')
    await form.getByLabel('Type', { exact: true }).selectOption('zigbee2mqtt')
    await form.getByLabel(/It is a gateway/).check()
    await form.getByRole('button', { name: 'Take into use' }).click()
    await page.getByText('zigbee2mqtt/+', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Done, hide it' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Passwords for Mosquitto' }).click()
    expect((await download).suggestedFilename()).toBe('mosquitto.passwords')
    await measure()
    await db
      .insertInto('quarantine')
      .values({
        digest: Buffer.from('a'),
        reason: 'malformed',
        topic: 'ustaz/r301/readings',
        device_name: 'r301',
        detail: 'Unexpected token',
        payload: Buffer.from('{"readings":'),
        first_at: new Date(),
        last_at: new Date(),
        times: 3,
      }) // prettier-ignore
      .execute()
    await reader.open('/devices')
    await page.getByText('Unexpected token').waitFor()
    await looksRight(reader, 'devices')
  },
)

const moves = [
  { language: 'en', width: 1440, theme: 'light' },
  { language: 'kk', width: 390, theme: 'dark' },
] as const
const words = {
  en: {
    move: 'Move',
    find: 'Find the new room by code or name',
    nowhere: 'nowhere',
    moved: /r301 was moved/,
  },
  kk: {
    move: 'Көшіру',
    find: 'Жаңа аудиторияны коды не атауы бойынша табу',
    nowhere: 'еш жерде',
    moved: /r301 көшірілді/,
  },
}

test.each(moves)(
  'a technician moves a sensor by keyboard, in $language at $width px',
  { timeout: 2 * minutes },
  async (look) => {
    const own = words[look.language]
    await db
      .insertInto('room')
      .values(['M-1', 'M-2'].map((code) => ({ code, name: `Workshop ${code}` })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const reader = await read(technician, look)
    const { page } = reader
    await reader.open('/devices')
    const row = page.getByRole('row', { name: /r301/ })
    const button = row.getByRole('button', { name: own.move, exact: true })
    const dialog = page.getByRole('dialog')
    const send = async () => await dialog.getByRole('button', { name: own.move, exact: true }).press('Enter')
    await button.press('Enter')
    await dialog.getByLabel(own.find).fill('M-1')
    await expect.poll(async () => await dialog.locator('li').count()).toBe(1)
    await settled(page)
    await looksRight(reader, `move-${look.language}`)
    await dialog.getByLabel(own.find).press('Enter')
    await dialog.getByText('Workshop M-1').waitFor()
    await send()
    await page.getByText(own.moved).first().waitFor()
    await row.getByRole('link', { name: 'M-1' }).waitFor()
    expect(await button.evaluate((one) => one === document.activeElement)).toBe(true)
    await moveBack()
    await reader.open('/devices')
    await button.press('Enter')
    await dialog.getByRole('checkbox').press('Space')
    await send()
    await row.getByText(own.nowhere, { exact: true }).waitFor()
    await moveBack()
  },
)

/** The sensor stands where it stood before it was moved, at the moment at which the clock of the test stands. */
async function moveBack(): Promise<void> {
  await db.deleteFrom('device_room').where('starts_at', '>', at(2, '00:00')).execute()
  await db.updateTable('device_room').set({ ends_at: null }).execute()
}

/** Readings of the sensor: yesterday's lesson, and now. */
async function measure(): Promise<void> {
  const { id } = await db
    .selectFrom('device')
    .select('id')
    .where('name', '=', 'r301')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('device_room')
    .set({ starts_at: at(3, '00:00') })
    .where('device_id', '=', id)
    .execute()
  const row = { device_id: id, sequence: -1, channel: '', received_at: new Date() }
  const moments = Array.from(
    { length: 60 },
    (_, minute) => new Date(at(1, '08:55').getTime() + minute * minutes),
  )
  const now = [5, 4, 3, 2, 1, 0].map((ago) => new Date(Date.now() - ago * minutes))
  for (const moment of [...moments, ...now]) await ensureMonth(db, monthOf(moment))
  const readings = [...moments, ...now].flatMap((measured_at, index) => [
    { ...row, measured_at, quantity: 'people' as const, value: 15 + (index % 2) },
    { ...row, measured_at, quantity: 'temperature' as const, value: 16.5 },
    { ...row, measured_at, quantity: 'co2' as const, value: 700 + index * 4 },
  ])
  await db.insertInto('reading').values(readings).execute()
  await overfill()
  await db
    .insertInto('device_state')
    .values({
      device_id: id,
      last_seen_at: new Date(),
      online: true,
      firmware: '1.4',
      battery: 82,
      last_sequence: null,
      clock_ahead_seconds: null,
    }) // prettier-ignore
    .execute()
  await db
    .insertInto('unsettled_day')
    .values({ device_id: id, day: at(1, '09:00').toISOString().slice(0, 10) })
    .execute()
  await settleLessons({ db, settings: defaults, now: new Date() })
}

/** A room whose counter at the door says ten times as many people as there are seats. */
async function overfill(): Promise<void> {
  const place = { code: '302', name: '302', capacity: 30 }
  const room = await db.insertInto('room').values(place).returning('id').executeTakeFirstOrThrow()
  const door = { name: 'r302', type: 'ustaz', interval_seconds: 60, provisioned_at: at(3, '00:00') }
  const device = await db.insertInto('device').values(door).returning('id').executeTakeFirstOrThrow()
  const stand = { device_id: device.id, room_id: room.id, starts_at: at(3, '00:00') }
  await db.insertInto('device_room').values(stand).execute()
  const row = { device_id: device.id, sequence: -1, channel: '', received_at: new Date() }
  const totals = [1, 301].flatMap((value, index) => {
    const measured_at = new Date(university.context.now().getTime() - (1 - index) * 30_000 - 1000)
    return [
      { ...row, measured_at, quantity: 'in-total' as const, value },
      { ...row, measured_at, quantity: 'out-total' as const, value: 1 },
    ]
  })
  await db.insertInto('reading').values(totals).execute()
}

const tooMany = {
  en: 'the sensors count more people than can be here',
  ru: 'датчики насчитали больше людей, чем здесь может быть',
  kk: 'датчиктер мұнда сыятыннан көп адам санады',
}
const looks = [
  { language: 'en', width: 1440, theme: 'light' },
  { language: 'ru', width: 390, theme: 'dark' },
  { language: 'kk', width: 390, theme: 'dark' },
] as const

test.each(looks)(
  'rooms now and the day of a room, in $language at $width px',
  { timeout: 2 * minutes },
  async (look) => {
    const reader = await read('aigul', look)
    const { page } = reader
    await reader.open('/rooms')
    await page
      .getByRole('row', { name: /301/ })
      .getByText('16,5')
      .or(page.getByText('16.5'))
      .first()
      .waitFor()
    await page.getByRole('row', { name: /302/ }).getByText(tooMany[look.language]).waitFor()
    await looksRight(reader, `rooms-${look.language}`)
    await page.getByRole('link', { name: '301' }).click()
    await page.waitForURL('**/rooms/*')
    await page.locator('input[type=date]').fill(day(1))
    await page.getByText('Physics').first().waitFor()
    await settled(page)
    await looksRight(reader, `room-${look.language}`)
  },
)

test('a teacher disputes a lesson on a phone, and the office answers', { timeout: 2 * minutes }, async () => {
  const teacher = await read('aigul', { width: 390, theme: 'dark' })
  await teacher.open('/lessons')
  await teacher.page.getByText('15 of 20').waitFor()
  // Only whose lesson it is may dispute it, whoever else sees it.
  const head = await read('head')
  await head.open('/lessons')
  await head.page.getByText('15 of 20').waitFor()
  expect(await head.page.getByRole('button', { name: 'Dispute' }).count()).toBe(0)
  await looksRight(teacher, 'lessons-phone')
  await teacher.page.getByRole('button', { name: 'Dispute' }).click()
  const reason = teacher.page.getByLabel('Why should this lesson not count as it is?')
  expect(await reason.evaluate((area) => area === document.activeElement)).toBe(true)
  const { x = -1, width = 0 } = (await reason.boundingBox()) ?? {}
  expect(x).toBeGreaterThan(0)
  expect(x + width).toBeLessThan(390)
  await looksRight(teacher, 'dispute-phone')
  await reason.fill('The heating had failed')
  await teacher.page.context().setOffline(true)
  await teacher.page.getByRole('button', { name: 'Send' }).click()
  await teacher.page.getByText('The server could not be reached. Check the network and try again.').waitFor()
  expect(await reason.inputValue()).toBe('The heating had failed')
  await teacher.page.context().setOffline(false)
  teacher.complaints.splice(0)
  await teacher.page.getByRole('button', { name: 'Send' }).click()
  await teacher.page.getByText('disputed, not decided yet').waitFor()
  const office = await read('office')
  await office.open('/lessons')
  await office.page.getByLabel('Show').selectOption('disputed')
  await office.page.getByRole('button', { name: 'Answer to the teacher' }).click()
  await office.page.getByLabel('Answer to the teacher').fill('It was cold indeed')
  await looksRight(office, 'dispute')
  await office.page.getByRole('button', { name: 'Accept' }).click()
  await office.page.getByText('dispute accepted: does not count').waitFor()
  await teacher.open('/lessons')
  await teacher.page.getByText('It was cold indeed').waitFor()
})
