import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, pointsOf } from '../example-rules.ts'
import type { ExampleRules } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'

const title = exampleText('Place')
const rules = (rest: Partial<ExampleRules>) =>
  exampleRules({ areas: { A: {}, B: {}, C: {} }, criteria: { a: 'A', b: 'B', c: 'C' }, ...rest })

/** [a, b, c]; a c of 1 or more meets the requirement of the tests below. */
type Points = readonly [number, number, number?]

/** Places by the order in which the teachers are given. */
async function placesOf(
  points: readonly Points[],
  rest: Partial<ExampleRules>,
  positions: readonly string[] = [],
) {
  const database = await createTestDatabase()
  await enterExample(
    database,
    points.map(([a, b, c = 0], index) => ({
      code: `T${index}`,
      position: positions[index] ?? 'lecturer',
      facts: pointsOf({ a, b, c }),
    })),
  )
  const { results } = await rateExample(database, rules(rest))
  await database.drop()
  return points.map((_, index) => results.get(`T${index}`)!.place)
}

describe('equal totals', () => {
  const equal: Points[] = [
    [5, 5],
    [7, 3],
    [2, 8],
    [4, 1],
    [5, 0],
    [9, 9],
  ]
  it.each([
    ['share a place and skip the next ones', {}, [2, 2, 2, 5, 5, 1]],
    ['share a place and skip none', { ties: 'dense' as const }, [2, 2, 2, 3, 3, 1]],
    ['are decided by an area', { tieBreakers: ['B'] }, [3, 4, 2, 5, 6, 1]],
    ['are decided by the first area that differs', { tieBreakers: ['C', 'A'] }, [3, 2, 4, 6, 5, 1]],
    ['are decided without skipping', { ties: 'dense' as const, tieBreakers: ['C'] }, [2, 2, 2, 3, 3, 1]],
  ] as const)('%s', async (_, ranking, places) => {
    const given = 'tieBreakers' in ranking ? { ...ranking, tieBreakers: [...ranking.tieBreakers] } : ranking
    expect(await placesOf(equal, { ranking: given })).toEqual(places)
  })

  it('are those that agree at 9 decimals: 3 x (100 / 3) is 100', async () => {
    const split = { kind: 'equal' as const }
    const criteria = { a: { area: 'A', split }, b: 'B', c: 'C' }
    const third = { indicator: 'example.thing', participants: 3, attributes: { type: 'a', points: 100 } }
    const database = await createTestDatabase()
    await enterExample(database, [
      { code: 'thirds', position: null, facts: [third, third, third] },
      { code: 'whole', position: null, facts: pointsOf({ b: 100 }) },
    ])
    const { results } = await rateExample(database, rules({ criteria }))
    expect([results.get('thirds')!.total, results.get('thirds')!.place]).toEqual(['99.999999999999', 1])
    expect(results.get('whole')!.place).toBe(1)
    await database.drop()
  })
})

describe('totals that lie close together', () => {
  const close: Points[] = [
    [100, 0],
    [99, 0],
    [98, 0],
    [97, 0],
    [96, 0],
    [90, 0],
    [89, 0],
  ]
  it.each([
    // 98 is 2 below the best; 97 is not, although it is 1 below its neighbour, and begins the next place.
    ['shared', '2', [1, 1, 1, 4, 4, 6, 6]],
    ['dense', '2', [1, 1, 1, 2, 2, 3, 3]],
    ['shared', '0', [1, 2, 3, 4, 5, 6, 7]],
    ['shared', '1.99', [1, 1, 3, 3, 5, 6, 6]],
    ['shared', '100', [1, 1, 1, 1, 1, 1, 1]],
  ] as const)('share a place (%s, within %s)', async (ties, tiedWithin, places) => {
    expect(await placesOf(close, { ranking: { ties, tiedWithin } })).toEqual(places)
  })

  it('are compared within their league', async () => {
    const leagues = [
      { id: 'P', title, positions: ['professor'] },
      { id: 'L', title, positions: ['lecturer'] },
    ]
    const positions = ['professor', 'lecturer', 'professor', 'lecturer', 'professor', 'lecturer', 'professor']
    // Professors 100 98 96 89, lecturers 99 97 90.
    expect(await placesOf(close, { leagues, ranking: { tiedWithin: '2' } }, positions)).toEqual([
      1, 1, 1, 1, 3, 3, 4,
    ])
  })
})

const notAbove = (place: number, atLeast = '1') => ({
  id: `R${place}`,
  title,
  checks: [{ of: ['C'], atLeast }],
  effect: { kind: 'place' as const, notAbove: place },
})

describe('a requirement that limits the place', () => {
  it.each([
    [
      'puts who fails directly after the best who meet it',
      [
        [9, 0],
        [8, 0],
        [7, 0, 1],
        [5, 0, 1],
        [4, 0, 1],
      ],
      3,
      [3, 4, 1, 2, 5],
    ],
    [
      'keeps who fails where they stand below that',
      [
        [9, 0, 1],
        [8, 0, 1],
        [7, 0],
        [5, 0, 1],
        [4, 0],
      ],
      2,
      [1, 2, 3, 4, 5],
    ],
    [
      'keeps the order of those who fail',
      [
        [9, 0],
        [8, 0],
        [7, 0],
        [6, 0, 1],
      ],
      2,
      [2, 3, 4, 1],
    ],
    [
      'leaves places free where too few meet it',
      [
        [9, 0],
        [8, 0],
        [3, 0, 1],
      ],
      4,
      [4, 5, 1],
    ],
    [
      'leaves them free where nobody does',
      [
        [9, 0],
        [8, 0],
      ],
      3,
      [3, 4],
    ],
    [
      'lets more than the places go before where they tie',
      [
        [9, 0],
        [7, 0, 1],
        [7, 0, 1],
        [7, 0, 1],
      ],
      3,
      [4, 1, 1, 1],
    ],
    [
      'ties equal totals after the limit, whether they meet it or not',
      [
        [9, 0, 1],
        [6, 0],
        [5, 0, 1],
        [1, 0, 1],
      ],
      2,
      [1, 2, 2, 4],
    ],
  ] as [string, Points[], number, number[]][])('%s', async (_, points, place, places) => {
    expect(await placesOf(points, { requirements: [notAbove(place)] })).toEqual(places)
  })

  it('goes with another one of a lower place', async () => {
    // T0 meets none, T1 only the lower one, the others both.
    const points: Points[] = [
      [9, 0],
      [8, 0, 1],
      [5, 0, 3],
      [4, 0, 3],
      [3, 0, 3],
      [2, 0, 3],
    ]
    const requirements = [notAbove(2, '2'), notAbove(4)]
    expect(await placesOf(points, { requirements })).toEqual([4, 2, 1, 3, 5, 6])
  })

  it('goes with dense places and with totals that lie close together', async () => {
    const points: Points[] = [
      [9.5, 0],
      [8, 0, 1],
      [7, 0, 1],
      [6, 0, 1],
      [5, 0, 1],
    ]
    const ranking = { ties: 'dense' as const, tiedWithin: '1.5' }
    // Those who meet it: 9 and 8 share place 1, 7 and 6 are the next; the one who fails is with the best of what is left.
    expect(await placesOf(points, { requirements: [notAbove(2)], ranking })).toEqual([2, 1, 1, 3, 3])
  })
})

describe('random totals', () => {
  const total = fc.integer({ min: 0, max: 30 })
  const teachers = fc.sample(fc.tuple(total, fc.constant(0), fc.integer({ min: 0, max: 1 })), {
    seed: 11,
    numRuns: 60,
  })

  /** Place by place: the best of those who may stand there, and all who tie with them. */
  function expected(
    points: readonly (readonly [number, number, number])[],
    limit: number,
    tiedWithin: number,
  ) {
    const totals = points.map(([a, b, c]) => a + b + c)
    const places = points.map(() => 0)
    const left = () => points.flatMap((_, index) => (places[index] === 0 ? [index] : []))
    let place = 1
    while (left().length > 0) {
      const allowed = left().filter((index) => place >= limit || points[index]![2] >= 1)
      if (allowed.length === 0) {
        place = limit
        continue
      }
      const best = Math.max(...allowed.map((index) => totals[index]!))
      const tied = allowed.filter((index) => totals[index]! >= best - tiedWithin)
      for (const index of tied) places[index] = place
      place += tied.length
    }
    return places
  }

  it.each([
    [1, 0],
    [1, 3],
    [5, 0],
    [12, 0],
    [12, 2],
    [100, 0],
  ])(
    'get the places that giving them one after the other gives (limit %i, tied within %i)',
    async (limit, tiedWithin) => {
      const requirements = limit === 1 ? [] : [notAbove(limit)]
      const ranking = tiedWithin === 0 ? {} : { tiedWithin: String(tiedWithin) }
      expect(await placesOf(teachers, { requirements, ranking })).toEqual(
        expected(teachers, limit, tiedWithin),
      )
    },
  )
})
