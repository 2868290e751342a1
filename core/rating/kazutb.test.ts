import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseRegulation } from '../regulation/parse-document.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { enterExample, rateExample } from './example-university.ts'
import type { ExampleResult, ExampleTeacher } from './example-university.ts'

const shipped = async (name: string): Promise<string> =>
  await readFile(new URL(`../../regulations/${name}`, import.meta.url), 'utf8')

const decimal = z.union([z.number(), z.string()]).transform(String)
const factSchema = z.object({
  indicator: z.string(),
  data: z.record(z.string(), z.unknown()),
  enriched: z.record(z.string(), z.unknown()).default({}),
  participants: z.number().default(1),
  role: z.string().nullable().default(null),
  share: decimal.nullable().default(null),
})
const lineSchema = z.object({ kind: z.string(), clause: z.string().optional(), amount: decimal })
const casesSchema = z.object({
  cases: z.array(
    z.object({
      criterion: z.string(),
      name: z.string(),
      facts: z.array(factSchema),
      points: decimal,
      lines: z.array(lineSchema).optional(),
    }),
  ),
  teachers: z.array(
    z.object({
      name: z.string(),
      position: z.string().nullable(),
      rate: decimal,
      serviceYears: z.number(),
      facts: z.array(factSchema),
      status: z.enum(['ranked', 'excluded', 'blocked']),
      reasons: z.array(z.object({ code: z.string(), clause: z.string().nullable().optional() })),
      areas: z.record(z.string(), decimal).optional(),
      total: decimal.nullable(),
      shown: z.string().nullable().optional(),
      band: z.string().nullable().optional(),
      league: z.string().nullable().optional(),
      lines: z.array(lineSchema).optional(),
    }),
  ),
})

const { cases, teachers } = casesSchema.parse(parse(await shipped('kazutb-teacher.cases.yaml')))
const document = parseRegulation(await shipped('kazutb-teacher.yaml'))

let database: TestDatabase
let rated: ExampleResult

beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, [
    ...cases.map(({ facts }, index) =>
      asTeacher(`case-${index}`, { position: 'lecturer', rate: '1', serviceYears: 5 }, facts),
    ),
    ...teachers.map((teacher, index) => asTeacher(`teacher-${index}`, teacher, teacher.facts)),
  ])
  rated = await rateExample(database, document)
})
afterAll(async () => {
  await database.drop()
})

function asTeacher(
  code: string,
  post: { position: string | null; rate: string; serviceYears: number },
  facts: readonly z.output<typeof factSchema>[],
): ExampleTeacher {
  return {
    code,
    position: post.position,
    rate: post.rate,
    startsOn: post.serviceYears === 0 ? '2026-01-15' : `${2026 - post.serviceYears}-09-01`,
    // A day each, so that lines come in the order in which the example lists its facts.
    facts: facts.map(({ data, enriched, ...fact }, index) => ({
      ...fact,
      attributes: { ...data, ...enriched },
      happenedOn: `2026-01-${15 + index}`,
    })),
  }
}

/** A sum of exact decimals, by PostgreSQL's numeric. */
async function sumOf(amounts: readonly string[]): Promise<string> {
  const { rows } = await sql<{ sum: string }>`
    select coalesce(trim_scale(sum(a)), 0)::text as sum from unnest(${amounts}::numeric[]) a`.execute(
    database.db,
  )
  return rows[0]!.sum
}
const plain = (amount: string) => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount)

describe('KazUTB table 1', () => {
  it('has a worked example for every row', () => {
    const worked = new Set(cases.map(({ criterion }) => criterion))
    expect(document.criteria.map(({ id }) => id).filter((id) => !worked.has(id))).toEqual([])
  })

  describe.each(cases.map((example, index) => ({ ...example, index })))('$criterion: $name', (example) => {
    it(`gives ${example.points} points`, async () => {
      const lines = linesOf(rated, example.index, example.criterion)
      expect(await sumOf(lines.map(({ amount }) => amount))).toBe(plain(example.points))
      if (example.lines) {
        expect(lines.map(({ kind, amount }) => [kind, plain(amount)])).toEqual(
          example.lines.map(({ kind, amount }) => [kind, plain(amount)]),
        )
      }
    })
  })

  describe.each(teachers.map((example, index) => ({ ...example, index })))('teacher: $name', (example) => {
    it(`is ${example.status} with ${example.total ?? 'no total'}`, async () => {
      const result = rated.results.get(`teacher-${example.index}`)!
      expect(result.status).toBe(example.status)
      expect(result.total === null ? null : plain(result.total)).toBe(
        example.total === null ? null : plain(example.total),
      )
      expect(result.reasons.map(({ code, clause }) => [code, clause])).toEqual(
        example.reasons.map(({ code, clause }) => [code, clause ?? null]),
      )
      expect(result.place === null).toBe(example.status !== 'ranked')
      if (example.shown !== undefined) expect(result.total_rounded).toBe(example.shown)
      if (example.band !== undefined) expect(result.band).toBe(example.band)
      if (example.league !== undefined) expect(result.league).toBe(example.league)
      if (example.lines) {
        expect(result.lines.map(({ kind, clause, amount }) => [kind, clause, plain(amount)])).toEqual(
          example.lines.map(({ kind, clause, amount }) => [kind, clause, plain(amount)]),
        )
      }
      if (result.total !== null) {
        expect(await sumOf(result.lines.map(({ amount }) => amount))).toBe(plain(result.total))
      }
    })
  })
})

function linesOf(result: ExampleResult, index: number, criterion: string) {
  return result.results.get(`case-${index}`)!.lines.filter(({ clause }) => clause === criterion)
}
