import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import type { KnownDevice } from './judge-message.ts'

/** For how long what was read is believed; a device that is new is known after this at the latest. */
const believedSeconds = 5

export interface DeviceList {
  /** Finds a device that is in use by its name and type; null: there is none. */
  finder(): Promise<(name: string, type: string) => KnownDevice | null>
  /** Reads anew at the next question. */
  forget(): void
}

export function deviceList(db: Kysely<ClassroomTables>): DeviceList {
  let known = new Map<string, KnownDevice>()
  let readAt: number | null = null
  return {
    forget() {
      readAt = null
    },
    async finder() {
      if (readAt === null || performance.now() - readAt > believedSeconds * 1000) {
        const query = db.selectFrom('device').select(['id', 'name', 'type'])
        const inUse = query.where('retired_at', 'is', null).where('is_gateway', '=', false)
        known = new Map((await inUse.execute()).map(({ name, ...device }) => [name, device]))
        readAt = performance.now()
      }
      const devices = known
      return (name, type) => {
        const device = devices.get(name)
        return device?.type === type ? device : null
      }
    },
  }
}
