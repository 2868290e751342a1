import { definePlugin } from '@ustaz/core/plugin'
import { rating } from './indicator.ts'
import { closeCampaigns } from './results/close-campaigns.ts'
import { routes } from './routes.ts'
import type { SurveyTables } from './tables.ts'
import { messages } from './texts.ts'

const ofTeacher = {
  purpose: 'surveys',
  basis: 'employment',
  keep: { yearsAfterLeaving: 3 },
  readBy: 'survey.results',
} as const

export default definePlugin<SurveyTables>()({
  id: 'surveys',
  version: '0.1.0',
  messages: { kk: messages.kk, ru: messages.ru, en: messages.en },
  migrations: new URL('migrations/', import.meta.url),
  personalData: {
    cell: {
      ...ofTeacher,
      person: { teacher: 'teacher_id' },
      readBy: 'survey.read',
      columns: ['teacher_name', 'course_title', 'group_code'],
      erase: { teacher_name: 'code' },
    },
    teacher_result: {
      ...ofTeacher,
      person: { teacher: 'teacher_id' },
      columns: ['answers', 'score', 'shrunken', 'questions'],
      erase: 'nothing',
    },
    part_result: {
      ...ofTeacher,
      person: { teacher: 'teacher_id' },
      columns: ['answers', 'score', 'questions'],
      erase: 'rows',
    },
    bundle: {
      // Students answer without a name: nobody's voice can be told, and nobody reads single ones.
      person: null,
      purpose: 'surveys-linked',
      basis: 'interest',
      keep: { until: 'used' },
      readBy: null,
      columns: ['voices', 'groups'],
      erase: 'nothing',
    },
    remark: {
      ...ofTeacher,
      // Written by students, and not the teacher's to be given before a reviewer let it through.
      person: null,
      readBy: 'survey.comments',
      columns: ['teacher_id', 'body'],
      erase: 'nothing',
    },
  },
  audit: {
    unaudited: {
      token: 'an entry with its moment would tell who answered when',
      tally: 'an entry with its moment would hold a single answer',
      bundle: 'an entry with its moment would hold what a single person answered',
      teacher_result: 'worked out once, and never changed',
      part_result: 'worked out once, and never changed',
      unit_result: 'worked out once, and never changed',
      linked_result: 'worked out once, and never changed',
    },
    secret: { 'remark.body': 'the log would keep what a reviewer masked' },
  },
  indicators: [rating],
  page: new URL('page/', import.meta.url),
  routes,
  jobs: {
    /** Asked for when a campaign is released, for its end; and each night, in case that was missed. */
    close: { when: 'night', work: async (context) => await closeCampaigns(context) },
  },
})
