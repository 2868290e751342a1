import type { PluginJob } from '@ustaz/core/plugin'
import { settleLessons } from './attendance/settle.ts'
import { forgetProcesses } from './devices/ingest-processes.ts'
import { raiseAlerts } from './devices/raise-alerts.ts'
import { forgetStrangers } from './ingest/announcements.ts'
import { rollUp } from './ingest/partitions.ts'
import { settingsOf } from './settings.ts'
import type { ClassroomTables } from './tables.ts'

const watchSeconds = 300
/** Days after which what was quarantined is forgotten. */
const quarantineDays = 30

export const jobs: Readonly<Record<string, PluginJob<ClassroomTables>>> = {
  /** Lessons of the days of which readings came. */
  settle: {
    async work(context) {
      const { db, now, log } = context
      const count = await settleLessons({ db, settings: settingsOf(context), now: now() })
      if (count > 0) log.info(`${count} lessons computed`)
    },
  },
  /** Looks for devices that are silent, every few minutes; it asks for itself again. */
  watch: {
    async work({ db, now, timeZone, jobs: own }) {
      await raiseAlerts(db, { now: now(), timeZone })
      await own.send('watch', {}, { key: 'watch', afterSeconds: watchSeconds })
    },
  },
  /** Days that are over now are computed once more with the doors' drift; old readings become hours; alerts also where nothing comes. */
  nightly: {
    when: 'night',
    async work(context) {
      const { db, now, jobs: own } = context
      const { keepMonths } = settingsOf(context)
      const today = now()
      await db
        .insertInto('unsettled_day')
        .expression(
          db
            .selectFrom('device_state')
            .where('last_seen_at', '>', new Date(today.getTime() - 3 * 86_400_000))
            .select(['device_id', (eb) => eb.val(dayOf(today, -1)).as('day')]),
        )
        .columns(['device_id', 'day'])
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await rollUp(db, new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - keepMonths, 1)), today)
      const old = new Date(today.getTime() - quarantineDays * 86_400_000)
      await db.deleteFrom('quarantine').where('last_at', '<', old).execute()
      await forgetStrangers(db, today)
      await forgetProcesses(db, today)
      await own.send('settle', {}, { key: 'settle' })
    },
  },
}

function dayOf(moment: Date, days: number): string {
  return new Date(moment.getTime() + days * 86_400_000).toISOString().slice(0, 10)
}
