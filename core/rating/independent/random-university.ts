import fc from 'fast-check'
import type { ExampleFact, ExamplePost, ExampleTeacher } from '../example-university.ts'

/** Random people and facts for random regulations: what is known, unknown or of the wrong kind. */
const rarely = <T, U>(often: fc.Arbitrary<T>, else_: U, times = 60) =>
  fc.oneof({ arbitrary: often, weight: times }, { arbitrary: fc.constant(else_), weight: 1 })
const number = fc.oneof(
  fc.integer({ min: 0, max: 30 }),
  fc.integer({ min: -500, max: 6000 }).map((hundredths) => hundredths / 100),
)
const day = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 364 }), weight: 3 },
  { arbitrary: fc.integer({ min: -1400, max: -1 }), weight: 1 },
)
const toDay = (days: number) => new Date(Date.UTC(2025, 8, 1 + days)).toISOString().slice(0, 10)

const attributes = fc.record(
  {
    type: rarely(fc.constantFrom('a', 'b', 'c'), null),
    n: rarely(number, null, 80),
    m: rarely(fc.integer({ min: 0, max: 5 }), 'many', 80),
    flag: rarely(fc.boolean(), null),
    level: rarely(fc.constantFrom('x', 'y', 'z'), null),
    book: fc.constantFrom('b1', 'b2', null),
  },
  { requiredKeys: ['type', 'n', 'm', 'level'] },
)

const work = fc.record({
  indicator: fc.constantFrom('example.thing', 'example.thing', 'example.other'),
  attributes,
  day,
  authors: fc.uniqueArray(fc.nat(999_999), { minLength: 1, maxLength: 3 }),
  outside: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 })),
  roles: fc.array(fc.constantFrom('lead', 'second', 'member', 'member'), { minLength: 9, maxLength: 9 }),
  /** Roles that nobody told; of the teachers hardly any. */
  untold: fc.record({ teacher: fc.integer({ min: 0, max: 90 }), outside: fc.integer({ min: 0, max: 20 }) }),
  /** Each of up to three teachers has it: together never more than the whole. */
  share: rarely(fc.constantFrom('0.333', '0.25', '0.2'), null, 50),
  expertPoints: rarely(
    fc.integer({ min: 0, max: 54 }).map((halves) => String(halves / 2)),
    null,
    40,
  ),
})
const count = fc.record({
  teacher: fc.nat(999_999),
  attributes,
  day,
  quantity: fc.constantFrom('0', '1', '2', '3.5', '12', '0.75'),
})

const post = fc.record({
  position: rarely(fc.constantFrom('professor', 'senior-lecturer', 'lecturer', 'lecturer'), null, 40),
  unit: fc.constantFrom('d', 'd2', 'e'),
  rate: fc.constantFrom('1', '1', '0.5', '0.3', '0.75'),
})
const person = fc.record({
  posts: fc.oneof<fc.MaybeWeightedArbitrary<ExamplePost[]>[]>(
    {
      arbitrary: fc
        .tuple(post, fc.constantFrom('2015-09-01', '2019-02-10', '2024-01-15'))
        .map(([one, startsOn]) => [{ ...one, startsOn }]),
      weight: 6,
    },
    { arbitrary: post.map((one) => [{ ...one, startsOn: '2025-11-20' }]), weight: 1 },
    { arbitrary: post.map((one) => [{ ...one, startsOn: '2020-01-01', endsOn: '2026-03-31' }]), weight: 1 },
    // The position changes within the period.
    {
      arbitrary: fc.tuple(post, post).map(([a, b]) => [
        { ...a, startsOn: '2018-09-01', endsOn: '2026-01-31' },
        { ...b, startsOn: '2026-02-01' },
      ]),
      weight: 1,
    },
    // Two posts at once.
    {
      arbitrary: fc.tuple(post, post).map(([a, b]) => [
        { ...a, startsOn: '2018-09-01' },
        { ...b, startsOn: '2023-02-01', rate: '0.25' },
      ]),
      weight: 1,
    },
  ),
  degree: fc.constantFrom('phd', 'master', null),
  leave: fc.oneof(
    { arbitrary: fc.constant<ExampleTeacher['leave']>([]), weight: 3 },
    {
      arbitrary: fc.constantFrom<ExampleTeacher['leave'][]>(
        [['2026-01-10', '2026-03-05']],
        [
          ['2025-08-01', '2025-10-01'],
          ['2025-09-15', '2026-07-15'],
        ],
      ),
      weight: 1,
    },
  ),
})

/** So many teachers, with about `facts` works and counts for each. */
export function randomUniversity(seed: number, teachers: number, facts = 6): ExampleTeacher[] {
  const people = fc.sample(person, { seed, numRuns: teachers })
  const works = fc.sample(work, { seed: seed + 1, numRuns: Math.round((teachers * facts) / 2.4) })
  const counts = fc.sample(count, { seed: seed + 2, numRuns: teachers })
  const factsOf: ExampleFact[][] = people.map(() => [])
  works.forEach(({ authors, outside, roles, untold, day: on, attributes: data, ...rest }, index) => {
    const present = [...new Set(authors.map((author) => author % teachers))]
    const participants = present.length + outside
    const told = roles
      .slice(0, participants)
      .map((role, place) =>
        place === (place < present.length ? untold.teacher : untold.outside) ? null : role,
      )
    const roleCounts = Object.fromEntries(
      [
        ...Map.groupBy(
          told.filter((role) => role !== null),
          (role) => role,
        ),
      ].map(([role, all]) => [role, all.length]),
    )
    present.forEach((author, place) =>
      factsOf[author]!.push({
        ...rest,
        ...{
          participants,
          affiliatedCount: present.length,
          role: told[place]!,
          roleCounts,
          ordinal: place + 1,
        },
        attributes: { ...data, key: `w${index}` },
        happenedOn: toDay(on),
        evidence: `w${index}`,
      }),
    )
  })
  counts.forEach(({ teacher, attributes: data, day: on, quantity }, index) =>
    factsOf[teacher % teachers]!.push({
      ...{ indicator: 'example.count', quantity, happenedOn: toDay(on) },
      attributes: { ...data, key: `q${index}` },
    }),
  )
  const leads: Record<number, string[]> = { 0: ['d'], 1: ['faculty', 'd2'], 2: ['e'], 3: ['other'] }
  return people.map(({ posts, ...rest }, index) => ({
    ...rest,
    code: `T${String(index).padStart(5, '0')}`,
    // Leaders are there at the period's end.
    posts: leads[index] ? posts.map((one) => ({ ...one, endsOn: null })) : posts,
    leads: leads[index] ?? [],
    facts: factsOf[index]!,
  }))
}
