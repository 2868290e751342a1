import type { Announcement } from '@ustaz/devices'
import { deviceTypes, matchTopic } from '@ustaz/devices'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import type { JudgedMessage } from './judgement.ts'

/** Replaces what was announced at the topics of these messages. The last message of a topic holds. */
export async function keepAnnouncements(
  trx: Transaction<ClassroomTables>,
  batch: readonly JudgedMessage[],
): Promise<void> {
  const latest = new Map(
    batch.flatMap(({ message, judgement: { announces } }) =>
      announces ? [[message.topic, { ...announces, at: message.arrivedAt }] as const] : [],
    ),
  )
  // In one order, so that two processes that are given the same announcements wait for each other.
  for (const [topic, { deviceName, entries, at }] of [...latest].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const rest = trx.deleteFrom('announcement').where('config_topic', '=', topic)
    await rest.where('place', '>=', entries.length).execute()
    if (entries.length === 0) continue
    const rows = entries.map((entry, place) => ({
      config_topic: topic,
      place,
      device_name: deviceName,
      topic: entry.topic,
      content: JSON.stringify(entry),
      announced_at: at,
    }))
    const insert = trx.insertInto('announcement').values(rows)
    await insert
      .onConflict((conflict) =>
        conflict.columns(['config_topic', 'place']).doUpdateSet((eb) => ({
          topic: eb.ref('excluded.topic'),
          content: eb.ref('excluded.content'),
          announced_at: eb.ref('excluded.announced_at'),
        })),
      )
      .execute()
  }
}

/** A device in use, what it announced, and where. */
export interface Announced {
  configTopic: string
  deviceId: number
  deviceName: string
  announcement: Announcement
}

/** What devices in use have announced. A gateway measures nothing itself. */
export async function readAnnounced(db: Kysely<ClassroomTables>): Promise<Announced[]> {
  const rows = await db
    .selectFrom('announcement')
    .innerJoin('device', 'device.name', 'announcement.device_name')
    .select(['device.id', 'device.name', 'config_topic', 'content'])
    .where('device.type', '=', announcingType)
    .where('device.is_gateway', '=', false)
    .where('device.retired_at', 'is', null)
    .orderBy('config_topic')
    .orderBy('place')
    .execute()
  return rows.map(({ id, name, config_topic: configTopic, content }) => {
    return { configTopic, deviceId: id, deviceName: name, announcement: content }
  })
}

/** The type of device whose messages announce. */
export const announcingType = 'home-assistant'

/** Days for which announcements of devices that are not in use are kept. */
const strangerDays = 30

/** Forgets what was announced of devices that nobody took into use; how they are named may have been somebody's mistake. */
export async function forgetStrangers(db: Kysely<ClassroomTables>, now: Date): Promise<void> {
  await db
    .deleteFrom('announcement')
    .where('announced_at', '<', new Date(now.getTime() - strangerDays * 86_400_000))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('device')
            .select(sql`1`.as('one'))
            .whereRef('device.name', '=', 'announcement.device_name')
            .where('device.retired_at', 'is', null),
        ),
      ),
    )
    .execute()
}

/** Filters besides those of the types: shared among the processes where readings are, for every process where being there is. */
export function filtersOf(announced: readonly Announced[]): { shared: Set<string>; forAll: Set<string> } {
  const shared = new Set<string>()
  const forAll = new Set<string>()
  for (const { announcement } of announced) {
    const { topic, says } = announcement
    if (matchTopic(deviceTypes, topic)) continue
    if (says === 'availability') forAll.add(topic)
    else shared.add(topic)
  }
  return { shared, forAll: forAll.difference(shared) }
}
