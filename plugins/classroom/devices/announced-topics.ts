import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { announcingType } from '../ingest/announcements.ts'
import type { ClassroomTables } from '../tables.ts'

interface Announcer {
  name: string
  isGateway: boolean
}

/**
 * Whether a topic that was announced belongs to a device. Anybody may announce anything, so a topic is a device's own only if its name is a level
 * of it and no name of another device in use is; a gateway's if no name of a device of another type is. Pure.
 */
export function isOwnTopic(
  topic: string,
  { name, isGateway }: Announcer,
  typeInUse: ReadonlyMap<string, string>,
): boolean {
  const levels = topic.split('/')
  if (isGateway) return levels.every((level) => (typeInUse.get(level) ?? announcingType) === announcingType)
  return levels.includes(name) && levels.every((level) => level === name || !typeInUse.has(level))
}

/** The announced topics that each device may publish at, by its name: its own; a gateway: those of every device of its type. */
export async function readOwnTopics(
  db: Kysely<ClassroomTables>,
  announcers: readonly Announcer[],
): Promise<Map<string, string[]>> {
  let query = db
    .selectFrom('announcement')
    .select(['device_name', 'topic'])
    .distinct()
    .where('device_name', 'in', db.selectFrom('device').select('name').where('type', '=', announcingType))
  if (!announcers.some(({ isGateway }) => isGateway)) {
    const names = announcers.map(({ name }) => name)
    query = query.where('device_name', '=', sql<string>`any(${names}::text[])`)
  }
  const rows = await query.orderBy('topic').execute()
  const levels = [...new Set(rows.flatMap(({ topic }) => topic.split('/')))]
  const inUse = await db
    .selectFrom('device')
    .select(['name', 'type'])
    .where('retired_at', 'is', null)
    .where('name', '=', sql<string>`any(${levels}::text[])`)
    .execute()
  const typeInUse = new Map(inUse.map(({ name, type }) => [name, type]))
  const topicsOf = (announcer: Announcer) =>
    rows
      .filter(
        ({ device_name: name, topic }) =>
          (announcer.isGateway || name === announcer.name) && isOwnTopic(topic, announcer, typeInUse),
      )
      .map(({ topic }) => topic)
  return new Map(announcers.map((announcer) => [announcer.name, [...new Set(topicsOf(announcer))]]))
}
