import type { Fault } from '../../contract/problem.ts'
import type { ExamplePerson, RegulationExample } from '../../contract/regulation/amendment.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { daysOf, periodOf } from '../../rating/examples/example-facts.ts'
import { faultAt } from './fault.ts'
import { isDay } from './limits.ts'
import type { Supply } from './supply.ts'

type Path = readonly (string | number)[]
interface Place {
  path: Path
  /** Name of the example. */
  clause: string
}

/** People of worked examples are such as there could be: their days lie in the period, their posts and units exist. */
export function checkExamplePeople(document: RegulationDocument, { positions }: Supply): Fault[] {
  return document.examples.flatMap((example, number) => {
    const place = { path: ['examples', number], clause: example.name }
    // An unknown first day is said once, where it stands.
    if (example.period === null && !isDay(document.periodStart)) return []
    const period = periodOf(example, document)
    if (period.to < period.from)
      return [faultAt([...place.path, 'period'], 'example-period', { clause: place.clause })]
    return example.people.flatMap((person, index) => {
      const within = { ...place, path: [...place.path, 'people', index] }
      return [
        ...checkPositions(person, within, positions),
        ...checkDays(person, within, daysOf(period)),
        ...checkUnits(person, within, example),
        ...checkFacts(person, within),
      ]
    })
  })
}

function checkPositions(person: ExamplePerson, { path, clause }: Place, known: ReadonlySet<string>): Fault[] {
  const named = [
    { at: ['position'], position: person.position },
    ...person.posts.map(({ position }, index) => ({ at: ['posts', index, 'position'], position })),
  ]
  return named.flatMap(({ at, position }) =>
    position === null || known.has(position)
      ? []
      : [faultAt([...path, ...at], 'position-unknown', { clause, position })],
  )
}

/** Days employed within the period, days on leave within those; a rate above 0. */
function checkDays(person: ExamplePerson, place: Place, days: number): Fault[] {
  const ofPosts = person.posts.reduce((sum, post) => sum + post.days, 0)
  const employed = ofPosts || (person.employedDays ?? days)
  const field = ofPosts > 0 ? 'posts' : 'employedDays'
  const rates = [person.rate, ...person.posts.map(({ rate }) => rate)]
  return [
    ...between({ name: field, value: employed, least: 1, most: days }, place, person),
    ...between({ name: 'leaveDays', value: person.leaveDays, least: 0, most: employed }, place, person),
    ...rates.flatMap((rate, index) => {
      const at = index === 0 ? place.path : [...place.path, 'posts', index - 1]
      const value = Number(rate) > 0 ? Number(rate) : -1
      return between({ name: 'rate', value, least: 0.001, most: 2 }, { ...place, path: at }, person)
    }),
  ]
}

/** A department stands in one faculty and is none itself; who leads, leads a unit of the example. */
function checkUnits(
  { name: person, ...of }: ExamplePerson,
  { path, clause }: Place,
  { people }: RegulationExample,
): Fault[] {
  const isTwice = people.some(
    ({ department, faculty }) =>
      faculty === of.department || (department === of.department && faculty !== of.faculty),
  )
  const isKnown =
    of.leads === null || people.some(({ department, faculty }) => [department, faculty].includes(of.leads!))
  return [
    ...(isTwice
      ? [faultAt([...path, 'department'], 'example-unit-twice', { clause, person, unit: of.department })]
      : []),
    ...(isKnown
      ? []
      : [faultAt([...path, 'leads'], 'example-unit-unknown', { clause, person, unit: of.leads })]),
  ]
}

/** Of the participants some are affiliated; a share is above 0 and at most the whole. */
function checkFacts(person: ExamplePerson, { path, clause }: Place): Fault[] {
  return person.facts.flatMap(({ affiliated, participants, share }, index) => {
    const place = { path: [...path, 'facts', index], clause }
    return [
      ...(affiliated === null
        ? []
        : between({ name: 'affiliated', value: affiliated, least: 1, most: participants }, place, person)),
      ...(share === null || (Number(share) > 0 && Number(share) <= 1)
        ? []
        : [
            faultAt([...place.path, 'share'], 'example-outside', {
              clause,
              person: person.name,
              value: 'share',
              least: 0,
              most: 1,
            }),
          ]),
    ]
  })
}

function between(
  { name, value, least, most }: { name: string; value: number; least: number; most: number },
  { path, clause }: Place,
  { name: person }: ExamplePerson,
): Fault[] {
  return value >= least && value <= most
    ? []
    : [faultAt([...path, name], 'example-outside', { clause, person, value: name, least, most })]
}
