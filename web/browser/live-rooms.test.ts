import { launchChromium } from '@ustaz/core/testing'
import type { Kysely } from 'kysely'
import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raiseAlerts } from '../../plugins/classroom/devices/raise-alerts.ts'
import type { ClassroomTables } from '../../plugins/classroom/tables.ts'
import { brokers } from '../../plugins/classroom/test-broker.ts'
import type { TestBroker } from '../../plugins/classroom/test-broker.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader } from './reader.ts'
import type { Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
const device = 'r301'
const room = 'Room of the sensor'
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
}, minutes)
afterAll(async () => {
  await browser.close()
})

async function placeDevice(db: Kysely<ClassroomTables>): Promise<void> {
  const since = new Date('2020-01-01T00:00:00Z')
  const sensor = { name: device, type: 'ustaz', interval_seconds: 60, provisioned_at: since }
  const made = await db.insertInto('device').values(sensor).returning('id').executeTakeFirstOrThrow()
  const place = { code: room, name: room }
  const { id } = await db.insertInto('room').values(place).returning('id').executeTakeFirstOrThrow()
  await db.insertInto('device_room').values({ device_id: made.id, room_id: id, starts_at: since }).execute()
}

describe.each(brokers)('$name', ({ start }) => {
  let university: RunningUniversity
  let db: Kysely<ClassroomTables>
  let broker: TestBroker
  let sensor: MqttClient
  let reader: Reader
  beforeAll(async () => {
    broker = await start()
    university = await startUniversity({ now: () => new Date(), broker: broker.address })
    await university.context.host.startIngest()
    db = university.context.host.contextOf('classroom').db as unknown as Kysely<ClassroomTables>
    sensor = await mqtt.connectAsync(broker.address.url, { protocolVersion: broker.address.version })
    await placeDevice(db)
    const look = { language: 'en', width: 1440, account: university.accounts.office } as const
    reader = await createReader(browser, university.address, look)
  }, 4 * minutes)
  afterAll(async () => {
    await reader.close()
    await sensor.endAsync(true)
    await university.context.host.stop()
    await university.stop()
    await broker.stop()
  }, minutes)

  let sequence = 0
  const send = async (readings: Record<string, number>, secondsAgo = 0) => {
    const time = new Date(Date.now() - secondsAgo * 1000).toISOString()
    const payload = JSON.stringify({ time, seq: sequence++, readings })
    await sensor.publishAsync(`ustaz/${device}/readings`, payload, { qos: 1 })
  }
  const row = () => reader.page.getByRole('row', { name: new RegExp(room) })
  const shows = async (text: string) => await row().getByText(text, { exact: true }).waitFor()
  const showsNot = async (text: string) =>
    await row().getByText(text, { exact: true }).waitFor({ state: 'detached' })
  /** What the job of every few minutes does. */
  const watch = async () => await raiseAlerts(db, { now: new Date(), timeZone: 'Asia/Almaty' })

  const watchUntil = async (text: string, isThere: boolean) =>
    await expect
      .poll(
        async () => {
          await watch()
          return await row().getByText(text, { exact: true }).isVisible()
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(isThere)

  test(
    'a figure moves by itself, and again after the server was restarted',
    { timeout: 2 * minutes },
    async () => {
      const { page } = reader
      await reader.open('/rooms')
      await page.getByText('live', { exact: true }).waitFor()
      await expect
        .poll(
          async () => {
            await send({ people: 23, temperature: 21.5 })
            return await row().getByText('23', { exact: true }).isVisible()
          },
          { timeout: 20_000, interval: 500 },
        )
        .toBe(true)
      await send({ people: 24, temperature: 21.5 })
      await shows('24')
      await university.restart()
      await page.getByText('connecting …').waitFor()
      await send({ people: 25, temperature: 21.5 })
      await page.getByText('live', { exact: true }).waitFor()
      await shows('25')
      await send({ people: 26, temperature: 21.5 })
      await shows('26')
    },
  )

  test(
    'what is wrong with a sensor appears, and goes when it is right again',
    { timeout: 2 * minutes },
    async () => {
      await send({ co2: 1 })
      await expect
        .poll(
          async () =>
            await db.selectFrom('quarantine').select('id').where('device_name', '=', device).execute(),
        )
        .toHaveLength(1)
      await watch()
      await shows('impossible values')
      await db.deleteFrom('quarantine').where('device_name', '=', device).execute()
      await watch()
      await showsNot('impossible values')

      await send({ people: 26 }, 100)
      await watchUntil('clock is off', true)
      await send({ people: 26 })
      await watchUntil('clock is off', false)

      for (let minute = 60; minute > 0; minute--) await send({ co2: 640 }, minute * 300)
      await watchUntil('stuck', true)
      await send({ co2: 655 })
      await watchUntil('stuck', false)

      await db.updateTable('device').set({ interval_seconds: 1 }).where('name', '=', device).execute()
      await new Promise((resolve) => setTimeout(resolve, 6000))
      await watch()
      await shows('silent')
      expect(await findFaults(reader.page)).toEqual([])
      expect(await findBarriers(reader.page)).toEqual([])
      await db.updateTable('device').set({ interval_seconds: 60 }).where('name', '=', device).execute()
      await send({ people: 26 })
      await watch()
      await showsNot('silent')
    },
  )
})
