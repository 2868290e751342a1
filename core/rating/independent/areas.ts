import type { RegulationDocument } from '../../contract/regulation/document.ts'
import {
  compare,
  exact,
  greatest,
  isZero,
  least,
  minus,
  negative,
  part,
  plus,
  sum,
  times,
  zero,
} from './exact.ts'
import type { Exact } from './exact.ts'
import type { CriterionSum, Line, World } from './facts.ts'
import { daysIn, rateIn } from './people.ts'
import type { Person } from './people.ts'
import { shareCeiling } from './shares.ts'
import { statisticOf } from './statistic.ts'

/** What stands of a teacher after steps 1 to 8. */
export interface Scored {
  person: Person
  criteria: readonly CriterionSum[]
  lines: Line[]
}
export interface AreaSum {
  points: Exact
  facts: number
  /** Whether the staff gives anything; null: nothing does. */
  rolled: Exact | null
  isUnknown: boolean
}
export interface GroupSum {
  points: Exact
  facts: number
}
export interface Areas {
  areas: Map<string, AreaSum>
  groups: Map<string, GroupSum>
  /** Ids of roll-ups whose staff has points nobody can tell. */
  staffUnknown: string[]
}
type Limits = Pick<RegulationDocument['areas'][number], 'cap' | 'floor'>

function limit(points: Exact, { cap, floor }: Limits, isCounted: boolean): Exact {
  const capped = cap === null ? points : least(points, exact(cap))
  return floor === null || !isCounted ? capped : greatest(capped, exact(floor))
}

/** Steps 9 and 10 of one teacher: sums of areas and groups before any roll-up. */
function ownSums(world: World, { person, criteria, lines }: Scored, tell: boolean) {
  const { document } = world
  const add = (line: Line) => tell && !isZero(line.amount) && lines.push(line)
  const areaOf = (ids: readonly string[]) => document.criteria.find(({ id }) => ids.includes(id))!.area
  const groups = new Map<string, GroupSum>()
  const changes = new Map<string, Exact>()
  for (const group of document.groups) {
    const members = criteria.filter(({ criterion }) => group.criteria.includes(criterion.id))
    const inner = document.groups.filter(
      (other) =>
        other !== group && other.criteria.every((id) => group.criteria.includes(id)) && changes.has(other.id),
    )
    const before = sum([...members.map(({ points }) => points), ...inner.map(({ id }) => changes.get(id)!)])
    const facts = members.reduce((all, one) => all + one.facts, 0)
    const after = limit(before, group, facts > 0)
    changes.set(group.id, minus(after, before))
    groups.set(group.id, { points: after, facts })
    const kind = compare(after, before) < 0 ? 'cap' : 'floor'
    add({ kind, area: areaOf(group.criteria), clause: group.id, fact: null, amount: minus(after, before) })
  }
  const stretch = stretchOf(world, person)
  const areas = document.areas.map(({ id }) => {
    const own = criteria.filter(({ criterion }) => criterion.area === id)
    const inArea = document.groups.filter((group) => areaOf(group.criteria) === id)
    const raw = sum([...own.map(({ points }) => points), ...inArea.map((group) => changes.get(group.id)!)])
    const stretched = stretch(id, raw)
    const clause = document.extrapolation?.id ?? ''
    add({ kind: 'extrapolation', area: id, clause, fact: null, amount: minus(stretched, raw) })
    for (const { id: group } of inArea) {
      const points = groups.get(group)!
      groups.set(group, { ...points, points: stretch(id, points.points) })
    }
    return {
      id,
      points: stretched,
      facts: own.reduce((all, one) => all + one.facts, 0),
      isUnknown: own.some((one) => one.isUnknown),
    }
  })
  return { groups, areas }
}

/** Step 10: what the points of an area become. */
function stretchOf({ document: { extrapolation }, period }: World, person: Person) {
  if (!extrapolation) return (_: string, points: Exact) => points
  const present = person.employedDays - person.leaveDays
  const { absence, areas, atLeastDays } = extrapolation
  const due = absence.includes('employment') ? daysIn(period) : person.employedDays
  const given = absence.includes('leave') ? present : person.employedDays
  const acts = present >= atLeastDays && due !== given
  return (area: string, points: Exact) =>
    acts && (areas === null || areas.includes(area)) ? part(times(points, exact(due)), exact(given)) : points
}

/** What everybody has before roll-ups, held to the limits of the areas. */
export function withoutRollUps(world: World, scored: readonly Scored[]): Map<Person, Map<string, Exact>> {
  return new Map(
    scored.map((one) => {
      const { areas } = ownSums(world, one, false)
      return [
        one.person,
        new Map(
          areas.map(({ id, points, facts }) => {
            const area = world.document.areas.find((other) => other.id === id)!
            return [id, limit(points, area, facts > 0)]
          }),
        ),
      ]
    }),
  )
}

/** Steps 9 to 12 of one teacher. */
export function sumAreas(
  world: World,
  scored: Scored,
  others: { all: readonly Scored[]; own: Map<Person, Map<string, Exact>> },
): Areas {
  const { document } = world
  const { groups, areas } = ownSums(world, scored, true)
  const add = (kind: string, area: string, clause: string, amount: Exact) =>
    !isZero(amount) && scored.lines.push({ kind, area, clause, fact: null, amount })
  const rolled = rollUps(world, scored.person, others)
  const whole = areas.map(({ id, points, facts, isUnknown }) => {
    const area = document.areas.find((one) => one.id === id)!
    const given = rolled.filter(({ rule }) => rule.area === id)
    const amounts = given.flatMap(({ amount }) => amount ?? [])
    for (const { rule, amount } of given) if (amount) add('roll-up', id, rule.id, amount)
    const before = plus(points, sum(amounts))
    const after = limit(before, area, facts > 0 || amounts.length > 0)
    add(compare(after, before) < 0 ? 'cap' : 'floor', id, id, minus(after, before))
    return {
      ...{ id, before, after, facts, share: area.shareOfTotal },
      rolled: amounts.length > 0 ? sum(amounts) : null,
      isUnknown: isUnknown || given.some((one) => one.isUnknown),
    }
  })
  const limited = limitedGroups(document, whole, groups)
  const ceiling = shareCeiling(whole, limited)
  const result = new Map<string, AreaSum>()
  for (const one of whole) {
    const cuts = limited
      .filter(({ area }) => area === one.id)
      .map((group) => ({ id: group.id, amount: overShare(group.worth, group.share, ceiling) }))
    for (const { id, amount } of cuts) {
      add('share', one.id, id, negative(amount))
      const group = groups.get(id)!
      groups.set(id, { ...group, points: minus(group.points, amount) })
    }
    const left = minus(one.after, sum(cuts.map(({ amount }) => amount)))
    const points = one.share === null ? left : least(left, times(exact(one.share), ceiling))
    add('share', one.id, one.id, minus(points, left))
    result.set(one.id, { points, facts: one.facts, rolled: one.rolled, isUnknown: one.isUnknown })
  }
  return {
    areas: result,
    groups,
    staffUnknown: rolled.flatMap(({ rule, isUnknown }) => (isUnknown ? [rule.id] : [])),
  }
}

const overShare = (worth: Exact, share: string, ceiling: Exact) =>
  greatest(minus(worth, times(exact(share), ceiling)), zero)

/** Groups with a share of the total. What the cap of their area cuts is taken from outside them first, then from the last of them. */
function limitedGroups(
  document: RegulationDocument,
  areas: readonly { id: string; before: Exact; after: Exact }[],
  groups: ReadonlyMap<string, GroupSum>,
) {
  const areaOf = (ids: readonly string[]) => document.criteria.find(({ id }) => ids.includes(id))!.area
  const limited = document.groups.flatMap(({ id, criteria, shareOfTotal }) =>
    shareOfTotal === null
      ? []
      : [{ id, area: areaOf(criteria), share: shareOfTotal, points: groups.get(id)!.points }],
  )
  return limited.map((group, index) => {
    const area = areas.find(({ id }) => id === group.area)!
    const isCut = compare(area.after, area.before) < 0
    const earlier = limited.slice(0, index).filter((other) => other.area === group.area)
    const left = minus(area.after, sum(earlier.map(({ points }) => greatest(points, zero))))
    return { ...group, worth: isCut ? greatest(least(group.points, left), zero) : group.points }
  })
}

const kinds = { department: ['d', 'd2', 'e'], faculty: ['faculty', 'other'] }

/** Step 11: what a leader gets by each rule; amount null: there is no staff. */
function rollUps(
  { document }: World,
  leader: Person,
  { all, own }: { all: readonly Scored[]; own: Map<Person, Map<string, Exact>> },
) {
  return document.rollUps.map((rule) => {
    const units = leader.leads.filter((unit) =>
      (rule.leaders === 'any' ? [...kinds.department, ...kinds.faculty] : kinds[rule.leaders]).includes(unit),
    )
    let isUnknown = false
    const amounts = units.flatMap((unit) => {
      const staff = all.flatMap((one) => {
        const rate = rateIn(one.person, unit)
        if (rate === null || (one.person === leader && !rule.withLeader)) return []
        const counted = one.criteria.filter(({ criterion }) => rule.from.includes(criterion.area))
        if (counted.some((criterion) => criterion.isUnknown)) isUnknown = true
        const value = sum(rule.from.map((area) => own.get(one.person)!.get(area)!))
        return [{ value, rate, whole: one.person.rate }]
      })
      return staff.length === 0 ? [] : [statisticOf(rule.statistic, staff)]
    })
    const amount = amounts.length === 0 ? null : times(sum(amounts), exact(rule.weight))
    return { rule, amount, isUnknown }
  })
}
