import type { Comparison, Condition } from '../../contract/regulation/rule.ts'
import { compare, exact, show } from './exact.ts'
import type { Exact } from './exact.ts'
import { workOut } from './formula.ts'
import type { Read, Value } from './formula.ts'
import { nextDay, wholeYears } from './people.ts'
import type { Fact, Period, Person } from './people.ts'

/** Values of a teacher by their names. */
export function readTeacher(person: Person, period: Period): Read {
  const values: Record<string, Value> = {
    'teacher.position': person.position,
    'teacher.degree': person.degree,
    'teacher.field': person.field,
    'teacher.citizenship': person.citizenship,
    'teacher.department': person.department,
    'teacher.faculty': person.faculty,
    'teacher.rate': person.rate,
    'teacher.serviceYears': exact(wholeYears(person.serviceFrom, nextDay(period.to))),
    'teacher.employedDays': exact(person.employedDays),
    'teacher.leaveDays': exact(person.leaveDays),
  }
  return (name) => values[name] ?? null
}

/** Values of a fact of `owner` that counts for `teacher`. */
export function readFact(fact: Fact, owner: Person, teacher: Read, period: Period): Read {
  const number = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : exact(value)
  const counted = fact.quantity !== undefined
  const own: Record<string, Value> = {
    quantity: exact(fact.quantity ?? 1),
    participants: exact(fact.participants ?? 1),
    affiliated: exact(counted ? 1 : (fact.affiliatedCount ?? 1)),
    ordinal: counted ? null : number(fact.ordinal),
    share: number(fact.share),
    age: exact(wholeYears(fact.day, period.to)),
    expertPoints: number(fact.expertPoints),
    role: fact.role ?? null,
    person: owner.code,
  }
  return (name) => {
    if (name.startsWith('teacher.')) return teacher(name)
    if (Object.hasOwn(own, name)) return own[name]!
    const value = fact.attributes[name]
    if (typeof value === 'number') return exact(value)
    return typeof value === 'string' || typeof value === 'boolean' ? value : null
  }
}

/** null: unknown, or of another kind. */
export function numberIn(read: Read, name: string): Exact | null {
  const value = read(name)
  return typeof value === 'object' ? value : null
}

export function textIn(read: Read, name: string): string | null {
  const value = read(name)
  return value === null ? null : typeof value === 'object' ? show(value) : String(value)
}

type Truth = boolean | null

export function holds(condition: Condition, read: Read): Truth {
  if (condition.formula !== undefined) return workOut(condition.formula, read) as Truth
  const alternatives = condition.any ?? [{ ...condition, value: condition.value! }]
  return either(alternatives.map((one) => comparisonHolds(one, read)))
}

export const allHold = (conditions: readonly Condition[], read: Read): Truth =>
  both(conditions.map((condition) => holds(condition, read)))

function comparisonHolds(test: Comparison, read: Read): Truth {
  const text = textIn(read, test.value)
  const number = numberIn(read, test.value)
  const order = (bound: string) => (number === null ? null : compare(number, exact(bound)))
  const truths: Truth[] = []
  const among = (choices: readonly (string | boolean)[]) =>
    text === null ? null : choices.map(String).includes(text)
  const ordered = (bound: string | undefined, accept: (order: number) => boolean) => {
    if (bound === undefined) return
    const found = order(bound)
    truths.push(found === null ? null : accept(found))
  }
  if (test.is) truths.push(among(test.is))
  if (test.isNot) truths.push(text === null ? null : !among(test.isNot))
  ordered(test.atLeast, (found) => found >= 0)
  ordered(test.atMost, (found) => found <= 0)
  ordered(test.above, (found) => found > 0)
  ordered(test.below, (found) => found < 0)
  if (test.unknown) truths.push(text === null)
  return both(truths)
}

const both = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true
const either = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(null) ? null : false
