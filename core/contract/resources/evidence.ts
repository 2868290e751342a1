import { z } from 'zod'
import { daySchema, decimalSchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { stageHolders } from '../regulation/approval.ts'
import { localizedTextSchema } from '../text.ts'

export const evidenceStates = ['draft', 'submitted', 'returned', 'approved', 'rejected'] as const
export const evidenceStateSchema = z.enum(evidenceStates)
export type EvidenceState = z.infer<typeof evidenceStateSchema>

/** Above 0 up to 1, at most 12 decimals. */
const shareSchema = decimalSchema.regex(/^(?:1(?:\.0{1,12})?|0\.(?=\d*[1-9])\d{1,12})$/, 'above 0 up to 1')

export const participantSchema = z.object({
  /** null: from outside, or not matched yet. */
  teacherId: z.int().nullable(),
  name: z.string().trim().min(1).max(200),
  role: z.string().nullable(),
  /** Agreed part of the work, above 0 up to 1; null: none agreed. All shares of one evidence together are at most 1. */
  share: shareSchema.nullable(),
  affiliated: z.boolean(),
})
export type Participant = z.infer<typeof participantSchema>

export const evidenceFileSchema = z.object({
  id: z.int(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  uploadedAt: z.iso.datetime(),
  /** When a scanner found it clean; null: it has not been scanned. */
  scannedAt: z.iso.datetime().nullable(),
})

/** What a person writes. The data is checked by the kind's schema when submitted; a draft may have gaps. */
export const evidenceInputSchema = z.object({
  indicator: z.string(),
  data: z.record(z.string(), z.unknown()),
  happenedOn: daySchema.nullable(),
  participants: z.array(participantSchema).min(1).max(3000),
})
export type EvidenceInput = z.infer<typeof evidenceInputSchema>

export const evidenceItemSchema = z.object({
  id: z.int(),
  indicator: z.string(),
  title: z.string(),
  state: evidenceStateSchema,
  happenedOn: daySchema.nullable(),
  participantCount: z.int(),
  fileCount: z.int(),
  updatedAt: z.iso.datetime(),
})
export type EvidenceItem = z.infer<typeof evidenceItemSchema>

/** One stage of the way an entry goes. */
export const evidenceStageSchema = z.object({
  /** Clause id; "leader": the one step of a regulation without stages. */
  id: z.string(),
  /** null: the one step of a regulation without stages. */
  title: localizedTextSchema.nullable(),
  who: z.enum(stageHolders),
  state: z.enum(['ahead', 'current', 'passed', 'skipped', 'ended']),
  /** Whose turn it is or was, in the last submission. */
  turns: z.array(
    z.object({
      holder: z.enum(stageHolders),
      /** null: the office. */
      unit: localizedTextSchema.nullable(),
      since: z.iso.datetime(),
      /** null: no time is set. */
      dueOn: daySchema.nullable(),
      /** null: still open. */
      closedAt: z.iso.datetime().nullable(),
      /** idle: another of the same stage decided. */
      outcome: z.enum(['pass', 'return', 'reject', 'idle']).nullable(),
      /** Names of who decided and of whom they stood in for; of an open turn, who may decide, at most three. */
      account: z.string().nullable(),
      insteadOf: z.string().nullable(),
      people: z.array(z.string()),
    }),
  ),
})
export type EvidenceStage = z.infer<typeof evidenceStageSchema>

export const evidenceDetailSchema = z.object({
  id: z.int(),
  indicator: z.string(),
  data: z.record(z.string(), z.unknown()),
  title: z.string(),
  happenedOn: daySchema.nullable(),
  state: evidenceStateSchema,
  identity: z.string().nullable(),
  revision: z.int(),
  /** The entry that it was a copy of; null: it is none. */
  mergedInto: z.int().nullable(),
  participants: z.array(participantSchema),
  files: z.array(evidenceFileSchema),
  /** Agreed shares of the participants who are teachers, with who has seen and confirmed them; null: not yet. */
  shares: z.array(
    z.object({
      teacherId: z.int(),
      name: z.string(),
      share: decimalSchema,
      confirmedAt: z.iso.datetime().nullable(),
    }),
  ),
  /** What is still missing before it can be submitted. */
  missing: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  /** Steps that the asking account may take now. */
  actions: z.array(z.enum(['edit', 'judge', 'submit', 'return', 'approve', 'reject', 'reopen'])),
  /** How it is approved; before it is submitted, as it would be. */
  approval: z.object({
    /** The regulation that says so; null: none counts this kind on that day, it is approved in one step. */
    regulation: z.object({ versionId: z.int(), title: localizedTextSchema, version: z.string() }).nullable(),
    stages: z.array(evidenceStageSchema),
    /** First and last day of submitting, last day of deciding, by the day of the work; null: none. */
    opens: daySchema.nullable(),
    closes: daySchema.nullable(),
    decidesUntil: daySchema.nullable(),
    /** Deciding is over: nothing moves any more, but as the regulation allows the late. */
    locked: z.boolean(),
  }),
  /** Points given by whoever verifies; null: none were given. */
  expertPoints: decimalSchema.nullable(),
  /** Clauses of approved regulations that leave points to judgement, between these two, both inclusive. */
  judgedBy: z.array(
    z.object({ clause: z.string(), title: localizedTextSchema, from: decimalSchema, to: decimalSchema }),
  ),
  history: z.array(
    z.object({
      at: z.iso.datetime(),
      account: z.string(),
      action: z.string(),
      fromState: z.string().nullable(),
      toState: z.string(),
      reason: z.string().nullable(),
      /** Name of the account in whose stead it was done; null: for itself. */
      insteadOf: z.string().nullable(),
      /** Title of the stage that was decided in or skipped; null: none, or the one step. */
      stage: localizedTextSchema.nullable(),
      /** Outside of its window, as the regulation allows. */
      late: z.boolean(),
      /** Where points were given or taken back: as they were and as they are. */
      points: z.object({ before: z.string().nullable(), after: z.string().nullable() }).nullable(),
    }),
  ),
})
export type EvidenceDetail = z.infer<typeof evidenceDetailSchema>

const byId = z.object({ id: idSchema })
const tag = 'evidence'

export const listEvidence = defineRoute({
  method: 'GET',
  path: '/evidence',
  summary: 'Evidence, newest change first',
  tag,
  action: 'evidence.read',
  about: { what: 'evidence', evidence: 'answer.items.*.id' },
  query: z.object({
    ...pageQuery,
    teacher: idSchema.optional(),
    unit: idSchema.optional(),
    indicator: z.string().optional(),
    state: evidenceStateSchema.optional(),
    from: daySchema.optional(),
    to: daySchema.optional(),
    search: z.string().trim().max(100).optional(),
  }),
  response: pageOf(evidenceItemSchema),
})
export const getEvidence = defineRoute({
  method: 'GET',
  path: '/evidence/:id',
  summary: 'One evidence with participants, files, history and the steps one may take',
  tag,
  action: 'evidence.read',
  about: { what: 'evidence', evidence: 'params.id' },
  params: byId,
  response: evidenceDetailSchema,
})
export const createEvidence = defineRoute({
  method: 'POST',
  path: '/evidence',
  summary: 'Enter evidence as a draft; answers 409 with the id of the entry that is the same thing',
  tag,
  action: 'evidence.write',
  body: evidenceInputSchema,
  response: evidenceDetailSchema,
})
export const updateEvidence = defineRoute({
  method: 'PUT',
  path: '/evidence/:id',
  summary: 'Change a draft or returned evidence; `revision` is the one that was read',
  tag,
  action: 'evidence.write',
  params: byId,
  body: evidenceInputSchema.extend({ revision: z.int() }),
  response: evidenceDetailSchema,
})
export const moveEvidence = defineRoute({
  method: 'POST',
  path: '/evidence/:id/moves',
  summary: 'Submit, return, approve, reject or reopen; a reason is demanded for return, reject and reopen',
  tag,
  action: 'evidence.move',
  params: byId,
  body: z.object({
    action: z.enum(['submit', 'return', 'approve', 'reject', 'reopen']),
    reason: z.string().trim().max(2000).nullable().default(null),
    revision: z.int(),
  }),
  response: evidenceDetailSchema,
})
/** At most 9 digits before and 12 behind the point. */
const givenPoints = decimalSchema.regex(/^-?\d{1,9}(\.\d{1,12})?$/)

export const judgeEvidence = defineRoute({
  method: 'PUT',
  path: '/evidence/:id/points',
  summary: 'Give the points that a regulation leaves to judgement, with the reason; null takes them back',
  tag,
  action: 'evidence.judge',
  params: byId,
  body: z.object({
    points: givenPoints.nullable(),
    reason: z.string().trim().max(2000),
    revision: z.int(),
  }),
  response: evidenceDetailSchema,
})
export const attachFile = defineRoute({
  method: 'POST',
  path: '/evidence/:id/files',
  summary: 'Attach a file; the kind of evidence says which types and sizes',
  tag,
  action: 'evidence.write',
  params: byId,
  multipart: true,
  response: evidenceDetailSchema,
})
export const detachFile = defineRoute({
  method: 'DELETE',
  path: '/evidence/:id/files/:fileId',
  summary: 'Take a file off a draft',
  tag,
  action: 'evidence.write',
  params: z.object({ id: idSchema, fileId: idSchema }),
  response: evidenceDetailSchema,
})
export const downloadFile = defineRoute({
  method: 'GET',
  path: '/evidence/:id/files/:fileId',
  summary: 'Download a file (never shown inline)',
  tag,
  action: 'evidence.read',
  about: { what: 'file', evidence: 'params.id' },
  params: z.object({ id: idSchema, fileId: idSchema }),
  produces: ['application/octet-stream'],
})
export const joinEvidence = defineRoute({
  method: 'POST',
  path: '/evidence/:id/participants',
  summary:
    'Be listed on an entry that already exists (the same work entered by a co-author); approved evidence goes back to be approved again',
  tag,
  action: 'evidence.write',
  params: byId,
  /** `identity` is the one the 409 named: it shows that the asker entered the same thing, an id alone could be guessed. */
  body: z.object({
    identity: z.string(),
    teacherId: z.int(),
    role: z.string().nullable(),
    /** Which of the listed, unmatched participants it is (`unmatchedOrdinals` of the 409); null: not listed yet. */
    ordinal: z.int().positive().nullable(),
  }),
  response: evidenceDetailSchema,
})
export const confirmShare = defineRoute({
  method: 'POST',
  path: '/evidence/:id/shares/confirmation',
  summary: 'Confirm the own share of a work as it was shown; it cannot be approved before all have',
  tag,
  action: 'evidence.confirm',
  params: byId,
  body: z.object({ share: shareSchema }),
  response: evidenceDetailSchema,
})
