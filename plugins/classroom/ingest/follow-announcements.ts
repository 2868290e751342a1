import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import { filtersOf, readAnnounced } from './announcements.ts'
import type { Announced } from './announcements.ts'
import { pause } from './pause.ts'

/** Where what devices announced is known without asking the database for each message. */
export interface AnnouncedTopics {
  /** What messages at a topic say, of which devices; empty: nothing was announced there. */
  at(topic: string): readonly Announced[]
  /** How much a device in use has announced, by the topic where it did. */
  countsOf(deviceName: string): ReadonlyMap<string, number>
  /** Reads anew, and has resolved when what is new is listened to. Throws where the database is away. */
  refresh(): Promise<void>
  /** Resolves when it was read for the first time, or stopped. */
  ready: Promise<void>
  stop(): Promise<void>
}

interface FollowParts {
  db: Kysely<ClassroomTables>
  log: { warn(message: string): void }
  /** Is called with the filters besides those of the types whenever they have changed. */
  listen(filters: { shared: ReadonlySet<string>; forAll: ReadonlySet<string> }): void
}

/** After this many seconds at most a process knows what another one was told, and which devices were taken into use or out of it. */
const readSeconds = 5
const none: readonly Announced[] = []

export function followAnnouncements({ db, log, listen }: FollowParts): AnnouncedTopics {
  let byTopic = new Map<string, Announced[]>()
  let byDevice = new Map<string, Announced[]>()
  let heard = ''
  const ending = new AbortController()
  const ready = Promise.withResolvers<undefined>()

  const refresh = async () => {
    const announced = await readAnnounced(db)
    byTopic = Map.groupBy(announced, ({ announcement }) => announcement.topic)
    byDevice = Map.groupBy(announced, ({ deviceName }) => deviceName)
    const filters = filtersOf(announced)
    const now = JSON.stringify([[...filters.shared].sort(), [...filters.forAll].sort()])
    if (now === heard) return
    heard = now
    listen(filters)
  }
  const following = (async () => {
    while (!ending.signal.aborted) {
      try {
        await refresh()
        ready.resolve(undefined)
      } catch (error) {
        log.warn(`announcements cannot be read: ${error instanceof Error ? error.message : String(error)}`)
      }
      await pause(readSeconds, ending.signal)
    }
    ready.resolve(undefined)
  })()
  return {
    at: (topic) => byTopic.get(topic) ?? none,
    countsOf: (name) => {
      const own = Map.groupBy(byDevice.get(name) ?? none, ({ configTopic }) => configTopic)
      return new Map([...own].map(([topic, all]) => [topic, all.length]))
    },
    refresh,
    ready: ready.promise,
    async stop() {
      ending.abort()
      await following
    },
  }
}
