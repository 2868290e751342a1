import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { regulationDocumentSchema } from '../contract/index.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { enterExample, onePointWeighting, rateExample } from './example-university.ts'
import type { ExampleFact, ExampleResult, ExampleTeacher } from './example-university.ts'

const text = (word: string) => ({ kk: word, ru: word, en: word })
const positions = ['professor', 'lecturer'] as const

/** Every kind of rule, split and cap; criteria X and Y count the same facts. */
const document = regulationDocumentSchema.parse({
  code: 'example',
  version: '1',
  title: text('Example'),
  description: text('Example'),
  source: 'core/rating/engine.test.ts',
  periodStart: '09-01',
  areas: [
    { id: 'A', title: text('A'), cap: '500' },
    { id: 'B', title: text('B') },
  ],
  criteria: [
    criterion(
      'sheets',
      'A',
      { kind: 'per-value', of: 'sheets', points: '45' },
      {
        split: { kind: 'equal', minimum: { of: 'sheets', perParticipant: '2.5' } },
      },
    ),
    criterion(
      'place',
      'A',
      { kind: 'table', by: 'place', points: { 1: '70', 2: '50', 3: '30' } },
      { cap: '140' },
    ),
    criterion('percent', 'B', {
      kind: 'tiers',
      of: 'percent',
      tiers: [
        { from: '80', to: '96', toInclusive: false, points: '1' },
        { from: '96', to: null, points: '2' },
      ],
    }),
    criterion('people', 'B', {
      kind: 'per-value',
      of: 'people',
      points: '3',
      per: '10',
      wholeBlocks: true,
      above: '20',
    }),
    criterion('fixed', 'B', { kind: 'per-unit', points: '100' }, { split: { kind: 'equal' } }),
    { ...criterion('fixed', 'B', { kind: 'per-unit', points: '0.01' }), id: 'again' },
  ],
  norms: [{ id: 'N', title: text('N'), byPosition: { professor: '100', lecturer: '33.3' } }],
  leagues: [{ id: 'all', title: text('all'), positions: [...positions] }],
  bands: [
    { id: 'low', title: text('low'), from: null, to: '0' },
    { id: 'high', title: text('high'), from: '0', to: null },
  ],
  weighting: { id: 'points' },
  rounding: { digits: 2 },
})

function criterion(type: string, area: string, points: unknown, more: Record<string, unknown> = {}) {
  return {
    id: type,
    area,
    title: text(type),
    unit: 'item',
    indicator: 'example.thing',
    where: [{ value: 'type', is: [type] }],
    points,
    ...more,
  }
}

const types = ['sheets', 'place', 'percent', 'people', 'fixed', 'elsewhere'] as const
const factArbitrary: fc.Arbitrary<ExampleFact> = fc.record({
  indicator: fc.constant('example.thing'),
  attributes: fc.record({
    type: fc.constantFrom(...types),
    sheets: fc.integer({ min: 1, max: 400 }).map((eighths) => eighths / 8),
    place: fc.integer({ min: 1, max: 5 }),
    percent: fc.integer({ min: 700, max: 1000 }).map((tenths) => tenths / 10),
    people: fc.integer({ min: 0, max: 90 }),
  }),
  participants: fc.integer({ min: 1, max: 7 }),
})
const teacherArbitrary = (code: string): fc.Arbitrary<ExampleTeacher> =>
  fc.record({
    code: fc.constant(code),
    position: fc.constantFrom(...positions),
    facts: fc.array(factArbitrary, { maxLength: 12 }),
  })

/** Teachers from a fixed seed: the same on every machine. */
function sampleTeachers(seed: number, count: number): ExampleTeacher[] {
  return Array.from(
    { length: count },
    (_, index) => fc.sample(teacherArbitrary(`T${index}`), { seed: seed + index, numRuns: 1 })[0]!,
  )
}

let database: TestDatabase
let rated: ExampleResult
const teachers = sampleTeachers(20_260_831, 150)

beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, teachers)
  rated = await rateExample(database, document)
})
afterAll(async () => {
  await database.drop()
})

/** Points in units of 10^-12, as the engine carries quotients; worked out anew here, apart from the engine. */
const unit = 10n ** 12n
const units = (value: number) => BigInt(Math.round(value * 1000)) * (unit / 1000n)
const min = (a: bigint, b: bigint) => (a < b ? a : b)
const divide = (value: bigint, by: bigint) => (2n * value + by) / (2n * by)

function expectedTotal(teacher: ExampleTeacher): bigint {
  let [sheets, place, b] = [0n, 0n, 0n]
  for (const { attributes, participants } of teacher.facts) {
    const people = BigInt(participants ?? 1)
    const of = (name: string) => attributes[name] as number
    if (attributes.type === 'sheets' && (people === 1n || of('sheets') >= 2.5 * Number(people))) {
      sheets += divide(units(of('sheets') * 45), people)
    }
    if (attributes.type === 'place') place += units([70, 50, 30][of('place') - 1] ?? 0)
    if (attributes.type === 'percent') b += units(of('percent') >= 96 ? 2 : of('percent') >= 80 ? 1 : 0)
    if (attributes.type === 'people') b += units(Math.floor(Math.max(of('people') - 20, 0) / 10) * 3)
    if (attributes.type === 'fixed') b += divide(units(100), people) + units(0.01)
  }
  const a = min(sheets + min(place, units(140)), units(500))
  return a + b - units(teacher.position === 'professor' ? 100 : 33.3)
}

/** In units of 10^-24: finer than anything the engine writes. */
const toUnits = (decimal: string): bigint => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,24}))?$/.exec(decimal)!
  const value = BigInt(whole! + fraction.padEnd(24, '0'))
  return sign === '-' ? -value : value
}

describe('the engine', () => {
  it('gives every teacher exactly the points that an independent calculation gives', () => {
    for (const teacher of teachers) {
      expect(toUnits(rated.results.get(teacher.code)!.total!), teacher.code).toBe(
        expectedTotal(teacher) * unit,
      )
    }
  })

  it('writes lines that sum to the total to the last digit', () => {
    for (const [code, result] of rated.results) {
      const sum = result.lines.reduce((total, { amount }) => total + toUnits(amount), 0n)
      expect(sum, code).toBe(toUnits(result.total!))
    }
  })

  it('ranks by exact totals: equal totals share a place, and no place is given before a higher total', () => {
    const rows = [...rated.results.values()].sort((a, b) => a.place! - b.place!)
    rows.forEach((row) => {
      const better = rows.filter(
        (other) => toUnits(other.total!) / 10n ** 15n > toUnits(row.total!) / 10n ** 15n,
      ).length
      expect(row.place).toBe(better + 1)
    })
  })

  it('gives the same hashes whatever the order of entry', async () => {
    const other = await createTestDatabase()
    const reversed = teachers
      .toReversed()
      .map((teacher) => ({ ...teacher, facts: teacher.facts.toReversed() }))
    await enterExample(other, reversed)
    const again = await rateExample(other, document)
    const totals = (result: ExampleResult) =>
      [...result.results].map(([code, { total }]) => [code, total]).sort()
    expect(totals(again)).toEqual(totals(rated))
    expect(again.outcome.hash).toBe(rated.outcome.hash)
    await other.drop()
  })

  it('gives the same hash for the same snapshot and regulation, and for the same data on another database', async () => {
    const again = await rateExample(database, document, { snapshotId: rated.outcome.snapshotId })
    expect(again.outcome.hash).toBe(rated.outcome.hash)
    const other = await createTestDatabase()
    await enterExample(other, teachers)
    expect((await rateExample(other, document)).outcome.hash).toBe(rated.outcome.hash)
    await other.drop()
  })

  it('never gives fewer points for one more fact', async () => {
    const pairs = sampleTeachers(77, 40).flatMap((teacher, index) => [
      { ...teacher, code: `less-${index}`, facts: teacher.facts.slice(1) },
      { ...teacher, code: `more-${index}` },
    ])
    const other = await createTestDatabase()
    await enterExample(other, pairs)
    const { results } = await rateExample(other, document)
    for (let index = 0; index < 40; index++) {
      const [less, more] = ['less', 'more'].map((word) => toUnits(results.get(`${word}-${index}`)!.total!))
      expect(more! >= less!, String(index)).toBe(true)
    }
    await other.drop()
  })

  it('weighs areas and shows each weight as a line', async () => {
    const half = { ...onePointWeighting, weigh: () => ({ weights: { A: '0.5', B: 2 }, how: {} }) }
    const { results } = await rateExample(database, document, {
      weighting: half,
      snapshotId: rated.outcome.snapshotId,
    })
    for (const [code, result] of results) {
      const plain = rated.results.get(code)!
      const areaSum = (area: string) =>
        plain.lines
          .filter((line) => line.area === area)
          .reduce((sum, { amount }) => sum + toUnits(amount), 0n)
      const norm = toUnits(plain.lines.find(({ kind }) => kind === 'norm')!.amount)
      expect(2n * toUnits(result.total!), code).toBe(areaSum('A') + 4n * areaSum('B') + 2n * norm)
    }
  })

  it.each([
    ['a missing area', { A: '1' }],
    ['an unknown area', { A: '1', B: '1', C: '1' }],
    ['a negative weight', { A: '1', B: -1 }],
    ['a weight that is no number', { A: '1', B: Number.NaN }],
  ])('refuses %s', async (_, weights) => {
    const wrong = { ...onePointWeighting, weigh: () => ({ weights, how: {} }) } as typeof onePointWeighting
    await expect(rateExample(database, document, { weighting: wrong })).rejects.toMatchObject({
      code: 'weights-wrong',
    })
  })
})

describe('what is unknown', () => {
  it('blocks a teacher without a position, and nobody else', async () => {
    const other = await createTestDatabase()
    await enterExample(other, [
      { code: 'unknown', position: null, facts: [fact({ type: 'fixed' })] },
      { code: 'known', position: 'lecturer', facts: [fact({ type: 'fixed' })] },
    ])
    const { results } = await rateExample(other, document)
    expect(results.get('unknown')).toMatchObject({ status: 'blocked', total: null, place: null, band: null })
    expect(results.get('unknown')!.reasons.map(({ code }) => code)).toEqual(['position-unknown'])
    expect(results.get('known')).toMatchObject({ status: 'ranked', place: 1, total: '66.71' })
    await other.drop()
  })

  it.each([
    ['is missing', {}],
    ['is null', { sheets: null }],
    ['is text where a number belongs', { sheets: 'many' }],
  ])('blocks with the clause, the fact and the value that %s', async (_, attributes) => {
    const other = await createTestDatabase()
    await enterExample(other, [
      { code: 'T', position: 'lecturer', facts: [fact({ type: 'sheets', ...attributes })] },
    ])
    const { results } = await rateExample(other, document)
    expect(results.get('T')).toMatchObject({
      status: 'blocked',
      total: null,
      reasons: [{ code: 'value-unknown', clause: 'sheets', params: { factNo: 1, value: 'sheets' } }],
    })
    await other.drop()
  })

  it('counts only approved evidence of the period, and only affiliated work', async () => {
    const other = await createTestDatabase()
    await enterExample(other, [
      {
        code: 'T',
        position: 'lecturer',
        facts: [
          fact({ type: 'fixed' }),
          { ...fact({ type: 'fixed' }), happenedOn: '2025-08-31' },
          { ...fact({ type: 'fixed' }), happenedOn: '2026-09-01' },
          { ...fact({ type: 'fixed' }), affiliated: false },
        ],
      },
    ])
    await sql`insert into core.evidence (indicator, data, title, happened_on, state, participant_count, created_by)
      select indicator, data, title, happened_on, 'submitted', participant_count, created_by from core.evidence limit 1`.execute(
      other.db,
    )
    const { outcome, results } = await rateExample(other, document)
    expect(outcome.facts).toBe(1)
    expect(results.get('T')!.lines.map(({ clause, amount }) => [clause, amount])).toEqual([
      ['fixed', '100'],
      ['again', '0.01'],
      ['N', '-33.3'],
    ])
    await other.drop()
  })
})

describe('what is frozen', () => {
  it.each(['snapshot_fact', 'snapshot_teacher', 'run_line', 'run_teacher', 'run_area', 'snapshot'])(
    'refuses changes of %s',
    async (table) => {
      const name = sql.table(`core.${table}`)
      for (const statement of [sql`delete from ${name}`, sql`truncate ${name}`]) {
        await expect(statement.execute(database.db)).rejects.toThrow(/frozen|referenced in a foreign key/)
      }
    },
  )

  it.each(['-1', 'NaN', 'Infinity'])('refuses a plugin that counts %s of something', async (quantity) => {
    const other = await createTestDatabase()
    const counted = { indicator: 'example.thing', attributes: {}, happenedOn: '2026-03-04', quantity }
    await enterExample(other, [{ code: 'T', position: 'lecturer', facts: [counted] }])
    await expect(rateExample(other, document)).rejects.toMatchObject({
      code: 'fact-quantity',
      params: { plugin: 'example', indicator: 'example.thing', teacher: 'T', day: '2026-03-04', quantity },
    })
    await other.drop()
  })

  it('keeps its result when evidence and people change afterwards', async () => {
    const other = await createTestDatabase()
    await enterExample(other, [{ code: 'T', position: 'lecturer', facts: [fact({ type: 'fixed' })] }])
    const before = await rateExample(other, document)
    await sql`update core.evidence set data = '{"type": "elsewhere"}'`.execute(other.db)
    await sql`update core.appointment set position = 'professor'`.execute(other.db)
    const replay = await rateExample(other, document, { snapshotId: before.outcome.snapshotId })
    expect(replay.outcome.hash).toBe(before.outcome.hash)
    expect((await rateExample(other, document)).results.get('T')!.total).toBe('-100')
    await other.drop()
  })
})

function fact(attributes: Record<string, unknown>): ExampleFact {
  return { indicator: 'example.thing', attributes }
}
