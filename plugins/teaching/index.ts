import { definePlugin } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }
import { deleteOldOrders } from './imports/orders/read-orders.ts'
import { workOnImport } from './imports/orders/work-on-import.ts'
import { grades } from './results/grades.ts'
import { performance } from './results/performance.ts'
import { routes } from './routes.ts'
import type { TeachingTables } from './tables.ts'

export default definePlugin<TeachingTables>()({
  id: 'teaching',
  version: '0.1.0',
  messages: { kk, ru, en },
  migrations: new URL('migrations/', import.meta.url),
  personalData: {
    // Students, by pseudonyms only: no row belongs to a person whom the university knows here.
    enrolment: {
      person: null,
      purpose: 'students',
      basis: 'interest',
      keep: { until: 'permanent' },
      readBy: 'teaching.import',
      columns: ['student', 'grade', 'attempts', 'attended'],
      erase: 'nothing',
    },
    // Files stand here until they are imported, with whatever names of students are in them.
    import_order: {
      person: { account: 'account_id' },
      purpose: 'students',
      basis: 'interest',
      keep: { yearsAfterWriting: 1 },
      readBy: 'teaching.import',
      columns: ['kind', 'file_name', 'account_name', 'content', 'report'],
      erase: 'nothing',
    },
    pseudonym_key: {
      person: null,
      purpose: 'students',
      basis: 'interest',
      keep: { until: 'permanent' },
      readBy: 'teaching.import',
      columns: ['key'],
      erase: 'nothing',
    },
    group_teacher: {
      person: { teacher: 'teacher_id' },
      purpose: 'teaching',
      basis: 'employment',
      keep: { yearsAfterLeaving: 3 },
      readBy: 'teaching.read',
      columns: ['group_id'],
      erase: 'nothing',
    },
    course_result: {
      person: { teacher: 'teacher_id' },
      purpose: 'teaching',
      basis: 'employment',
      keep: { yearsAfterLeaving: 3 },
      readBy: 'teaching.read',
      columns: ['course_id', 'year', 'term', 'mean', 'difference'],
      erase: 'nothing',
    },
    result_review: {
      person: { teacher: 'teacher_id' },
      purpose: 'teaching',
      basis: 'employment',
      keep: { yearsAfterLeaving: 3 },
      readBy: 'teaching.read',
      columns: ['accepted', 'reason', 'account_name'],
      texts: { reason: 'text' },
      erase: 'nothing',
    },
  },
  audit: {
    unaudited: {
      course_result: 'worked out from enrolments, groups and their teachers, which are audited',
      group_sums: 'worked out from enrolments, which are audited',
      import_order: 'what an import writes is audited; the file itself is forgotten when it has ended',
    },
    secret: { 'pseudonym_key.key': 'whoever knows it gets from a code of a student to the pseudonym' },
  },
  indicators: [performance, grades],
  jobs: {
    import: {
      work: async (context, { order }, signal) => await workOnImport(context, Number(order), signal),
    },
    forget: { when: 'night', work: deleteOldOrders },
  },
  routes,
})
