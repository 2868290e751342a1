import type { PluginContext } from '@ustaz/core/plugin'
import { deviceTypes, subscriptionOf } from '@ustaz/devices'
import type { ClassroomSettings } from '../settings.ts'
import type { ClassroomTables } from '../tables.ts'
import { createBatches } from './batches.ts'
import { openConnection } from './open-connection.ts'
import { holdSlots } from './slots.ts'

/** What is subscribed to: every topic some type of device publishes at. */
export const topics = [
  ...new Set(deviceTypes.flatMap(({ messages }) => messages.map((form) => subscriptionOf(form)))),
]

/**
 * Receives messages until it is stopped. Where the broker speaks MQTT 5 several processes share them, each by a session of its own that
 * outlives it; the embedded broker has this one subscriber. Nothing is acknowledged before it is committed; what is not acknowledged the
 * broker gives out again.
 */
export async function startIngest(context: PluginContext<ClassroomTables>): Promise<() => Promise<void>> {
  const { broker, log, db, jobs, settings } = context
  if (!broker) throw new Error('this process has no broker')
  const batches = createBatches({ db, jobs, log, rules: settings as ClassroomSettings })
  const open = (clientId: string) =>
    openConnection({ broker, clientId, topics, log, take: (message) => batches.add(message) })
  if (broker.version === 4) {
    const connection = open('ustaz-ingest')
    return async () => {
      await batches.stop()
      await connection.close()
    }
  }
  const slots = holdSlots({ db, log, open: (number) => open(`ustaz-ingest-${number}`) })
  return async () => {
    await batches.stop()
    await slots.stop()
  }
}
