import type {
  ExampleFactInput,
  ExamplePerson,
  RegulationExample,
} from '../../contract/regulation/amendment.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Period } from '../../plugin/period.ts'

/** The period an example is about; by default the year that begins on the document's day in its first year of validity. */
export function periodOf(example: RegulationExample, document: RegulationDocument): Period {
  if (example.period) return example.period
  const year = Number(document.validFrom?.slice(0, 4) ?? '2025')
  const from = `${year}-${document.periodStart}`
  return { from, to: addDays(`${year + 1}-${document.periodStart}`, -1) }
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export function daysOf({ from, to }: Period): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
}

/** First day of service so that exactly so many full years have passed at the period's end. */
export function serviceFrom({ serviceYears }: ExamplePerson, period: Period): string {
  if (serviceYears === 0) return addDays(period.from, 1)
  const after = addDays(period.to, 1)
  return `${Number(after.slice(0, 4)) - serviceYears}${after.slice(4)}`
}

export interface ExamplePost {
  position: string | null
  rate: string
  firstDay: string
  lastDay: string
}

/** Posts one after the other from the period's first day; without any, one post up to its last day. */
export function postsOf(person: ExamplePerson, period: Period): ExamplePost[] {
  if (person.posts.length === 0) {
    const days = person.employedDays ?? daysOf(period)
    const firstDay = addDays(period.to, 1 - days)
    return [{ position: person.position, rate: person.rate, firstDay, lastDay: period.to }]
  }
  let next = period.from
  return person.posts.map(({ position, rate, days }) => {
    const post = { position, rate, firstDay: next, lastDay: addDays(next, days - 1) }
    next = addDays(next, days)
    return post
  })
}

/** A fact as the snapshot keeps it; without a day it happened in the middle of the period. */
export function factOf(fact: ExampleFactInput, period: Period) {
  return {
    indicator: fact.indicator,
    happened_on: fact.happenedOn ?? addDays(period.from, Math.floor(daysOf(period) / 2)),
    quantity: fact.quantity,
    role: fact.role,
    participants: fact.participants,
    share: fact.share,
    attributes: { ...fact.data, ...fact.enriched },
    ordinal: fact.ordinal,
    affiliated: fact.affiliated ?? fact.participants,
    role_counts:
      fact.roleCounts ?? (fact.participants === 1 && fact.role !== null ? { [fact.role]: 1 } : null),
    expert_points: fact.expertPoints,
  }
}
