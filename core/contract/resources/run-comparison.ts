import { z } from 'zod'
import { decimalSchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { localizedTextSchema } from '../text.ts'
import { leagueRef, rankingRowSchema, reasonSchema, runSchema, traceLineSchema } from './runs.ts'

/**
 * What became of a teacher between two runs. Ranked in both and in one league: rose, fell, kept; in another league: league.
 * excluded: was ranked, is not eligible now; admitted: the other way round. blocked: lacks an input now; unblocked: does no
 * longer. joined, gone: is in one of the runs only. unranked: ranked in neither, for the same kind of reason.
 */
export const moves = [
  'rose',
  'fell',
  'kept',
  'league',
  'admitted',
  'excluded',
  'blocked',
  'unblocked',
  'joined',
  'gone',
  'unranked',
] as const
export type Move = (typeof moves)[number]

/** A teacher's result in one of the runs. */
export const standingSchema = rankingRowSchema
  .pick({ status: true, league: true, place: true, total: true, band: true })
  .extend({ reasons: z.array(reasonSchema) })

export const moverSchema = rankingRowSchema
  .pick({
    teacherId: true,
    code: true,
    familyName: true,
    givenName: true,
    patronymic: true,
    departmentId: true,
    facultyId: true,
    position: true,
  })
  .extend({
    move: z.enum(moves),
    /** null: the teacher is not in the earlier run. */
    before: standingSchema.nullable(),
    /** null: the teacher is not in the later run. */
    after: standingSchema.nullable(),
    /** Later place less earlier place, so negative is a rise; null unless ranked in one league in both. */
    placeChange: z.int().nullable(),
    /** Exact; null where either run has no total. */
    totalChange: decimalSchema.nullable(),
    /** The clauses whose lines changed most, largest first, at most three, each with the exact change of its sum. */
    clauses: z.array(z.object({ clause: z.string(), title: localizedTextSchema, change: decimalSchema })),
  })
export type Mover = z.infer<typeof moverSchema>

export const factChangeSchema = z.object({
  /** A frozen column (happenedOn, quantity, role, participants, share, ...) or the name of an attribute. */
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
})
export type FactChange = z.infer<typeof factChangeSchema>

/**
 * Why a line differs. fact-new, fact-gone: the fact is frozen in one snapshot only; fact-changed: in both, with other content.
 * clause-new, clause-gone, clause-changed: the regulations differ in it. weight-changed: the area's weight is another.
 * person-changed: a norm by position, and the position is another. other-lines: follows from other lines, such as a cap.
 */
export const lineCauses = [
  'fact-new',
  'fact-gone',
  'fact-changed',
  'clause-new',
  'clause-gone',
  'clause-changed',
  'weight-changed',
  'person-changed',
  'other-lines',
] as const
export type LineCause = (typeof lineCauses)[number]

export const changedLineSchema = z.object({
  kind: traceLineSchema.shape.kind,
  area: z.string().nullable(),
  clause: z.string(),
  clauseTitle: localizedTextSchema,
  /** Exact; null: the earlier run has no such line. */
  before: decimalSchema.nullable(),
  /** Exact; null: the later run has no such line. */
  after: decimalSchema.nullable(),
  /** after - before, a missing line taken as 0; never 0 itself. */
  change: decimalSchema,
  /** The fact as the earlier snapshot holds it, also where only the later run has a line for it; null: none. */
  factBefore: traceLineSchema.shape.fact,
  factAfter: traceLineSchema.shape.fact,
  factChanges: z.array(factChangeSchema),
  causes: z.array(z.enum(lineCauses)).min(1),
})
export type ChangedLine = z.infer<typeof changedLineSchema>

/**
 * Those with a better place. Where equals share a place and the next ones stand after all of them (1, 2, 2, 4), placeChange is
 * exactly overtookYou + cameAbove - youOvertook - leftAbove.
 */
export const overtakingSchema = z.object({
  /** In the league in both runs, above the teacher in the later one only. */
  overtookYou: z.int(),
  youOvertook: z.int(),
  /** Above the teacher now, and not in the league before. */
  cameAbove: z.int(),
  /** Above the teacher before, and not in the league now. */
  leftAbove: z.int(),
})

const clauseChangeSchema = z.object({
  /** The section of the regulation document: areas, criteria, norms, weighting, ... */
  part: z.string(),
  /** null: the section as a whole, which is no list of clauses. */
  id: z.string().nullable(),
  title: localizedTextSchema.nullable(),
  change: z.enum(['added', 'removed', 'changed']),
})
export type ClauseChange = z.infer<typeof clauseChangeSchema>

const pair = z.object({ id: idSchema, other: idSchema })
const tag = 'runs'

export const compareRuns = defineRoute({
  method: 'GET',
  path: '/runs/:id/compare/:other',
  summary:
    'How a finished run (id) differs from another (other): rules, weights, and how many teachers moved',
  tag,
  action: 'result.read',
  params: pair,
  response: z.object({
    before: runSchema,
    after: runSchema,
    sameSnapshot: z.boolean(),
    /** Of the teachers whose results the asker may read. */
    teachers: z.int(),
    counts: z.record(z.enum(moves), z.int()),
    leagues: z.array(leagueRef),
    bands: z.array(leagueRef),
    areas: z.array(leagueRef),
    /** In the order of the document; empty: the same rules. */
    clauseChanges: z.array(clauseChangeSchema),
    /** Areas whose weight differs; null: the area is in one of the runs only, or its weight differs by teacher. */
    weightChanges: z.array(
      z.object({ area: z.string(), before: decimalSchema.nullable(), after: decimalSchema.nullable() }),
    ),
  }),
})

export const moversQuery = z.object({
  /** In it in either run. */
  league: z.string().optional(),
  /** Of the later run; of the earlier one for those who are gone. */
  unit: idSchema.optional(),
  move: z.enum(moves).optional(),
  search: z.string().trim().max(100).optional(),
  /** place, total: largest change first, either way; name: by name. */
  sort: z.enum(['place', 'total', 'name']).default('place'),
})

export const listMovers = defineRoute({
  method: 'GET',
  path: '/runs/:id/compare/:other/teachers',
  summary: 'Teachers with both results, the largest moves first, and the clauses that moved them',
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  params: pair,
  query: moversQuery.extend(pageQuery),
  response: pageOf(moverSchema),
})
export const exportMovers = defineRoute({
  method: 'GET',
  path: '/runs/:id/compare/:other/teachers/export',
  summary: 'All teachers the filters let through as CSV or XLSX',
  tag,
  action: 'result.read',
  about: { what: 'export', everybody: true },
  params: pair,
  query: moversQuery.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})
export const getMover = defineRoute({
  method: 'GET',
  path: '/runs/:id/compare/:other/teachers/:teacherId',
  summary:
    "Why one teacher moved: every line that changed, with its fact and clause; the changes add up to the total's",
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'params.teacherId' },
  params: pair.extend({ teacherId: idSchema }),
  response: z.object({
    mover: moverSchema,
    /** Exact. */
    totalBefore: decimalSchema.nullable(),
    totalAfter: decimalSchema.nullable(),
    /** Sum of the changes of all lines; equals totalChange wherever both runs have a total. */
    linesChange: decimalSchema,
    lines: z.array(changedLineSchema),
    /** Lines that change nothing: alike in both runs, or of 0 points in one. */
    unchangedLines: z.int(),
    /** What else was frozen differently about the teacher: position, degree, field, unitId, rate, serviceFrom, leaveDays, employedDays. */
    personChanges: z.array(factChangeSchema),
    /** null unless ranked in one league in both runs. */
    overtaking: overtakingSchema.nullable(),
  }),
})
export type MoverDetail = z.infer<typeof getMover.response>

/** What people are grouped by, as the later snapshot holds them. age: at the period's end; partTime: a rate below 1. */
export const changeDimensions = ['faculty', 'department', 'position', 'age', 'sex', 'partTime'] as const
/** What may change for a teacher: points of the total, places (up is a better one), money. */
export const changeMeasures = ['total', 'place', 'money'] as const

/** Of the people for whom the measure is known in both runs. */
const changeSchema = z.object({
  count: z.int(),
  up: z.int(),
  down: z.int(),
  same: z.int(),
  mean: decimalSchema,
  median: decimalSchema,
})
export type Change = z.infer<typeof changeSchema>
const groupChangeSchema = changeSchema.extend({
  /** Code of the position, the age, the sex, ...; of faculties and departments their id; null: unknown. */
  group: z.string().nullable(),
  /** Of a department the id of its faculty; null: it has none, or this is no department. */
  parent: z.string().nullable(),
})
export type GroupChange = z.infer<typeof groupChangeSchema>
const measuresOf = <T extends z.ZodType>(one: T) => z.object({ total: one, place: one, money: one })

export const compareGroups = defineRoute({
  method: 'GET',
  path: '/runs/:id/compare/:other/groups',
  summary:
    'Who gains and who loses between two runs, by faculty, department, position, age, sex and part time',
  tag,
  action: 'fairness.read',
  params: pair,
  response: z.object({
    /** Groups of fewer people are hidden, and as many more as it takes that they cannot be worked out from the rest. */
    smallestGroup: z.int(),
    /** null: fewer people than that, or a measure that the runs do not have. */
    overall: measuresOf(changeSchema.nullable()),
    dimensions: z.array(
      z.object({
        dimension: z.enum(changeDimensions),
        measures: measuresOf(
          z.object({
            groups: z.array(groupChangeSchema),
            /** Hidden groups and the people in them together. */
            hidden: z.object({ groups: z.int(), people: z.int() }),
          }),
        ),
      }),
    ),
    /** null unless both regulations say what a result is worth, in the same currency. */
    money: z
      .object({
        currency: z.string(),
        before: z.object({ sum: decimalSchema, people: z.int() }),
        after: z.object({ sum: decimalSchema, people: z.int() }),
        /** Later sum less earlier sum, of those to whom an amount is due. */
        change: decimalSchema,
      })
      .nullable(),
  }),
})
export type GroupComparison = z.infer<typeof compareGroups.response>
