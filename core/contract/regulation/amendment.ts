import { z } from 'zod'
import { daySchema, decimalSchema } from '../paging.ts'
import { localizedTextSchema } from '../text.ts'
import {
  anyClause,
  areaId,
  bandId,
  clauseId,
  criterionId,
  degreeCode,
  indicatorId,
  leagueId,
  positionCode,
  roleName,
} from './naming.ts'
import { ruleSchema } from './rule.ts'

/**
 * A change of the rules that came later: a court annuls a clause, an order corrects one. It holds for periods that end within
 * its valid time, and only for who knows of it: a run as known on a day leaves out what became known after that day.
 */
export const amendmentSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    /** The decision: court, number, date. */
    source: z.string().min(1),
    /** First day on which the change was known. */
    knownFrom: daySchema,
    /** First and last day of valid time, both inclusive; null: no end on that side. */
    validFrom: daySchema.nullable().default(null),
    validTo: daySchema.nullable().default(null),
    /** Ids of criteria, conditions, groups, `once` lists, exclusions, requirements, eligibility rules, norms and roll-ups that no longer hold. */
    annul: z.array(anyClause).default([]),
    /** New points (whole rules) for criteria. */
    points: z.record(criterionId, ruleSchema).default({}),
  })
  .meta({ part: 'amendment' })
export type Amendment = z.infer<typeof amendmentSchema>

/** A day around which whole years can be counted, back and forth. */
export const periodDay = daySchema.refine((day) => day >= '1900' && day < '3000', {
  params: { code: 'form.date' },
})
/** More days than any rated period has. */
const days = z.int().max(36_600)
/** As many people as the database counts. */
const people = z.int().min(1).max(32_767)

const exampleFact = z
  .strictObject({
    indicator: indicatorId,
    /** What a person enters. */
    data: z.record(z.string(), z.unknown()).meta({ of: 'indicator' }).default({}),
    /** What the plugin adds from its tables. */
    enriched: z.record(z.string(), z.unknown()).meta({ of: 'indicator' }).default({}),
    /** null: a day of the period. */
    happenedOn: daySchema.nullable().default(null),
    quantity: decimalSchema
      .refine((quantity) => !quantity.startsWith('-'), { params: { code: 'regulation.negative' } })
      .default('1'),
    participants: people.default(1),
    /** null: all participants. */
    affiliated: people.nullable().default(null),
    ordinal: people.nullable().default(null),
    role: roleName.nullable().default(null),
    /** How many of the participants have each role, as far as it is known; null: it is not, but for one who works alone. */
    roleCounts: z.record(roleName, people).nullable().default(null),
    share: decimalSchema.nullable().default(null),
    expertPoints: decimalSchema.nullable().default(null),
    /** Facts of several people with the same name are one evidence. */
    evidence: z.string().nullable().default(null),
  })
  .meta({ part: 'example-fact' })
export type ExampleFactInput = z.infer<typeof exampleFact>

/** What must come out; what is left out is not compared. */
const expectation = z
  .strictObject({
    status: z.enum(['ranked', 'excluded', 'blocked']).optional(),
    /** Codes of reasons, with their clause where it is named. */
    reasons: z
      .array(
        z
          .strictObject({ code: z.string(), clause: anyClause.nullable().default(null) })
          .meta({ part: 'expected-reason' }),
      )
      .optional(),
    /** Exact; null: none. */
    total: decimalSchema.nullable().optional(),
    /** As rounded for showing. */
    shown: z.string().nullable().optional(),
    /** Area id -> exact points, after caps and before weighting. */
    areas: z.record(areaId, decimalSchema).optional(),
    /** Criterion id -> exact sum of its lines. */
    criteria: z.record(criterionId, decimalSchema).optional(),
    place: z.int().nullable().optional(),
    band: bandId.nullable().optional(),
    league: leagueId.nullable().optional(),
    /** Exact amount as paid; null: none is due. */
    money: decimalSchema.nullable().optional(),
    /** All signed lines in their order. */
    lines: z
      .array(
        z
          .strictObject({ kind: z.string(), clause: z.string().optional(), amount: decimalSchema })
          .meta({ part: 'expected-line' }),
      )
      .optional(),
  })
  .meta({ part: 'expectation' })
export type Expectation = z.infer<typeof expectation>

const examplePerson = z
  .strictObject({
    /** Short name within the example. */
    name: z.string().min(1).default('A'),
    position: positionCode.nullable().default(null),
    degree: degreeCode.nullable().default(null),
    field: z.string().nullable().default(null),
    citizenship: z.string().nullable().default(null),
    rate: decimalSchema.default('1'),
    /** Full years of service before the period's end. */
    serviceYears: z.int().min(0).max(100).default(10),
    /** Days of the period employed (null: all of them) and on leave. */
    employedDays: days.min(1).nullable().default(null),
    leaveDays: days.min(0).default(0),
    /** Posts one after the other within the period, where it is not one post all the time; days of the period, from the first. */
    posts: z
      .array(
        z
          .strictObject({ position: positionCode, rate: decimalSchema.default('1'), days: days.min(1) })
          .meta({ part: 'example-post' }),
      )
      .default([]),
    /** Code of the department, and of its faculty. */
    department: z.string().min(1).default('D'),
    faculty: z.string().min(1).default('F'),
    /** Code of the department or faculty this person leads; null: none. */
    leads: z.string().nullable().default(null),
    facts: z.array(exampleFact).default([]),
    expect: expectation.default({}),
  })
  .meta({ part: 'example-person' })
export type ExamplePerson = z.infer<typeof examplePerson>

/** People rated together and by themselves, with what must come out. */
export const exampleSchema = z
  .strictObject({
    name: z.string().min(1),
    /** First and last day; null: the year that begins on periodStart of validFrom's year (or of 2025). */
    period: z
      .strictObject({ from: periodDay, to: periodDay })
      .meta({ part: 'period' })
      .nullable()
      .default(null),
    /** Which amendments are known; null: all. */
    knownAt: daySchema.nullable().default(null),
    people: z.array(examplePerson).min(1),
  })
  .meta({ part: 'example' })
export type RegulationExample = z.infer<typeof exampleSchema>
