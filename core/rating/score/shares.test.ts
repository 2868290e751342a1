import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, linesOf, plain, pointsOf } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'
import type { ExampleResult } from '../example-university.ts'

const title = exampleText('Group')
const criteria = { a: 'A', b: 'A', c: 'B', d: 'C', e: 'C', f: 'C' }

/** `areas` and `groups`: id -> share of the total; groups hold the criteria their id names. */
function rules(
  areas: Record<string, string | null>,
  groups: Record<string, string> = {},
  caps: Record<string, string> = {},
): RegulationDocument {
  return exampleRules({
    areas: Object.fromEntries(
      ['A', 'B', 'C'].map((id) => [id, { shareOfTotal: areas[id] ?? null, cap: caps[id] ?? null }]),
    ),
    criteria,
    groups: Object.entries(groups).map(([id, shareOfTotal]) => ({
      id,
      title,
      criteria: [...id],
      shareOfTotal,
    })),
  })
}

type Points = Partial<Record<keyof typeof criteria, number>>
const worked: [string, Points, RegulationDocument, string, string[][]][] = [
  // T = 10 / (1 - 0.5) = 20: the limited area keeps half of it.
  ['one area', { a: 30, c: 10 }, rules({ A: '0.5' }), '20', [['share', 'A', '-20']]],
  ['one within its share', { a: 10, c: 10 }, rules({ A: '0.5' }), '20', []],
  // Ratios 100/0.4 = 250, 30/0.3 = 100: with A cut T = (30 + 20) / 0.6 = 83.33, B is 30 > 25; with both 20 / 0.3.
  [
    'two areas',
    { a: 100, c: 30, d: 20 },
    rules({ A: '0.4', B: '0.3' }),
    '66.6666666666662',
    [
      ['share', 'A', '-73.3333333333336'],
      ['share', 'B', '-10.0000000000002'],
    ],
  ],
  // With A cut T = 60 / 0.6 = 100, of which B keeps its 30: exactly its share.
  [
    'the second at its end',
    { a: 100, c: 30, d: 30 },
    rules({ A: '0.4', B: '0.3' }),
    '100',
    [['share', 'A', '-60']],
  ],
  // Shares of 1.2 together are no contradiction: A is cut to 0.4 x 11 / 0.6.
  [
    'shares above 1',
    { a: 100, c: 7, d: 4 },
    rules({ A: '0.4', B: '0.4', C: '0.4' }),
    '18.3333333333332',
    [['share', 'A', '-92.6666666666668']],
  ],
  ['no rest', { a: 10 }, rules({ A: '0.9' }), '0', [['share', 'A', '-10']]],
  ['a rest below 0', { a: 10, c: -3 }, rules({ A: '0.9' }), '-3', [['share', 'A', '-10']]],
  // The group a of area A: T = (10 + 20) / 0.75 = 40, of which it keeps 10.
  ['a group', { a: 50, b: 10, c: 20 }, rules({}, { a: '0.25' }), '40', [['share', 'a', '-40']]],
  // The group within a limited area: T = 30 / 0.5, the group 0.2 x 60, then the area is 22 < 30.
  [
    'a group in an area that is not cut any more',
    { a: 50, b: 10, c: 38 },
    rules({ A: '0.5' }, { a: '0.2' }),
    '60',
    [['share', 'a', '-38']],
  ],
  // T = 10 / 0.5 = 20; the group keeps 4 of it, the area would be 44 and keeps 10.
  [
    'a group in an area that is cut',
    { a: 50, b: 40, c: 10 },
    rules({ A: '0.5' }, { a: '0.2' }),
    '20',
    [
      ['share', 'a', '-46'],
      ['share', 'A', '-34'],
    ],
  ],
  // The cap leaves 45 of the area, all of it of the group: T = 55 / 0.5 = 110, the group keeps 45.
  [
    'a group in a capped area',
    { a: 60, b: 10, c: 55 },
    rules({}, { a: '0.5' }, { A: '45' }),
    '100',
    [['cap', 'A', '-25']],
  ],
  // 40 are left of d, 5 of e: T = 20 / 0.5, d keeps 20; e within its share.
  [
    'two groups in a capped area',
    { d: 40, e: 10, f: 3, c: 15 },
    rules({}, { d: '0.5', e: '0.3' }, { C: '45' }),
    '40',
    [
      ['cap', 'C', '-8'],
      ['share', 'd', '-20'],
    ],
  ],
]

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

describe('worked by hand', () => {
  let snapshotId: number
  beforeAll(async () => {
    await enterExample(
      database,
      worked.map(([, points], index) => ({ code: `W${index}`, position: null, facts: pointsOf(points) })),
    )
    snapshotId = (await rateExample(database, rules({}))).outcome.snapshotId
  })
  it.each(worked.map((row, index) => [row[0], index] as const))('%s', async (_, index) => {
    const [, , document, total, lines] = worked[index]!
    const rated = await rateExample(database, document, { snapshotId })
    expect(plain(rated.results.get(`W${index}`)!.total!)).toBe(total)
    expect(linesOf(rated, `W${index}`)).toEqual(lines)
  })
})

const share = fc.integer({ min: 1, max: 19 }).map((twentieths) => String(twentieths / 20))
const oddShare = fc.integer({ min: 1, max: 999 }).map((thousandths) => String(thousandths / 1000))
const documents = fc.sample(
  fc
    .record({
      areas: fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.oneof(share, oddShare), { maxKeys: 3 }),
      groups: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'de', 'f'), fc.oneof(share, oddShare), {
        maxKeys: 3,
      }),
      caps: fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.integer({ min: 5, max: 90 }).map(String), {
        maxKeys: 1,
      }),
    })
    .filter(({ areas, groups }) => Object.keys({ ...areas, ...groups }).length > 0)
    .map(({ areas, groups, caps }) => rules(areas, groups, caps)),
  { seed: 20_260_831, numRuns: 25 },
)
const amounts = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -20, max: 100 }),
  fc.integer({ min: 1, max: 9999 }).map((cents) => cents / 100),
)
const teachers = fc.sample(
  fc.record({ a: amounts, b: amounts, c: amounts, d: amounts, e: amounts, f: amounts }),
  { seed: 7, numRuns: 60 },
)

/** In units of 10^-24. */
const units = (decimal: string): bigint => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,24}))?$/.exec(decimal)!
  const value = BigInt(whole! + fraction.padEnd(24, '0'))
  return sign === '-' ? -value : value
}
const sumOf = (
  result: ExampleResult,
  code: string,
  isPart: (line: { area: string | null; clause: string }) => boolean,
) =>
  result.results
    .get(code)!
    .lines.filter(isPart)
    .reduce((sum, { amount }) => sum + units(amount), 0n)

/** The largest T with T = sum of the areas, each part cut to its share of T, found by going down from the sum itself. */
function byIteration(document: RegulationDocument, points: Required<Points>): number {
  const limit = (
    id: string,
    value: number,
    total: number,
    list: readonly { id: string; shareOfTotal: string | null }[],
  ) => {
    const found = list.find((item) => item.id === id)?.shareOfTotal
    return found ? Math.min(value, Math.max(0, Number(found) * total)) : value
  }
  const areaAt = (area: string, total: number) => {
    const members = document.criteria.filter((criterion) => criterion.area === area).map(({ id }) => id)
    const raw = members.reduce((sum, id) => sum + points[id as keyof Points], 0)
    const cap = Number(document.areas.find(({ id }) => id === area)!.cap ?? Infinity)
    let left = Math.min(raw, cap)
    let value = left
    for (const { id, criteria: inside } of document.groups.filter((group) =>
      members.includes(group.criteria[0]!),
    )) {
      const sum = inside.reduce((points_, criterion) => points_ + points[criterion as keyof Points], 0)
      const worth = raw > cap ? Math.max(0, Math.min(sum, left)) : sum
      left -= Math.max(0, sum)
      value -= worth - limit(id, worth, total, document.groups)
    }
    return limit(area, value, total, document.areas)
  }
  let total = Infinity
  for (let step = 0; step < 100_000; step++) {
    const next = ['A', 'B', 'C'].reduce((sum, area) => sum + areaAt(area, total), 0)
    if (Math.abs(next - total) < 1e-13) return next
    total = next
  }
  return total
}

describe('random regulations and teachers', () => {
  const results: ExampleResult[] = []
  let other: TestDatabase
  beforeAll(async () => {
    other = await createTestDatabase()
    await enterExample(
      other,
      teachers.map((points, index) => ({ code: `T${index}`, position: null, facts: pointsOf(points) })),
    )
    for (const document of documents) {
      const snapshotId = results[0]?.outcome.snapshotId
      results.push(await rateExample(other, document, snapshotId === undefined ? {} : { snapshotId }))
    }
  })
  afterAll(async () => {
    await other.drop()
  })

  it('gives the total that going down step by step gives', () => {
    documents.forEach((document, index) => {
      teachers.forEach((points, teacher) => {
        const total = Number(results[index]!.results.get(`T${teacher}`)!.total!)
        expect(total, JSON.stringify([document.areas, document.groups, points])).toBeCloseTo(
          byIteration(document, points),
          7,
        )
      })
    })
  })

  it('leaves every limited part at or below its share of the total, to the last digit', () => {
    let cuts = 0
    documents.forEach((document, index) => {
      const result = results[index]!
      teachers.forEach((_, teacher) => {
        const code = `T${teacher}`
        const total = units(result.results.get(code)!.total!)
        for (const { id, shareOfTotal } of document.areas) {
          if (shareOfTotal === null) continue
          const part = sumOf(result, code, ({ area }) => area === id)
          expect(
            part * 1000n <= BigInt(Math.round(Number(shareOfTotal) * 1000)) * (total > 0n ? total : 0n),
          ).toBe(true)
        }
        for (const { id, shareOfTotal, criteria: members } of document.groups) {
          if (shareOfTotal === null || document.areas.some(({ cap }) => cap !== null)) continue
          const part = sumOf(result, code, ({ clause }) => clause === id || members.includes(clause))
          expect(
            part * 1000n <= BigInt(Math.round(Number(shareOfTotal) * 1000)) * (total > 0n ? total : 0n),
          ).toBe(true)
        }
        cuts += result.results.get(code)!.lines.filter(({ kind }) => kind === 'share').length
      })
    })
    expect(cuts).toBeGreaterThan(1000)
  })
})
