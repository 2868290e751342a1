import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Areas } from './areas.ts'
import { compare, exact, greatest, isZero, least, minus, part, plus, quotient, sum, times } from './exact.ts'
import type { Exact } from './exact.ts'
import type { CriterionSum, World } from './facts.ts'
import { daysIn, nextDay } from './people.ts'
import type { Person } from './people.ts'
import { allHold, numberIn, readFact, readTeacher } from './values.ts'

type Norm = RegulationDocument['norms'][number]

/** Why a teacher is blocked or excluded. */
export interface Reason {
  severity: 'blocked' | 'excluded'
  code: string
  clause: string | null
}
type Tell = (severity: Reason['severity'], code: string, clause?: string | null) => void

/** The league; null: none takes the teacher. */
export function leagueOf({ document, period }: World, person: Person): string | null {
  const read = readTeacher(person, period)
  const league = document.leagues.find(
    ({ positions, where }) =>
      (positions.length === 0 || positions.includes(person.position ?? '?')) && allHold(where, read) === true,
  )
  return league?.id ?? null
}

/** Step 14: the norm of a teacher; null: it is missing or unknown, and is told. */
export function normOf({ document, period }: World, norm: Norm, person: Person, tell: Tell): Exact | null {
  const read = readTeacher(person, period)
  const ofPosition = (position: string | null) => {
    const otherwise = norm.points === null ? null : exact(norm.points)
    if (Object.keys(norm.byPosition).length === 0) return otherwise
    if (position === null) return null
    return Object.hasOwn(norm.byPosition, position) ? exact(norm.byPosition[position]!) : otherwise
  }
  const held = norm.position === 'by-days' ? person.posts.map(({ position }) => position) : [person.position]
  const lacks = held.some((position) => position !== null && ofPosition(position) === null)
  const whole = () => {
    for (const { where, points } of norm.exceptions) {
      const applies = allHold(where, read)
      if (applies !== false) return applies ? exact(points) : null
    }
    return norm.position === 'by-days' ? byDays() : ofPosition(person.position)
  }
  const byDays = () => {
    const norms = person.posts.map(({ position, first, last }) => ({
      norm: ofPosition(position),
      days: exact(daysIn({ from: first, to: last })),
    }))
    if (norms.some(({ norm: one }) => one === null)) return null
    return part(
      sum(norms.map(({ norm: one, days }) => times(one!, days))),
      sum(norms.map(({ days }) => days)),
    )
  }
  const value = whole()
  if (value === null) {
    if (lacks) tell('blocked', 'norm-missing', norm.id)
    else if (person.position !== null || !asksForPosition(document)) tell('blocked', 'norm-unknown', norm.id)
    return null
  }
  return prorated(norm, value, person, daysIn(period))
}

function prorated({ prorate }: Norm, value: Exact, person: Person, days: number): Exact {
  const byRate = prorate.includes('rate') ? times(value, person.rate) : value
  const { employedDays, leaveDays } = person
  const present = exact(Math.max(employedDays - leaveDays, 0))
  if (prorate.includes('leave'))
    return part(times(byRate, present), exact(prorate.includes('employment') ? days : employedDays))
  return prorate.includes('employment') ? part(times(byRate, exact(employedDays)), exact(days)) : byRate
}

/** Norms and limits of the total; null: there is no total. */
export function totalOf(
  world: World,
  person: Person,
  before: Exact | null,
  { tell, line }: { tell: Tell; line: (kind: string, clause: string, amount: Exact) => void },
): Exact | null {
  let total = before
  for (const norm of world.document.norms) {
    const value = normOf(world, norm, person, tell)
    if (value !== null && norm.mode === 'ratio' && isZero(value)) tell('blocked', 'norm-zero', norm.id)
    const after =
      value === null || total === null
        ? null
        : norm.mode === 'subtract'
          ? minus(total, value)
          : quotient(times(exact(100), total), value)
    if (after !== null) line('norm', norm.id, minus(after, total!))
    total = after
  }
  if (total === null) return null
  const { cap, floor } = world.document.total
  const capped = cap === null ? total : least(total, exact(cap))
  const limited = floor === null ? capped : greatest(capped, exact(floor))
  line(compare(limited, total) < 0 ? 'cap' : 'floor', 'total', minus(limited, total))
  return limited
}

/** Whether norms or leagues say anything of single positions. */
function asksForPosition({ norms, leagues }: RegulationDocument): boolean {
  return (
    norms.some(({ byPosition }) => Object.keys(byPosition).length > 0) ||
    leagues.some(({ positions }) => positions.length > 0)
  )
}

/** Reasons that come of positions, facts, areas and eligibility. */
export function judge(
  world: World,
  person: Person,
  found: { criteria: readonly CriterionSum[]; areas: Areas; league: string | null },
  tell: Tell,
): void {
  const { document } = world
  const asks = asksForPosition(document)
  if (asks && person.position === null) tell('blocked', 'position-unknown')
  if (found.league === null && (person.position !== null || !asks))
    tell(
      'excluded',
      document.leagues.some(({ where }) => where.length > 0) ? 'league-none' : 'league-missing',
    )
  for (const { criterion, isUnknown } of found.criteria) if (isUnknown) tell('blocked', 'facts', criterion.id)
  for (const area of document.areas) {
    const { facts, rolled } = found.areas.areas.get(area.id)!
    if (area.whenEmpty === 'block' && facts === 0 && rolled === null) tell('blocked', 'area-empty', area.id)
  }
  for (const rule of found.areas.staffUnknown) tell('blocked', 'staff-unknown', rule)
  const present = person.employedDays - person.leaveDays
  const { extrapolation } = document
  if (extrapolation?.whenFewer === 'exclude' && present < extrapolation.atLeastDays)
    tell('excluded', 'days-too-few', extrapolation.id)
  for (const rule of document.eligibility) checkEligibility(world, person, rule, tell)
}

function checkEligibility(
  { period }: World,
  person: Person,
  rule: RegulationDocument['eligibility'][number],
  tell: Tell,
): void {
  const below = (value: Exact, bound: string) => compare(value, exact(bound)) < 0
  switch (rule.kind) {
    case 'rate':
      if (below(person.rate, rule.atLeast)) tell('excluded', 'rate-too-low', rule.id)
      return
    case 'service-years': {
      const [year, month, day] = person.serviceFrom.split('-').map(Number) as [number, number, number]
      const months = year * 12 + month - 1 + Math.round(Number(rule.atLeast) * 12)
      const lastOfMonth = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate()
      const reached = new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(day, lastOfMonth)))
      const isReached = reached.toISOString().slice(0, 10) <= nextDay(period.to)
      if (!isReached) tell('excluded', 'service-too-short', rule.id)
      return
    }
    case 'days-present':
      if (below(exact(person.employedDays - person.leaveDays), rule.atLeast))
        tell('excluded', 'days-too-few', rule.id)
      return
    case 'teacher': {
      const truth = allHold(rule.where, readTeacher(person, period))
      if (truth === false) tell('excluded', 'teacher-not-eligible', rule.id)
      if (truth === null && rule.whenUnknown !== 'include')
        tell(rule.whenUnknown === 'block' ? 'blocked' : 'excluded', 'teacher-unknown', rule.id)
      return
    }
    case 'fact': {
      const teacher = readTeacher(person, period)
      const values = person.facts
        .filter(({ indicator, day }) => indicator === rule.indicator && day >= period.from)
        .flatMap((fact) => numberIn(readFact(fact, person, teacher, period), rule.value) ?? [])
      if (values.length > 0) {
        if (below(values.reduce(greatest), rule.atLeast)) tell('excluded', 'value-too-low', rule.id)
      } else if (rule.whenUnknown !== 'include')
        tell(rule.whenUnknown === 'block' ? 'blocked' : 'excluded', 'eligibility-unknown', rule.id)
    }
  }
}

/** Step 15: ids of requirements that are not met; those of which it cannot be told block. */
export function unmetRequirements(
  world: World,
  person: Person,
  found: { criteria: readonly CriterionSum[]; areas: Areas; total: Exact },
  tell: Tell,
): string[] {
  const read = readTeacher(person, world.period)
  return world.document.requirements.flatMap((rule) => {
    const concerns = allHold(rule.where, read)
    if (concerns === false) return []
    const checks = rule.checks.map((check) => {
      const rows = Object.keys(check.byPosition).length > 0
      if (rows && person.position === null) return null
      const needed = exact((rows ? check.byPosition[person.position!] : undefined) ?? check.atLeast)
      return minus(measured(found, check.of, check.measure), needed)
    })
    const surpluses = checks.filter((check) => check !== null)
    if (concerns === null || surpluses.length < checks.length) {
      tell('blocked', 'requirement-unknown', rule.id)
      return []
    }
    if (countMet(surpluses, rule.compensation) >= (rule.needed ?? rule.checks.length)) return []
    if (rule.effect.kind === 'exclude') tell('excluded', 'requirement-unmet', rule.id)
    return [rule.id]
  })
}

/** How many checks are met, of what is left over (below 0: lacks) of each; what one has too much makes up for the smallest lacks. */
function countMet(left: readonly Exact[], compensation: string | null): number {
  const isLack = (one: Exact) => one.units < 0n
  const met = left.filter((one) => !isLack(one))
  if (compensation === null) return met.length
  let rest = times(exact(compensation), sum(met))
  const covered = left
    .filter(isLack)
    .sort((a, b) => compare(b, a))
    .filter((lack) => {
      rest = plus(rest, lack)
      return rest.units >= 0n
    })
  return met.length + covered.length
}

function measured(
  { criteria, areas, total }: { criteria: readonly CriterionSum[]; areas: Areas; total: Exact },
  of: readonly string[],
  measure: 'points' | 'facts',
): Exact {
  const all = [...areas.areas.values()]
  if (of.length === 0)
    return measure === 'points' ? total : exact(all.reduce((count, { facts }) => count + facts, 0))
  return sum(
    of.flatMap((id) => {
      const found =
        areas.areas.get(id) ?? areas.groups.get(id) ?? criteria.find(({ criterion }) => criterion.id === id)
      return found ? [measure === 'points' ? found.points : exact(found.facts)] : []
    }),
  )
}
