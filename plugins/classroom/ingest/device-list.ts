import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import type { KnownDevice } from './judge-message.ts'

/** For how long what was read is believed of devices that are in use. */
const believedSeconds = 5
/** For how long it is believed that a device is not in use: one that was just taken into use must not wait. */
const strangerSeconds = 1

/** Finds a device that is in use by its name and type; null: there is none. */
export type FindDevice = (name: string, type: string) => KnownDevice | null

export interface DeviceList {
  /** `forStranger`: to say that a device is not in use, for which what was read is believed for less long. */
  finder(forStranger: boolean): Promise<FindDevice>
  /** What `finder` answers without reading; null: it would have to read. */
  knownFinder(): FindDevice | null
  /** Reads anew at the next question. */
  forget(): void
}

export function deviceList(db: Kysely<ClassroomTables>): DeviceList {
  let known: FindDevice = () => null
  let readAt: number | null = null
  const isBelieved = (seconds: number) => readAt !== null && performance.now() - readAt <= seconds * 1000
  return {
    forget() {
      readAt = null
    },
    knownFinder: () => (isBelieved(believedSeconds) ? known : null),
    async finder(forStranger) {
      if (!isBelieved(forStranger ? strangerSeconds : believedSeconds)) {
        const query = db.selectFrom('device').select(['id', 'name', 'type'])
        const inUse = query.where('retired_at', 'is', null).where('is_gateway', '=', false)
        known = findIn(new Map((await inUse.execute()).map(({ name, ...device }) => [name, device])))
        readAt = performance.now()
      }
      return known
    },
  }
}

function findIn(devices: ReadonlyMap<string, KnownDevice>): FindDevice {
  return (name, type) => {
    const device = devices.get(name)
    return device?.type === type ? device : null
  }
}
