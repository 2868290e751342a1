import { z } from 'zod'
import { daySchema, decimalSchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { localizedTextSchema } from '../text.ts'
import { publicationStates } from './publication.ts'

export const runStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const

export const runSchema = z.object({
  id: z.int(),
  purpose: z.enum(['official', 'trial']),
  regulationVersionId: z.int(),
  regulation: z.object({ code: z.string(), version: z.string(), title: localizedTextSchema }),
  snapshotId: z.int().nullable(),
  periodFrom: daySchema,
  periodTo: daySchema,
  /** Amendments of the regulation that became known later are left out; null: all are applied. */
  knownAt: daySchema.nullable(),
  state: z.enum(runStates),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** null: not started, or finished. */
  progress: z.object({ stage: z.string(), fraction: z.number().min(0).max(1) }).nullable(),
  /** Why it failed, in the reader's language. */
  failure: z.string().nullable(),
  /** sha256 over snapshot, regulation and all scores and lines, hex. */
  hash: z.string().nullable(),
  /** null: it was never published. */
  publication: z.enum(publicationStates).nullable(),
  counts: z
    .object({
      teachers: z.int(),
      ranked: z.int(),
      excluded: z.int(),
      blocked: z.int(),
      facts: z.int(),
      lines: z.int(),
    })
    .nullable(),
})
export type Run = z.infer<typeof runSchema>

/**
 * What a line of a trace does. Of one fact: `points` what the rule gives, `factor` (a line for each coefficient), `split`,
 * `minimum`, `fact-cap`; `once` counted elsewhere, `keep` over the number that counts. Of a criterion: `together` what
 * the rule gives for all facts at once (their own lines are `points` of 0), `average`, `cap`, `floor` (also of groups and
 * areas), `share` the cut to a share of the total. Of an area: `extrapolation`, `roll-up`, `normalise`, `weight`. Of the
 * total: `aggregate`, `norm`, `cap`, `floor`, `requirement`.
 */
export const lineKinds = [
  'points',
  'factor',
  'split',
  'minimum',
  'fact-cap',
  'once',
  'keep',
  'together',
  'average',
  'cap',
  'floor',
  'share',
  'extrapolation',
  'roll-up',
  'normalise',
  'weight',
  'aggregate',
  'norm',
  'requirement',
] as const
export type LineKind = (typeof lineKinds)[number]

export const leagueRef = z.object({ id: z.string(), title: localizedTextSchema })
export const reasonSchema = z.object({
  code: z.string(),
  clause: z.string().nullable(),
  params: z.record(z.string(), z.unknown()),
  /** In the reader's language. */
  message: z.string(),
})

export const rankingRowSchema = z.object({
  teacherId: z.int(),
  code: z.string(),
  familyName: z.string(),
  givenName: z.string(),
  patronymic: z.string().nullable(),
  departmentId: z.int(),
  facultyId: z.int().nullable(),
  position: z.string().nullable(),
  degree: z.string().nullable(),
  rate: decimalSchema,
  league: z.string().nullable(),
  status: z.enum(['ranked', 'excluded', 'blocked']),
  reasons: z.array(reasonSchema),
  /** Rounded for showing; null: blocked. */
  total: decimalSchema.nullable(),
  place: z.int().nullable(),
  /** Between which places the teacher stands with 90 %, and the band of those among whom no order is established; null: not worked out. */
  certainty: z.object({ lower: z.int(), upper: z.int(), band: z.int() }).nullable(),
  band: z.string().nullable(),
  /** Area id -> score after weighting, rounded for showing; areas whose weight is not known are missing. */
  areas: z.record(z.string(), decimalSchema),
  /** What the result is worth, as paid; null: nothing is due, or it cannot be told (see the notes). */
  money: decimalSchema.nullable(),
  /** Requirements that are not met and what follows, money that cannot be told. */
  notes: z.array(reasonSchema),
})
export type RankingRow = z.infer<typeof rankingRowSchema>

export const rankingQuery = z.object({
  league: z.string().optional(),
  unit: idSchema.optional(),
  position: z.string().optional(),
  status: z.enum(['ranked', 'excluded', 'blocked']).optional(),
  search: z.string().trim().max(100).optional(),
  /** An area's id sorts by that area. */
  sort: z.string().max(40).default('total'),
  direction: z.enum(['asc', 'desc']).default('desc'),
})

export const traceLineSchema = z.object({
  lineNo: z.int(),
  kind: z.enum(lineKinds),
  area: z.string().nullable(),
  clause: z.string(),
  clauseTitle: localizedTextSchema,
  /** Exact. */
  amount: decimalSchema,
  fact: z
    .object({
      factNo: z.int(),
      indicator: z.string(),
      happenedOn: daySchema,
      quantity: decimalSchema,
      role: z.string().nullable(),
      participants: z.int(),
      share: decimalSchema.nullable(),
      attributes: z.record(z.string(), z.unknown()),
      evidenceId: z.int().nullable(),
      evidenceTitle: z.string().nullable(),
    })
    .nullable(),
  /** Whose fact it is where it is one of the staff's; null: the teacher's own, or the line is about no fact. */
  factTeacher: z
    .object({
      teacherId: z.int(),
      code: z.string(),
      familyName: z.string(),
      givenName: z.string(),
      patronymic: z.string().nullable(),
    })
    .nullable(),
})
export type TraceLine = z.infer<typeof traceLineSchema>

export const teacherResultSchema = z.object({
  result: rankingRowSchema,
  leagueSize: z.int().nullable(),
  leagueMedian: decimalSchema.nullable(),
  /** Exact: the sum of all lines. */
  exactTotal: decimalSchema.nullable(),
  areas: z.array(
    z.object({
      area: z.string(),
      points: decimalSchema,
      /** On its scale, which is what is weighed; null: the points as they are. */
      normalised: decimalSchema.nullable(),
      weight: decimalSchema,
      score: decimalSchema,
    }),
  ),
  lines: z.array(traceLineSchema),
})
export type TeacherResult = z.infer<typeof teacherResultSchema>

export const unitComparisonSchema = z.object({
  unitId: z.int(),
  parentId: z.int().nullable(),
  kind: z.string(),
  code: z.string(),
  name: localizedTextSchema,
  teachers: z.int(),
  scored: z.int(),
  /** Sum of rates of the scored teachers. */
  fte: decimalSchema,
  /** null where nobody was scored. */
  sum: decimalSchema.nullable(),
  perFte: decimalSchema.nullable(),
  mean: decimalSchema.nullable(),
  minimum: decimalSchema.nullable(),
  lowerQuartile: decimalSchema.nullable(),
  median: decimalSchema.nullable(),
  upperQuartile: decimalSchema.nullable(),
  maximum: decimalSchema.nullable(),
  /** Area id -> mean score. */
  areas: z.record(z.string(), decimalSchema),
  /** Place among the units of its kind and the figure it goes by, rounded; null: units are not ranked, or nobody in it has a total. */
  ranked: z.object({ place: z.int(), by: decimalSchema }).nullable(),
})
export type UnitComparison = z.infer<typeof unitComparisonSchema>

const tag = 'runs'
const byId = z.object({ id: idSchema })

export const listRuns = defineRoute({
  method: 'GET',
  path: '/runs',
  summary: 'Runs, newest first',
  tag,
  action: 'run.read',
  query: z.object({
    ...pageQuery,
    state: z.enum(runStates).optional(),
    purpose: z.enum(['official', 'trial']).optional(),
  }),
  response: pageOf(runSchema),
})
export const requestRun = defineRoute({
  method: 'POST',
  path: '/runs',
  summary: 'Ask for a run: freezes the period and rates it by a version of a regulation, in the background',
  tag,
  action: 'run.start',
  body: z.object({
    regulationVersionId: z.int(),
    periodFrom: daySchema,
    periodTo: daySchema,
    purpose: z.enum(['official', 'trial']).default('official'),
    /** Rate an existing snapshot again instead of freezing a new one. */
    snapshotId: z.int().nullable().default(null),
    /** Leave out amendments of the regulation that became known after this day; null: apply all. */
    knownAt: daySchema.nullable().default(null),
  }),
  response: runSchema,
})
export const getRun = defineRoute({
  method: 'GET',
  path: '/runs/:id',
  summary: 'One run with its progress, counts and hash',
  tag,
  action: 'run.read',
  params: byId,
  response: runSchema.extend({
    areas: z.array(z.object({ id: z.string(), title: localizedTextSchema })),
    leagues: z.array(leagueRef),
    bands: z.array(leagueRef),
    norms: z.array(z.object({ id: z.string(), title: localizedTextSchema })),
    /** null: results are worth no money. */
    money: z.object({ id: z.string(), title: localizedTextSchema, currency: z.string() }).nullable(),
    /** By what units are ranked; null: they are not. */
    units: z.enum(['sum', 'per-fte', 'mean', 'median']).nullable(),
    weights: z.record(z.string(), decimalSchema).nullable(),
  }),
})
export const cancelRun = defineRoute({
  method: 'POST',
  path: '/runs/:id/cancel',
  summary: 'Cancel a queued or running run; it leaves no results',
  tag,
  action: 'run.start',
  params: byId,
  response: runSchema,
})
export const exportRun = defineRoute({
  method: 'GET',
  path: '/runs/:id/export',
  summary:
    'A finished run with everything it was computed from, to be replayed elsewhere; holds personal data',
  tag,
  action: 'run.export',
  about: { what: 'export', everybody: true },
  params: byId,
  produces: ['application/gzip'],
})
export const verifyRun = defineRoute({
  method: 'GET',
  path: '/runs/:id/verification',
  summary: 'Hash once more what is stored of a finished run, to prove that nothing touched it',
  tag,
  action: 'run.verify',
  params: byId,
  response: z.object({
    /** When the run was finished. */
    recorded: z.string(),
    /** Over what is stored now; null: a total is not the sum of its lines any more. */
    found: z.string().nullable(),
    snapshot: z.object({ recorded: z.string(), found: z.string() }),
  }),
})
export const getRanking = defineRoute({
  method: 'GET',
  path: '/runs/:id/ranking',
  summary: 'The ranking of a finished run, league by league',
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  params: byId,
  query: rankingQuery.extend(pageQuery),
  response: pageOf(rankingRowSchema),
})
export const exportRanking = defineRoute({
  method: 'GET',
  path: '/runs/:id/ranking/export',
  summary: 'The whole filtered ranking as CSV or XLSX',
  tag,
  action: 'result.read',
  about: { what: 'export', everybody: true },
  params: byId,
  query: rankingQuery.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})
export const getTeacherResult = defineRoute({
  method: 'GET',
  path: '/runs/:id/teachers/:teacherId',
  summary: "A teacher's result: place, areas, and every signed line with its fact, evidence and clause",
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'params.teacherId' },
  params: z.object({ id: idSchema, teacherId: idSchema }),
  response: teacherResultSchema,
})
export const getTeacherHistory = defineRoute({
  method: 'GET',
  path: '/teachers/:id/results',
  summary: "A teacher's results in finished official runs, the newest run of each period",
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'params.id' },
  params: byId,
  response: z.object({
    items: z.array(
      z.object({
        runId: z.int(),
        periodFrom: daySchema,
        periodTo: daySchema,
        status: z.string(),
        total: decimalSchema.nullable(),
        place: z.int().nullable(),
        league: z.string().nullable(),
        areas: z.record(z.string(), decimalSchema),
      }),
    ),
  }),
})
export const compareUnits = defineRoute({
  method: 'GET',
  path: '/runs/:id/units',
  summary: 'Faculties or departments side by side: distribution, per full-time equivalent, by area',
  tag,
  action: 'result.read',
  params: byId,
  query: z.object({
    kind: z.enum(['faculty', 'department']).default('faculty'),
    parent: idSchema.optional(),
  }),
  response: z.object({ items: z.array(unitComparisonSchema) }),
})
export const compareUnitsOverYears = defineRoute({
  method: 'GET',
  path: '/units/trends',
  summary: 'Mean and per-FTE totals of units in the newest official run of each period',
  tag,
  action: 'result.read',
  query: z.object({
    kind: z.enum(['university', 'faculty', 'department']).default('faculty'),
    parent: idSchema.optional(),
  }),
  response: z.object({
    items: z.array(
      z.object({
        unitId: z.int(),
        name: localizedTextSchema,
        points: z.array(
          z.object({
            runId: z.int(),
            periodFrom: daySchema,
            periodTo: daySchema,
            scored: z.int(),
            mean: decimalSchema.nullable(),
            median: decimalSchema.nullable(),
            perFte: decimalSchema.nullable(),
          }),
        ),
      }),
    ),
  }),
})
