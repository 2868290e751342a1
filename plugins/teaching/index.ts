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
    'enrolment.student': 'pseudonym of a student: keyed hash of the code, never a name',
    'enrolment.grade':
      'what the student was given in a course; also attempts and whether the student came to the exam',
    'pseudonym_key.key': 'ties the codes of students to their pseudonyms',
    'group_teacher.teacher_id': 'who taught which group',
    'course_result.teacher_id': 'results of a teacher in a course and term',
    'result_review.account_name': 'who accepted or refused a rise of grades, and why',
  },
  audit: {
    unaudited: { course_result: 'worked out from enrolments, groups and their teachers, which are audited' },
    secret: { 'pseudonym_key.key': 'whoever knows it gets from a code of a student to the pseudonym' },
  },
  indicators: [performance, grades],
  routes,
})
