import type { PluginContext } from '@ustaz/core/plugin'
import { deviceTypes, subscriptionOf } from '@ustaz/devices'
import type { ClassroomSettings } from '../settings.ts'
import type { ClassroomTables } from '../tables.ts'
import { createBatches } from './batches.ts'
import type { ArrivedMessage } from './message.ts'
import { openConnection } from './open-connection.ts'
import { receiveDirectly } from './receive-directly.ts'
import { holdSlots } from './slots.ts'

/** What is subscribed to: every topic some type of device publishes at. */
export const topics = [
  ...new Set(deviceTypes.flatMap(({ messages }) => messages.map((form) => subscriptionOf(form)))),
]

/**
 * Receives messages until it is stopped. Nothing is acknowledged before it is committed: by the embedded broker to the device itself, which
 * sends it again; to a broker of one's own, which gives it out again. Of such a broker several processes share the messages, each by a
 * session that outlives it.
 */
export async function startIngest(context: PluginContext<ClassroomTables>): Promise<() => Promise<void>> {
  const { broker, log, db, jobs, settings } = context
  if (!broker) throw new Error('this process has no broker')
  const batches = createBatches({ db, jobs, log, rules: settings as ClassroomSettings })
  const take = (message: ArrivedMessage) => batches.add(message)
  if (broker.direct) {
    const receiving = receiveDirectly({ broker: broker.direct, topics, take })
    return async () => {
      await batches.stop()
      receiving.close()
    }
  }
  const open = (clientId: string) => openConnection({ broker, clientId, topics, log, take })
  const slots = holdSlots({ db, log, open: (number) => open(`ustaz-ingest-${number}`) })
  return async () => {
    await batches.stop()
    await slots.stop()
  }
}
