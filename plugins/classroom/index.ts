import { definePlugin } from '@ustaz/core/plugin'
import { admitDevice } from './devices/admit-device.ts'
import { attendance } from './indicators/attendance.ts'
import { conditions } from './indicators/conditions.ts'
import { startIngest } from './ingest/start-ingest.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'
import { settingsSchema } from './settings.ts'
import type { ClassroomTables } from './tables.ts'
import { messages } from './texts.ts'

export default definePlugin<ClassroomTables>()({
  id: 'classroom',
  version: '0.1.0',
  messages,
  migrations: new URL('migrations/', import.meta.url),
  settings: settingsSchema,
  personalData: {
    lesson: {
      person: { teacher: 'teacher_id' },
      purpose: 'lessons',
      basis: 'employment',
      keep: { yearsAfterLeaving: 3 },
      readBy: 'lesson.read',
      columns: ['subject', 'group_code', 'starts_at'],
      erase: { teacher_id: 'null' },
    },
    dispute: {
      person: { account: 'account_id' },
      purpose: 'lessons',
      basis: 'employment',
      keep: { yearsAfterLeaving: 3 },
      readBy: 'lesson.read',
      columns: ['reason', 'decision', 'answer'],
      erase: 'rows',
    },
  },
  audit: {
    unaudited: {
      device_state: 'what devices say of themselves, many times an hour',
      reading: 'what devices measured; nobody enters or changes it',
      reading_hour: 'worked out from readings',
      reading_month: 'which months of readings there are',
      quarantine: 'messages that were not stored, for a month',
      ingest_count: 'how many messages came to which end',
      ingest_slot: 'sessions at the broker',
      ingest_process: 'how many messages which process took',
      announcement: 'what devices say of their topics',
      unsettled_day: 'work that waits',
      lesson_attendance: 'worked out from readings',
      alert: 'worked out from what devices say',
    },
    secret: {
      'device.password_hash': 'whoever knows it may try passwords',
      'device.mosquitto_hash': 'whoever knows it may try passwords',
    },
  },
  indicators: [attendance, conditions],
  routes,
  jobs,
  async start({ jobs: own, broker }) {
    if (broker) await own.send('watch', {}, { key: 'watch' })
    return async () => undefined
  },
  ingest: startIngest,
  admitDevice,
})
