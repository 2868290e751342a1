import { definePlugin } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }
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
    },
    secret: { 'pseudonym_key.key': 'whoever knows it gets from a code of a student to the pseudonym' },
  },
  indicators: [performance, grades],
  routes,
})
