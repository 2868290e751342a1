import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import type { Keep } from '../../contract/regulation/rule.ts'
import { compare, exact, isZero, minus, negative, one, quotient, sum, times, zero } from './exact.ts'
import type { Exact } from './exact.ts'
import type { Read } from './formula.ts'
import { rateIn } from './people.ts'
import type { Fact, Period, Person } from './people.ts'
import { afterMinimum, apply, divideWork } from './rules.ts'
import type { Answer } from './rules.ts'
import { allHold, readFact, readTeacher, textIn } from './values.ts'

export interface Line {
  kind: string
  area: string | null
  clause: string
  /** Key of the fact; null: none. */
  fact: string | null
  amount: Exact
}
/** A fact that a criterion counts for a teacher. */
interface Counted {
  criterion: Criterion
  fact: Fact
  owner: Person
  read: Read
  /** null: unknown. */
  points: Exact | null
  dropped: boolean
}
/** What a criterion gives a teacher. */
export interface CriterionSum {
  criterion: Criterion
  facts: number
  points: Exact
  /** Whether anything was counted or dropped. */
  isUnknown: boolean
}
export interface World {
  document: RegulationDocument
  period: Period
  people: readonly Person[]
  answer: Answer
}

/** Steps 1 to 8 of the law for one teacher: lines are added to `lines`. */
export function countFacts(world: World, teacher: Person, lines: Line[]): CriterionSum[] {
  const counted = world.document.criteria.flatMap((criterion) =>
    factsOf(world, teacher, criterion).map(({ fact, owner, read }) => ({
      ...{ criterion, fact, owner, read, dropped: false },
      points: pointsOf(world, criterion, { fact, read }, lines),
    })),
  )
  dropSome(world.document, counted, lines)
  return world.document.criteria.flatMap((criterion) => {
    const own = counted.filter((one) => one.criterion === criterion)
    return own.length === 0 ? [] : [sumUp(world, teacher, { criterion, own }, lines)]
  })
}

/** Step 1. */
function factsOf({ document, period, people }: World, teacher: Person, criterion: Criterion) {
  const days = windowOf(criterion, period)
  const leader = readTeacher(teacher, period)
  const owners = criterion.whose === 'own' ? [teacher] : people.filter((one) => isLedBy(one, teacher))
  const found = owners.flatMap((owner) =>
    owner.facts.flatMap((fact) => {
      const read = readFact(fact, owner, leader, period)
      const isIn = fact.indicator === criterion.indicator && fact.day >= days.from && fact.day <= days.to
      const isExcluded = () =>
        document.exclusions.some(
          ({ indicator, where }) =>
            (indicator ?? fact.indicator) === fact.indicator && allHold(where, read) === true,
        )
      return isIn && allHold(criterion.where, read) === true && !isExcluded() ? [{ fact, owner, read }] : []
    }),
  )
  if (criterion.whose === 'own') return found
  const seen = new Set<string>()
  return found
    .sort((a, b) => order(a.owner.code, b.owner.code) || a.fact.no - b.fact.no)
    .filter(({ fact, owner }) => {
      const evidence = fact.evidence ?? `${owner.code} ${fact.key}`
      return !seen.has(evidence) && seen.add(evidence)
    })
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export function isLedBy(person: Person, leader: Person): boolean {
  return leader.leads.some((unit) => rateIn(person, unit) !== null)
}

function windowOf({ window }: Criterion, period: Period): Period {
  if (window === null) return period
  const { years } = window
  const shift = (day: string, by: number) => `${Number(day.slice(0, 4)) + by}${day.slice(4)}`
  if (window.start === null) return { from: shift(period.from, 1 - years), to: period.to }
  const dayAfter = new Date(Date.parse(period.to) + 86_400_000).toISOString().slice(0, 10)
  const latest = [0, -1]
    .map((by) => `${Number(dayAfter.slice(0, 4)) + by}-${window.start!}`)
    .find((day) => day <= dayAfter)!
  const to = new Date(Date.parse(latest) - 86_400_000).toISOString().slice(0, 10)
  return { from: shift(latest, -years), to }
}

/** Steps 2 to 4. null: unknown. */
function pointsOf(
  { document, answer }: World,
  criterion: Criterion,
  { fact, read }: { fact: Fact; read: Read },
  lines: Line[],
): Exact | null {
  const { id, area, split, capPerFact } = criterion
  const line = (kind: string, clause: string, amount: Exact) =>
    lines.push({ kind, area, clause, fact: fact.key, amount })
  const given = criterion.together ? zero : apply(criterion.points, read, exact(fact.quantity ?? 1), answer)
  if (given === null) return null
  line('points', id, given)
  const step = (kind: string, clause: string, before: Exact, after: Exact | null) => {
    if (after !== null && compare(after, before) !== 0) line(kind, clause, minus(after, before))
    return after
  }
  let points: Exact | null = given
  for (const factor of criterion.factors) {
    const { rule } = document.coefficients.find((one) => one.id === factor)!
    const by = apply(rule, read, null, answer)
    points = step('factor', factor, points, by === null ? null : times(points, by))
    if (points === null) return null
  }
  if (split) points = step('split', id, points, divideWork(split, points, fact, read))
  if (points !== null && split?.minimum)
    points = step('minimum', id, points, afterMinimum(split.minimum, points, fact, read))
  if (points === null || capPerFact === null || compare(points, exact(capPerFact)) <= 0) return points
  return step('fact-cap', id, points, exact(capPerFact))
}

/** Steps 5 and 6. */
function dropSome({ once, criteria }: RegulationDocument, counted: readonly Counted[], lines: Line[]): void {
  const drop = (one: Counted, kind: string, clause: string) => {
    one.dropped = true
    const isTold = one.points !== null && (!isZero(one.points) || one.criterion.together !== null)
    if (isTold)
      lines.push({
        kind,
        area: one.criterion.area,
        clause,
        fact: one.fact.key,
        amount: negative(one.points!),
      })
  }
  for (const list of once) {
    const listed = counted.filter((one) => !one.dropped && list.criteria.includes(one.criterion.id))
    const place = (one: Counted) => list.criteria.indexOf(one.criterion.id)
    for (const same of Map.groupBy(listed, ({ fact }) => fact).values()) {
      const best = same.toSorted(
        (a, b) => (list.prefer === 'points' ? mostFirst(a.points, b.points) : 0) || place(a) - place(b),
      )
      for (const one of best.slice(1)) drop(one, 'once', list.id)
    }
  }
  for (const criterion of criteria) {
    for (const keep of criterion.keep) {
      const left = counted.filter((one) => !one.dropped && one.criterion === criterion)
      for (const container of containersOf(keep, left)) {
        const best = container.toSorted(
          (a, b) => preferred(keep, a, b) || order(a.owner.code, b.owner.code) || a.fact.no - b.fact.no,
        )
        for (const one of best.slice(keep.most)) drop(one, 'keep', keep.id)
      }
    }
  }
}

const mostFirst = (a: Exact | null, b: Exact | null) =>
  a === null || b === null ? Number(a === null) - Number(b === null) : compare(b, a)

function preferred({ prefer }: Keep, a: Counted, b: Counted): number {
  if (prefer === 'points') return mostFirst(a.points, b.points)
  return prefer === 'latest' ? order(b.fact.day, a.fact.day) : order(a.fact.day, b.fact.day)
}

/** Facts whose container is unknown are each a container of their own, which is never too full. */
function containersOf({ per }: Keep, facts: readonly Counted[]): Counted[][] {
  const named = facts.flatMap((one) => {
    const names = per.map((name) => textIn(one.read, name))
    return names.includes(null) ? [] : [{ one, name: JSON.stringify(names) }]
  })
  return [...Map.groupBy(named, ({ name }) => name).values()].map((same) => same.map(({ one }) => one))
}

/** What facts together give, and steps 7 and 8. */
function sumUp(
  world: World,
  teacher: Person,
  { criterion, own }: { criterion: Criterion; own: readonly Counted[] },
  lines: Line[],
): CriterionSum {
  const { id, area, window } = criterion
  const left = own.filter(({ dropped }) => !dropped)
  let isUnknown = own.some(({ points }) => points === null)
  let points = sum(left.flatMap((one) => one.points ?? []))
  const step = (kind: string, after: Exact) => {
    if (compare(after, points) !== 0)
      lines.push({ kind, area, clause: id, fact: null, amount: minus(after, points) })
    points = after
  }
  if (criterion.together && left.length > 0) {
    const given = together(world, teacher, criterion, left)
    if (given === null) isUnknown = true
    else {
      lines.push({ kind: 'together', area, clause: id, fact: null, amount: given })
      points = given
    }
  }
  if (window?.average) step('average', quotient(points, exact(window.years))!)
  if (criterion.cap !== null && compare(points, exact(criterion.cap)) > 0) step('cap', exact(criterion.cap))
  if (criterion.floor !== null && left.length > 0 && compare(points, exact(criterion.floor)) < 0)
    step('floor', exact(criterion.floor))
  return { criterion, facts: left.length, points, isUnknown }
}

/** The rule over one figure of all facts; null: unknown. */
function together(
  { period, answer }: World,
  teacher: Person,
  { points: rule, together: how }: Criterion,
  facts: readonly Counted[],
): Exact | null {
  const name = figureOf(rule)
  const sorted = facts.toSorted(
    (a, b) =>
      (how === 'latest' ? order(b.fact.day, a.fact.day) : 0) ||
      order(a.owner.code, b.owner.code) ||
      a.fact.no - b.fact.no,
  )
  const values = (how === 'latest' ? sorted.slice(0, 1) : sorted).map(({ read }) => {
    const value = read(name)
    return typeof value === 'object' ? value : null
  })
  const known = values.filter((value) => value !== null)
  const ofTeacher = readTeacher(teacher, period)
  const isKnown = known.length === values.length
  const by = (pick: (order: number) => boolean) => known.reduce((a, b) => (pick(compare(b, a)) ? b : a))
  const figures = {
    sum: () => sum(known),
    maximum: () => by((found) => found > 0),
    minimum: () => by((found) => found < 0),
    mean: () => quotient(sum(known), exact(known.length))!,
    latest: () => known[0]!,
  }
  const figure = isKnown ? figures[how!]() : null
  const read: Read = (asked) => (asked === name ? figure : asked === 'quantity' ? one : ofTeacher(asked))
  return apply(rule, read, null, answer)
}

/** The one value of a fact that a rule over all facts reads. */
function figureOf(rule: Criterion['points']): string {
  if (rule.kind === 'per-value' || rule.kind === 'tiers') return rule.of
  if (rule.kind === 'table') return rule.by
  if (rule.kind === 'formula') return /\bn\b/.test(rule.formula) ? 'n' : 'quantity'
  return 'quantity'
}
