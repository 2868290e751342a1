import type { DeviceRights, PluginContext } from '@ustaz/core/plugin'
import { announcingType } from '../ingest/announcements.ts'
import type { ClassroomTables } from '../tables.ts'
import { readOwnTopics } from './announced-topics.ts'
import { isPasswordOf } from './credentials.ts'
import { rightsOf } from './device-rights.ts'

/** For how long a topic that was a device's own is believed to be so still. */
const believedMs = 5000

/** Lets a device in by its name and password, as long as it is in use. */
export async function admitDevice(
  { db }: PluginContext<ClassroomTables>,
  { name, password }: { name: string; password: string },
): Promise<DeviceRights | null> {
  const device = await db
    .selectFrom('device')
    .select(['name', 'type', 'password_hash', 'is_gateway as isGateway'])
    .where('name', '=', name)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (!device?.password_hash || !(await isPasswordOf(password, device.password_hash))) return null
  const rights = rightsOf(device)
  if (device.type !== announcingType) return rights
  // Asked with each message, because it announces topics after it was let in.
  let known: { topics: ReadonlySet<string>; readAt: number } | null = null
  const mayAlsoPublish = async (topic: string) => {
    const isKnown =
      known !== null && performance.now() - known.readAt <= believedMs && known.topics.has(topic)
    if (isKnown) return true
    known = {
      readAt: performance.now(),
      topics: new Set((await readOwnTopics(db, [device])).get(name)),
    }
    return known.topics.has(topic)
  }
  return { ...rights, mayAlsoPublish }
}
