import type { DirectBroker, PluginContext } from '@ustaz/core/plugin'
import { deviceTypes, subscriptionOf } from '@ustaz/devices'
import { settingsOf } from '../settings.ts'
import type { ClassroomTables } from '../tables.ts'
import { createBatches } from './batches.ts'
import { followAnnouncements } from './follow-announcements.ts'
import type { ArrivedMessage } from './message.ts'
import { noteShare } from './note-share.ts'
import { openConnection } from './open-connection.ts'
import type { Filters } from './open-connection.ts'
import { receiveDirectly } from './receive-directly.ts'
import { holdSlots } from './slots.ts'

const forms = deviceTypes.flatMap(({ messages }) => messages)
const topicsOf = (some: typeof forms) => [...new Set(some.map((form) => subscriptionOf(form)))]

/** What is subscribed to: every topic some type of device publishes at. What devices announce comes besides. */
export const filters: Filters = {
  shared: topicsOf(forms.filter(({ forAll }) => !forAll)),
  forAll: topicsOf(forms.filter(({ forAll }) => forAll)),
}

/**
 * Receives messages until it is stopped. Nothing is acknowledged before it is committed: by the embedded broker to the device itself, which
 * sends it again; to a broker of one's own, which gives it out again. Of such a broker several processes share the messages, each by a
 * session that outlives it.
 */
export async function startIngest(context: PluginContext<ClassroomTables>): Promise<() => Promise<void>> {
  const { broker, log, db, jobs } = context
  if (!broker) throw new Error('this process has no broker')
  let wanted = filters
  const listeners = new Set<(filters: Filters) => void>()
  const announced = followAnnouncements({
    db,
    log,
    listen({ shared, forAll }) {
      wanted = { shared: [...filters.shared, ...shared], forAll: [...filters.forAll, ...forAll] }
      for (const listen of listeners) listen(wanted)
    },
  })
  // Else the embedded broker would acknowledge what nobody listens to yet.
  await announced.ready
  const share = noteShare(context)
  const batches = createBatches({
    db,
    jobs,
    log,
    rules: settingsOf(context),
    note: share.note,
    announced,
  })
  const take = (message: ArrivedMessage) => batches.add(message)
  const stopReceiving = broker.direct
    ? receiveAll({ broker: broker.direct, filters: wanted, listeners, take })
    : holdSlots({
        db,
        log,
        open(number) {
          const clientId = `ustaz-ingest-${number}`
          const connection = openConnection({ broker, clientId, filters: wanted, log, take })
          listeners.add(connection.listen)
          return {
            async close() {
              listeners.delete(connection.listen)
              await connection.close()
            },
          }
        },
      }).stop
  return async () => {
    await batches.stop()
    await announced.stop()
    await share.stop()
    await stopReceiving()
  }
}

interface ReceivingParts {
  broker: DirectBroker
  filters: Filters
  listeners: Set<(filters: Filters) => void>
  take(message: ArrivedMessage): void
}

/** Takes everything from the broker in this process, which no other shares. */
function receiveAll({ broker, filters: first, listeners, take }: ReceivingParts): () => Promise<void> {
  const all = ({ shared, forAll }: Filters) => [...shared, ...forAll]
  const receiving = receiveDirectly({ broker, filters: all(first), take })
  listeners.add((next) => receiving.listen(all(next)))
  return async () => {
    receiving.close()
    await Promise.resolve()
  }
}
