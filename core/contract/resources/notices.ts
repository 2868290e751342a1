import { z } from 'zod'
import type { ProblemParams } from '../problem.ts'
import { idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { languageSchema } from '../text.ts'
import type { LocalizedText } from '../text.ts'

/** What a notice may be about; each has its text in core's messages. */
export const noticeKinds = [
  'evidence-returned',
  'evidence-rejected',
  'evidence-approved',
  'evidence-merged',
  'queue-digest',
  'entering-closes',
  'deciding-closes',
  'hanging',
  'delegated',
  'results-preliminary',
  'results-preliminary-no-appeal',
  'results-final',
  'results-corrected',
  'results-corrected-no-appeal',
  'appeals-close',
  'appeal-filed',
  'appeal-assigned',
  'appeal-upheld',
  'appeal-rejected',
  'appeals-due',
  'appeals-unassigned',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** What fills the text of a notice; a text in three languages is shown in that of whoever reads it. */
export type NoticeParams = Record<string, ProblemParams[string] | LocalizedText>

export const noticeSchema = z.object({
  id: z.int(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  text: z.string(),
  /** Path of the page it is about; null: none. */
  link: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** null: not read yet. */
  readAt: z.iso.datetime().nullable(),
})
export type Notice = z.infer<typeof noticeSchema>

export const contactSchema = z.object({
  /** null: no mail is sent. */
  email: z.string().nullable(),
  /** Of mail. */
  language: languageSchema,
  wantsMail: z.boolean(),
  /** Whether this installation sends mail at all. */
  sendsMail: z.boolean(),
})
export type Contact = z.infer<typeof contactSchema>

const tag = 'notices'
const action = 'notice.read'

export const listNotices = defineRoute({
  method: 'GET',
  path: '/notices',
  summary: "One's own notices, newest first",
  tag,
  action,
  query: z.object({ ...pageQuery, unread: z.stringbool().optional() }),
  response: pageOf(noticeSchema),
})
export const countNotices = defineRoute({
  method: 'GET',
  path: '/notices/unread',
  summary: 'How many of them are unread',
  tag,
  action,
  response: z.object({ unread: z.int().min(0) }),
})
export const readNotices = defineRoute({
  method: 'POST',
  path: '/notices/read',
  summary: 'Mark notices as read: those of the list, or all without one',
  tag,
  action,
  body: z.object({ ids: z.array(idSchema).max(200).nullable().default(null) }),
  response: z.object({ unread: z.int().min(0) }),
})
export const getContact = defineRoute({
  method: 'GET',
  path: '/notices/contact',
  summary: 'Where and in which language mail about work that waits is sent to oneself',
  tag,
  action,
  response: contactSchema,
})
export const setContact = defineRoute({
  method: 'PUT',
  path: '/notices/contact',
  summary: 'Change it, or turn the mail off; an address is entered on the page of the own account',
  tag,
  action,
  body: z.object({ language: languageSchema, wantsMail: z.boolean() }),
  response: contactSchema,
})
