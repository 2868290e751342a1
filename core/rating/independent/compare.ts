import { sql } from 'kysely'
import { z } from 'zod'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { definePointsFunction } from '../../plugin/points-function.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { examplePeriod, rateExample } from '../example-university.ts'
import type { ExampleTeacher } from '../example-university.ts'
import { calculate } from './calculate.ts'
import type { Settle } from './calculate.ts'
import type { Outcome, UnitOutcome } from './outcomes.ts'
import { exact, plus, show, sum, times, toNumber } from './exact.ts'
import { personOf } from './people.ts'
import type { Fact, Person } from './people.ts'
import { weightingOf, weightsOf } from './random-weighting.ts'
import { areaText, lineText, readFound, reasonText } from './read-product.ts'
import type { Found } from './read-product.ts'
import type { Answer } from './rules.ts'
import { numberIn, textIn } from './values.ts'

/** A rule that a plugin computes, and the same worked out apart from it. */
export const bonus = definePointsFunction({
  id: 'bonus',
  params: z.object({ per: z.string() }),
  values: z.object({ n: z.number(), level: z.string().nullish() }),
  points: ({ params, values }) =>
    values.level === 'z' ? null : Number(params.per) * values.n + (values.level === 'x' ? 1 : 0),
})
const answer: Answer = (_, params, read) => {
  const [n, level] = [numberIn(read, 'n'), textIn(read, 'level')]
  if (n === null || level === 'z') return null
  return plus(times(exact(String(params['per'])), n), exact(level === 'x' ? 1 : 0))
}

/** The people of a frozen snapshot as they were entered, with the numbers their facts were given. */
export async function readPeople(
  { db }: TestDatabase,
  snapshotId: number,
  teachers: readonly ExampleTeacher[],
): Promise<Person[]> {
  const { rows } = await sql<{ code: string; key: string; fact_no: number }>`
    select t.code, f.attributes ->> 'key' as key, f.fact_no from core.snapshot_fact f
    join core.snapshot_teacher t on t.snapshot_id = f.snapshot_id and t.teacher_id = f.teacher_id
    where f.snapshot_id = ${snapshotId}`.execute(db)
  const numbers = new Map(rows.map(({ code, key, fact_no: no }) => [`${code}/${key}`, no]))
  return teachers.flatMap((teacher) => {
    const facts = teacher.facts.flatMap((fact): Fact[] => {
      const key = `${teacher.code}/${String(fact.attributes['key'])}`
      const no = numbers.get(key)
      return no === undefined ? [] : [{ ...fact, key, no, day: fact.happenedOn! }]
    })
    return personOf(teacher, examplePeriod, facts) ?? []
  })
}

export interface Compared {
  /** Teachers with a total, and how many lines theirs have. */
  totals: number
  blocked: number
  lines: number
  kinds: Set<string>
  /** Whether floating point had a part in it. */
  hasScales: boolean
  /** What differs, in words; empty: nothing. */
  differences: string[]
}

/** Rates the same people by the product and by hand, and says every difference. */
export async function compareBoth(
  database: TestDatabase,
  document: RegulationDocument,
  { snapshotId, people }: { snapshotId: number; people: readonly Person[] },
): Promise<Compared> {
  const engine = await rateExample(database, document, {
    snapshotId,
    weighting: weightingOf(document),
    findFunction: (id) => (id === 'example.bonus' ? bonus : null),
  })
  const found = await readFound(database, engine.runId, snapshotId, engine.results)
  const differences: string[] = []
  const settle = settleWith(found, differences)
  const world = { document, period: examplePeriod, people, answer }
  const { outcomes, units } = calculate(world, weightsOf(document), settle)
  const byCode = new Map(outcomes.map((one) => [one.code, one]))
  for (const code of new Set([...byCode.keys(), ...found.teachers.keys()])) {
    const [own, theirs] = [byCode.get(code), found.teachers.get(code)]
    if (!own || !theirs) differences.push(`${code}: rated by one only`)
    else differences.push(...differencesOf(own, theirs).map((text) => `${code}: ${text}`))
  }
  differences.push(...differencesOfUnits(units, found.units))
  const known = outcomes.filter(({ total }) => total !== null)
  for (const { code, lines, total } of known) {
    if (show(sum(lines.map(({ amount }) => amount))) !== show(total!))
      differences.push(`${code}: lines by hand do not sum to the total`)
  }
  const lines = known.flatMap((one) => one.lines)
  return {
    totals: known.length,
    blocked: outcomes.length - known.length,
    lines: lines.length,
    kinds: new Set(lines.map(({ kind }) => kind)),
    hasScales: found.hasScales,
    differences,
  }
}

/** Takes the product's figure where it is as good as one's own. */
function settleWith({ values, aggregated }: Found, differences: string[]): Settle {
  return ({ code, area }, own) => {
    const theirs = area === null ? aggregated.get(code) : values.get(`${code} ${area}`)
    if (own === null) return null
    const isNear =
      theirs !== undefined && Math.abs(toNumber(theirs) - own) <= 1e-9 * Math.max(1, Math.abs(own))
    if (isNear) return theirs
    differences.push(
      `${code}: ${area ?? 'aggregate'} is ${theirs ? show(theirs) : 'missing'}, by hand ${own}`,
    )
    return exact(own.toFixed(12))
  }
}

type Teacher = Found['teachers'] extends Map<string, infer T> ? T : never

function differencesOf(own: Outcome, theirs: Teacher): string[] {
  const shown = {
    ...{ status: own.status, league: own.league, total: own.total && show(own.total), place: own.place },
    ...{ band: own.band, money: own.money && show(own.money) },
  }
  const fields = Object.entries(shown).flatMap(([name, value]) =>
    theirs.shown[name] === value ? [] : [`${name} ${String(theirs.shown[name])}, by hand ${String(value)}`],
  )
  const reasons = differ(
    'reason',
    reasonsOf(theirs.reasons),
    reasonsOf(own.reasons.map(({ code, clause }) => reasonText(code, clause))),
  )
  if (own.status === 'blocked') return [...fields, ...reasons]
  return [
    ...fields,
    ...reasons,
    ...(theirs.sums ? [] : ['lines do not sum to the total']),
    ...differ('line', theirs.lines, own.lines.map(lineText)),
    ...differ('area', theirs.areas, own.areas.map(areaText)),
  ]
}

/** What is in one list and not in the other. */
function differ(what: string, theirs: readonly string[], own: readonly string[]): string[] {
  const left = [...theirs]
  const missing = own.filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [
    ...left.map((one) => `${what} only of the product: ${one}`),
    ...missing.map((one) => `${what} only by hand: ${one}`),
  ]
}

function differencesOfUnits(own: readonly UnitOutcome[], theirs: Map<string, string>): string[] {
  const text = ({ scored, fte, total, place }: UnitOutcome) =>
    `${scored} ${show(fte)} ${total && show(total)} ${place}`
  return differ(
    'unit',
    [...theirs].map(([unit, row]) => `${unit} ${row}`),
    own.map((one) => `${one.unit} ${text(one)}`),
  )
}

/** Each once; that a scale or an aggregation has no place for what is unknown says nothing new. */
function reasonsOf(reasons: readonly string[]): string[] {
  const all = [...new Set(reasons)]
  return all.some((reason) => reason !== 'scale') ? all.filter((reason) => reason !== 'scale') : all
}
