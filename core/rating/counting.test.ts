import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { enterExample, rateExample } from './example-university.ts'
import type { ExampleFact, ExampleTeacher } from './example-university.ts'
import { documentOf, plain, rateTeachers, shownLines, teacherWith, thing } from './points.example.ts'

const text = (word: string) => ({ kk: word, ru: word, en: word })
const perValue = (points = '1') => ({ points: { kind: 'per-value', of: 'value', points } })
const worth = (value: unknown, more: Partial<ExampleFact> = {}, attributes: Record<string, unknown> = {}) =>
  thing({ value, ...attributes }, more)
const on = (happenedOn: string) => ({ happenedOn })

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})
let count = 0

/** Lines of one teacher with these facts, whose indicators are of this call alone. */
async function linesOf(
  criteria: readonly Record<string, unknown>[],
  facts: readonly ExampleFact[],
  changes: Record<string, unknown> = {},
): Promise<string[][]> {
  const code = `T${++count}`
  const own = (indicator: unknown) =>
    `${typeof indicator === 'string' ? indicator : 'example.thing'}-${count}`
  const document = documentOf(
    criteria.map((criterion) => ({ ...criterion, indicator: own(criterion['indicator']) })),
    changes,
  )
  await enterExample(database, [
    teacherWith(
      facts.map((fact) => ({ ...fact, indicator: own(fact.indicator) })),
      { code },
    ),
  ])
  return shownLines((await rateExample(database, document)).results.get(code)!)
}

describe('windows', () => {
  const edges = [
    '2023-08-31',
    '2023-09-01',
    '2025-05-31',
    '2025-06-01',
    '2025-08-31',
    '2025-09-01',
    '2026-05-31',
    '2026-06-01',
    '2026-08-31',
  ]
  const facts = edges.map((day, index) => worth(10 ** index, on(day)))

  it.each([
    ['the rated period alone', { window: null }, '111100000'],
    ['one year, said as a window', { window: {} }, '111100000'],
    ['the last three years', { window: { years: 3 } }, '111111110'],
    ['the recruitment year', { window: { start: '06-01' } }, '1111000'],
  ])('count %s, both ends inclusive, also where the snapshot holds more', async (_, criterion, sum) => {
    const other = { ...perValue('0'), window: { years: 5 } }
    const lines = await linesOf([{ ...perValue(), ...criterion }, other], facts)
    const counted = lines.filter(([, clause]) => clause === 'C1').map(([, , amount]) => BigInt(amount!))
    expect(String(counted.reduce((total, amount) => total + amount, 0n))).toBe(sum)
  })

  it('divide by their years where they are averages, before the cap', async () => {
    const criterion = { ...perValue(), window: { years: 3, average: true }, cap: '4' }
    const lines = await linesOf([criterion], [worth(10, on('2023-09-01')), worth(10)])
    expect(lines.slice(2)).toEqual([
      ['average', 'C1', '-13.333333333333'],
      ['cap', 'C1', '-2.666666666667'],
    ])
  })

  it('let points decay with age', async () => {
    const decay = { id: 'D', title: text('D'), rule: { kind: 'formula', formula: 'max(0, 1 - age / 2)' } }
    const criterion = { ...perValue(), window: { years: 4 }, factors: ['D'] }
    const days = ['2026-08-31', '2025-09-01', '2025-08-31', '2024-09-01', '2024-08-31']
    const lines = await linesOf(
      [criterion],
      days.map((day) => worth(100, on(day))),
      { coefficients: [decay] },
    )
    const factors = lines.filter(([kind]) => kind === 'factor')
    expect(factors.map(([, , amount]) => amount)).toEqual(['-100', '-50', '-50'])
  })

  it('refuse a snapshot that does not reach back far enough, and take one that reaches further', async () => {
    const other = await createTestDatabase()
    await enterExample(other, [teacherWith([worth(1, on('2024-01-01')), worth(2)])])
    const short = documentOf([perValue()])
    const long = documentOf([{ ...perValue(), window: { years: 3 } }])
    const ofShort = await rateExample(other, short)
    const ofLong = await rateExample(other, long)
    await expect(rateExample(other, long, { snapshotId: ofShort.outcome.snapshotId })).rejects.toMatchObject({
      code: 'snapshot-too-short',
      params: { from: '2025-09-01', needed: '2023-09-01' },
    })
    const again = await rateExample(other, short, { snapshotId: ofLong.outcome.snapshotId })
    expect([ofShort, ofLong, again].map(({ results }) => plain(results.get('T')!.total!))).toEqual([
      '2',
      '3',
      '2',
    ])
    await other.drop()
  })
})

describe('exclusions', () => {
  const exclusion = (changes: Record<string, unknown>) => ({ id: 'X', title: text('X'), ...changes })

  it('leave facts out of every criterion, and an unknown value excludes nothing', async () => {
    const exclusions = [exclusion({ where: [{ value: 'self', is: [true] }] })]
    const facts = [
      worth(1, on('2026-01-01'), { self: true }),
      worth(2, on('2026-01-02'), { self: false }),
      worth(4, on('2026-01-03')),
      worth(8, on('2026-01-04'), { self: null }),
    ]
    const lines = await linesOf([perValue(), perValue('10')], facts, { exclusions })
    expect(lines.map(([, clause, amount]) => [clause, amount])).toEqual([
      ['C1', '2'],
      ['C1', '4'],
      ['C1', '8'],
      ['C2', '20'],
      ['C2', '40'],
      ['C2', '80'],
    ])
  })

  it('of one indicator leave those of the others alone', async () => {
    const exclusions = [
      exclusion({ indicator: `example.other-${count + 1}`, where: [{ value: 'self', is: [true] }] }),
    ]
    const facts = [
      worth(1, {}, { self: true }),
      { ...worth(2, {}, { self: true }), indicator: 'example.other' },
    ]
    const lines = await linesOf([perValue(), { ...perValue(), indicator: 'example.other' }], facts, {
      exclusions,
    })
    expect(lines).toEqual([['points', 'C1', '1']])
  })

  it('of every indicator are refused where they ask whether an attribute is unknown', async () => {
    const exclusions = [exclusion({ where: [{ value: 'self', unknown: true }] })]
    await expect(linesOf([perValue()], [], { exclusions })).rejects.toMatchObject({
      code: 'exclusion-too-wide',
    })
  })
})

describe('once', () => {
  const once = (criteria: string[], changes: Record<string, unknown> = {}) => ({
    id: `once-${criteria.join('-')}`,
    title: text('O'),
    criteria,
    ...changes,
  })
  const both = [perValue('1'), perValue('3')]

  it('counts a fact under the first of the list', async () => {
    const lines = await linesOf(both, [worth(2)], { once: [once(['C1', 'C2'])] })
    expect(lines).toEqual([
      ['points', 'C1', '2'],
      ['points', 'C2', '6'],
      ['once', 'once-C1-C2', '-6'],
    ])
  })

  it('counts it where it gives most, of equal ones under the first', async () => {
    const prefer = { once: [once(['C1', 'C2'], { prefer: 'points' })] }
    const dropped = async (value: number) =>
      (await linesOf(both, [worth(value)], prefer))
        .filter(([kind]) => kind === 'once')
        .map(([, , amount]) => amount)
    expect(await dropped(2)).toEqual(['-2'])
    expect(await dropped(-2)).toEqual(['6'])
    expect(await dropped(0)).toEqual([])
  })

  it('counts facts that only one of the criteria counts, and one list after the other', async () => {
    const criteria = [
      { ...perValue(), where: [{ value: 'kind', is: ['a'] }] },
      perValue('10'),
      perValue('100'),
    ]
    const lists = { once: [once(['C1', 'C2']), once(['C2', 'C3'])] }
    const lines = await linesOf(criteria, [worth(1, {}, { kind: 'a' }), worth(2, {}, { kind: 'b' })], lists)
    expect(lines.filter(([kind]) => kind === 'once')).toEqual([
      ['once', 'once-C1-C2', '-10'],
      ['once', 'once-C2-C3', '-200'],
    ])
  })

  it('leaves a criterion whose facts all count elsewhere without a counted fact: its floor does not hold', async () => {
    const criteria = [perValue(), { ...perValue(), floor: '50' }]
    const lines = await linesOf(criteria, [worth(1)], { once: [once(['C1', 'C2'])] })
    expect(lines.map(([kind]) => kind)).toEqual(['points', 'points', 'once'])
  })
})

describe('keep', () => {
  const keep = (changes: Record<string, unknown> = {}) => ({
    keep: [{ id: 'K', title: text('K'), most: 2, ...changes }],
  })
  const kept = async (criterion: Record<string, unknown>, facts: readonly ExampleFact[]) =>
    (await linesOf([{ ...perValue(), ...criterion }], facts))
      .filter(([kind]) => kind === 'keep')
      .map(([, , amount]) => amount)

  it('counts two chapters of one book, the best of them, and all chapters of other books', async () => {
    const chapter = (value: number, isbn: string | null) => worth(value, {}, { isbn })
    const facts = [
      chapter(5, 'x'),
      chapter(7, 'x'),
      chapter(6, 'x'),
      chapter(1, 'y'),
      chapter(2, 'y'),
      chapter(9, 'z'),
    ]
    expect(await kept(keep({ per: ['isbn'] }), facts)).toEqual(['-5'])
  })

  it('takes what has no container as its own', async () => {
    const facts = [3, 4, 5].map((value) => worth(value, {}, { isbn: null }))
    expect(await kept(keep({ per: ['isbn'] }), facts)).toEqual([])
  })

  it('names a container by several values', async () => {
    const facts = [1, 2, 4].map((value) => worth(value, {}, { isbn: 'x', volume: value > 2 ? 2 : 1 }))
    expect(await kept(keep({ per: ['isbn', 'volume'], most: 1 }), facts)).toEqual(['-1'])
  })

  it('of equal ones keeps those with the lowest number', async () => {
    const lines = await linesOf(
      [{ ...perValue(), ...keep() }],
      [worth(3, on('2026-01-03')), worth(3, on('2026-01-02')), worth(3, on('2026-01-01'))],
    )
    expect(lines.map(([kind]) => kind)).toEqual(['points', 'points', 'points', 'keep'])
  })

  it('keeps the latest or the earliest', async () => {
    const facts = [worth(1, on('2026-01-01')), worth(2, on('2026-01-02')), worth(4, on('2026-01-03'))]
    expect(await kept(keep({ prefer: 'latest' }), facts)).toEqual(['-1'])
    expect(await kept(keep({ prefer: 'earliest' }), facts)).toEqual(['-4'])
  })

  it('keeps the smallest penalties, and applies a second limit to what the first left', async () => {
    expect(await kept(keep(), [worth(-5), worth(-1), worth(-3)])).toEqual(['5'])
    const two = [
      { id: 'K1', title: text('K'), most: 1, per: ['isbn'] },
      { id: 'K2', title: text('K'), most: 1 },
    ]
    const facts = [worth(9, {}, { isbn: 'x' }), worth(8, {}, { isbn: 'x' }), worth(1, {}, { isbn: 'y' })]
    const lines = await linesOf([{ ...perValue(), keep: two }], facts)
    expect(lines.filter(([kind]) => kind === 'keep')).toEqual([
      ['keep', 'K1', '-8'],
      ['keep', 'K2', '-1'],
    ])
  })

  it('takes places only for facts that are not counted elsewhere', async () => {
    const criteria = [
      { ...perValue(), where: [{ value: 'kind', is: ['a'] }] },
      { ...perValue('10'), ...keep({ most: 1 }) },
    ]
    const once = [{ id: 'O', title: text('O'), criteria: ['C1', 'C2'] }]
    const lines = await linesOf(criteria, [worth(9, on('2026-01-01'), { kind: 'a' }), worth(1)], { once })
    expect(lines).toEqual([
      ['points', 'C1', '9'],
      ['points', 'C2', '90'],
      ['once', 'O', '-90'],
      ['points', 'C2', '10'],
    ])
  })
})

describe('facts taken together', () => {
  const together = async (criterion: Record<string, unknown>, facts: readonly ExampleFact[], changes = {}) =>
    (await linesOf([criterion], facts, changes))
      .filter(([kind]) => kind !== 'points')
      .map(([kind, , amount]) => [kind, amount])
  const blocks = { points: { kind: 'per-value', of: 'value', points: '3', per: '10', wholeBlocks: true } }

  it('give blocks over the sum, which single facts would not reach', async () => {
    const facts = [worth(9), worth(8), worth(7)]
    expect(await linesOf([blocks], facts)).toEqual([0, 1, 2].map(() => ['points', 'C1', '0']))
    expect(await linesOf([{ ...blocks, together: 'sum' }], facts)).toEqual([
      ['points', 'C1', '0'],
      ['points', 'C1', '0'],
      ['points', 'C1', '0'],
      ['together', 'C1', '6'],
    ])
  })

  it.each([
    ['sum', '24'],
    ['maximum', '12'],
    ['minimum', '4'],
    ['mean', '8'],
    ['latest', '4'],
  ])('as %s are %s', async (how, points) => {
    const facts = [worth(12, on('2026-01-01')), worth(8, on('2026-01-02')), worth(4, on('2026-01-03'))]
    expect(await together({ ...perValue(), together: how }, facts)).toEqual([['together', points]])
  })

  it('carry a mean to 12 decimals', async () => {
    expect(await together({ ...perValue(), together: 'mean' }, [worth(1), worth(1), worth(0)])).toEqual([
      ['together', '0.666666666667'],
    ])
  })

  it('count quantities, tiers, tables and formulas of the figure', async () => {
    const tiers = {
      kind: 'tiers',
      of: 'value',
      tiers: [{ from: '20', to: null, points: '5' }],
      otherwise: '-1',
    }
    const facts = [worth(12), worth(8)]
    expect(await together({ points: tiers, together: 'sum' }, facts)).toEqual([['together', '5']])
    expect(await together({ points: tiers, together: 'maximum' }, facts)).toEqual([['together', '-1']])
    const table = { kind: 'table', by: 'value', points: { 8: '70', 12: '50' } }
    expect(await together({ points: table, together: 'minimum' }, facts)).toEqual([['together', '70']])
    expect(await together({ points: { kind: 'per-unit', points: '2' }, together: 'sum' }, facts)).toEqual([
      ['together', '4'],
    ])
    const formula = { kind: 'formula', formula: 'value / 2 * teacher.rate' }
    expect(await together({ points: formula, together: 'sum' }, facts)).toEqual([['together', '10']])
  })

  it('count only facts that are kept, and are held by the cap of the criterion', async () => {
    const criterion = {
      ...perValue(),
      together: 'sum',
      cap: '10',
      keep: [{ id: 'K', title: text('K'), most: 2, prefer: 'latest' }],
    }
    const facts = [worth(100, on('2026-01-01')), worth(7, on('2026-01-02')), worth(5, on('2026-01-03'))]
    expect(await together(criterion, facts)).toEqual([
      ['keep', '0'],
      ['together', '12'],
      ['cap', '-2'],
    ])
  })

  it('block where one of them is unknown, naming the fact; the latest alone asks only the latest', async () => {
    const facts = [worth(1, on('2026-01-01')), thing({}, on('2026-01-02')), worth(4, on('2026-01-03'))]
    const ofSum = await rateTeachers(documentOf([{ ...perValue(), together: 'sum' }]), [teacherWith(facts)])
    expect(ofSum.get('T')).toMatchObject({
      status: 'blocked',
      reasons: [{ code: 'value-unknown', clause: 'C1', params: { value: 'value', factNo: 2 } }],
    })
    expect(await together({ ...perValue(), together: 'latest' }, facts)).toEqual([['together', '4']])
  })

  it('block where the figure has no points', async () => {
    const points = { kind: 'table', by: 'value', points: { 1: '1' }, otherwise: 'block' }
    const results = await rateTeachers(documentOf([{ points, together: 'sum' }]), [
      teacherWith([worth(1), worth(1)]),
    ])
    expect(results.get('T')!.reasons).toEqual([
      { code: 'value-without-points', clause: 'C1', params: { value: 'value', found: '2', factNo: null } },
    ])
  })

  it('give nothing and no line where there is none', async () => {
    const points = { kind: 'per-value', of: 'value', points: '1', plus: '-15' }
    expect(await linesOf([{ points, together: 'sum' }], [])).toEqual([])
  })

  it.each([
    ['a rule of two values', { points: { kind: 'formula', formula: 'value * pages' } }],
    ['a split', { ...perValue(), split: { kind: 'equal' } }],
    ['a limit of each fact', { ...perValue(), capPerFact: '3' }],
  ])('are refused with %s', async (_, criterion) => {
    await expect(linesOf([{ ...criterion, together: 'sum' }], [])).rejects.toMatchObject({
      code: 'rule-wrong',
    })
  })
})

describe('facts of the staff', () => {
  const staff = (more: Record<string, unknown> = {}) => ({ ...perValue(), whose: 'staff', ...more })
  const people: ExampleTeacher[] = [
    teacherWith([worth(1)], { code: 'head-d', unit: 'd', leads: ['d'] }),
    teacherWith([worth(10), worth(20, { evidence: 'shared' })], { code: 'b-of-d', unit: 'd' }),
    teacherWith([worth(20, { evidence: 'shared' })], { code: 'a-of-d', unit: 'd' }),
    teacherWith([worth(100), worth(20, { evidence: 'shared' })], { code: 'of-d2', unit: 'd2' }),
    teacherWith([worth(1000)], { code: 'dean', unit: 'e', leads: ['faculty'] }),
    teacherWith([worth(10_000)], { code: 'of-e', unit: 'e' }),
    teacherWith([], { code: 'two', unit: 'u', leads: ['d2', 'e'] }),
    teacherWith([], { code: 'both', unit: 'u', leads: ['d', 'faculty'] }),
  ]
  const totals = async (criteria: readonly Record<string, unknown>[]) =>
    new Map(
      [...(await rateTeachers(documentOf(criteria), people))].map(([code, { total }]) => [
        code,
        plain(total!),
      ]),
    )

  it('count for whoever leads the unit, each evidence once, with the departments of a faculty', async () => {
    expect(await totals([staff()])).toEqual(
      new Map([
        ['head-d', '31'],
        ['b-of-d', '0'],
        ['a-of-d', '0'],
        ['of-d2', '0'],
        ['dean', '131'],
        ['of-e', '0'],
        ['two', '11120'],
        ['both', '131'],
      ]),
    )
  })

  it('stand beside the own ones of another criterion', async () => {
    const both = await totals([staff(), { ...perValue('2'), area: 'A' }])
    expect([both.get('head-d'), both.get('of-e')]).toEqual(['33', '20000'])
  })

  it('name whose fact each line is, in the order of the people', async () => {
    const results = await rateTeachers(documentOf([staff()]), people)
    const codes = new Map([...results].map(([code, { teacher_id }]) => [teacher_id, code]))
    const lines = results
      .get('head-d')!
      .lines.map(({ amount, fact_no, fact_teacher_id }) => [
        codes.get(fact_teacher_id!),
        fact_no,
        plain(amount),
      ])
    expect(lines).toEqual([
      ['a-of-d', 1, '20'],
      ['b-of-d', 1, '10'],
      ['head-d', 1, '1'],
    ])
  })

  it('of one evidence count the first that the conditions take', async () => {
    const facts = (role: string, value: number) => [worth(value, { evidence: 'one', role })]
    const results = await rateTeachers(
      documentOf([
        staff({ where: [{ value: 'role', is: ['lead'] }], points: { kind: 'formula', formula: 'value' } }),
      ]),
      [
        teacherWith(facts('author', 5), { code: 'a' }),
        teacherWith(facts('lead', 5), { code: 'b' }),
        teacherWith([], { code: 'head', leads: ['d'] }),
      ],
    )
    expect(plain(results.get('head')!.total!)).toBe('5')
  })

  it('read values of the leader as those of the teacher', async () => {
    const points = { kind: 'formula', formula: "if(teacher.position = 'professor', 2, 1) * value" }
    const results = await rateTeachers(documentOf([staff({ points })]), [
      teacherWith([worth(5)], { code: 'a' }),
      teacherWith([], { code: 'head', position: 'professor', leads: ['d'] }),
    ])
    expect(plain(results.get('head')!.total!)).toBe('10')
  })

  it('block their leader alone, naming fact and person', async () => {
    const results = await rateTeachers(documentOf([staff()]), [
      teacherWith([worth(5), thing()], { code: 'a' }),
      teacherWith([], { code: 'head', leads: ['d'] }),
    ])
    expect(results.get('a')!.status).toBe('ranked')
    expect(results.get('head')).toMatchObject({
      status: 'blocked',
      reasons: [{ code: 'value-unknown', clause: 'C1', params: { value: 'value', teacher: 'a' } }],
    })
  })

  it("are the same facts as the leader's own, where one of them is counted once", async () => {
    const once = [{ id: 'O', title: text('O'), criteria: ['C1', 'C2'] }]
    const results = await rateTeachers(documentOf([perValue(), staff()], { once }), [
      teacherWith([worth(3)], { code: 'a' }),
      teacherWith([worth(5)], { code: 'head', leads: ['d'] }),
    ])
    expect(shownLines(results.get('head')!)).toEqual([
      ['points', 'C1', '5'],
      ['points', 'C2', '3'],
      ['points', 'C2', '5'],
      ['once', 'O', '-5'],
    ])
  })

  it('can be counted once, kept and taken together', async () => {
    const keep = [{ id: 'K', title: text('K'), most: 1 }]
    expect((await totals([staff({ keep })])).get('dean')).toBe('100')
    expect((await totals([staff({ together: 'maximum' })])).get('two')).toBe('10000')
  })
})

it('tells numbers with zeros at their end, as an average in a query has them, from no others', async () => {
  const other = await createTestDatabase()
  const counted = [1, 2].map(() => ({ indicator: 'example.thing', attributes: {}, quantity: '1' }))
  await enterExample(other, [teacherWith(counted)])
  await sql`update example_count set attributes = case when ctid = (select min(ctid) from example_count)
    then '{"mean": 4}' else '{"mean": 4.00}' end::jsonb`.execute(other.db)
  const table = { kind: 'table', by: 'mean', points: { '4': '10' }, otherwise: 'block' }
  const document = documentOf([
    { points: table, where: [{ value: 'mean', is: ['4'] }] },
    { where: [{ value: 'mean', isNot: ['4'] }] },
    { keep: [{ id: 'K', title: text('K'), most: 1, per: ['mean'] }] },
  ])
  const { results } = await rateExample(other, document)
  expect(shownLines(results.get('T')!)).toEqual([
    ['points', 'C1', '10'],
    ['points', 'C1', '10'],
    ['points', 'C3', '1'],
    ['points', 'C3', '1'],
    ['keep', 'K', '-1'],
  ])
  await other.drop()
})

describe('amendments', () => {
  it('change an old period as known now, and leave it as it was known then, on the same snapshot', async () => {
    const other = await createTestDatabase()
    await enterExample(other, [
      teacherWith([worth(2)], { code: 'hit' }),
      teacherWith([], { code: 'untouched' }),
    ])
    const amendments = [
      {
        id: 'court',
        title: text('Court'),
        source: 'no. 1',
        knownFrom: '2026-11-01',
        annul: ['C2'],
        points: { C1: { kind: 'per-unit', points: '7' } },
      },
    ]
    const [plainly, amended] = [{}, { amendments }].map((more) =>
      documentOf([perValue(), perValue('10')], more),
    )
    const before = await rateExample(other, plainly!)
    const at = async (knownAt: string | null) =>
      await rateExample(other, amended!, { snapshotId: before.outcome.snapshotId, knownAt })
    const [then, now, again] = [await at('2026-10-31'), await at(null), await at('2026-11-01')]
    const totals = [before, then, now, again].map(({ results }) => plain(results.get('hit')!.total!))
    expect(totals).toEqual(['22', '22', '7', '7'])
    expect(now.outcome.hash).toBe(again.outcome.hash)
    expect(now.outcome.hash).not.toBe(then.outcome.hash)
    await other.drop()
  })
})
