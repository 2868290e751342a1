import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { enterExample, rateExample } from './example-university.ts'
import type { ExampleFact, ExampleResult } from './example-university.ts'
import { documentOf, plain, teacherWith, thing } from './points.example.ts'

/** One fact, what counts it, and the lines (kind and amount) that come of it; `null`: it blocks with this code and these params. */
interface Case {
  name: string
  fact: ExampleFact
  criterion: Record<string, unknown>
  lines?: [string, string][]
  blocked?: [string, Record<string, unknown>]
}

const text = (word: string) => ({ kk: word, ru: word, en: word })
const perValue = (more: Record<string, unknown>) => ({ points: { kind: 'per-value', of: 'value', ...more } })
const given = (value: unknown) => thing({ value })
const tiers = {
  points: {
    kind: 'tiers',
    of: 'value',
    tiers: [
      { from: null, to: '10', toInclusive: false, points: '-5' },
      { from: '10', to: '20', points: '1' },
      { from: '20', to: '30', fromInclusive: false, points: '2' },
    ],
    otherwise: 'block',
  },
}
const table = {
  points: {
    kind: 'table',
    by: 'level',
    column: 'field',
    points: { world: { science: '40', arts: '50' }, country: { science: '20', arts: '25' } },
    otherwise: '3',
    whenUnknown: '1',
  },
}
const expert = { points: { kind: 'expert', from: '1', to: '5' } }
const fixed = (points = '100') => ({ points: { kind: 'per-unit', points } })
const split = (kind: string, more: Record<string, unknown> = {}) => ({ ...fixed(), split: { kind, ...more } })
const lead = { leading: ['first', 'corresponding'], leadingPart: '0.7', othersPart: '0.3' }

const cases: Case[] = [
  {
    name: 'linear with an offset',
    fact: given(20),
    criterion: perValue({ points: '15', per: '50', plus: '-15' }),
    lines: [['points', '-9']],
  },
  {
    name: 'an offset that just makes up',
    fact: given(50),
    criterion: perValue({ points: '15', per: '50', plus: '-15' }),
    lines: [['points', '0']],
  },
  {
    name: 'held from below',
    fact: given(20),
    criterion: perValue({ points: '15', per: '50', plus: '-15', least: '0' }),
    lines: [['points', '0']],
  },
  {
    name: 'held from above',
    fact: given(500),
    criterion: perValue({ points: '1', most: '100' }),
    lines: [['points', '100']],
  },
  { name: 'h-index', fact: given(7), criterion: perValue({ points: '10' }), lines: [['points', '70']] },
  {
    name: 'a third carried to 12 decimals',
    fact: given(1),
    criterion: perValue({ points: '1', per: '3' }),
    lines: [['points', '0.333333333333']],
  },
  {
    name: 'blocks: one short of the next',
    fact: given(39),
    criterion: perValue({ points: '3', per: '10', wholeBlocks: true }),
    lines: [['points', '9']],
  },
  {
    name: 'blocks: exactly the next',
    fact: given(40),
    criterion: perValue({ points: '3', per: '10', wholeBlocks: true }),
    lines: [['points', '12']],
  },
  {
    name: 'above a threshold: at it',
    fact: given(20),
    criterion: perValue({ points: '1', above: '20' }),
    lines: [['points', '0']],
  },
  {
    name: 'above a threshold: a bit over',
    fact: given(20.5),
    criterion: perValue({ points: '1', above: '20' }),
    lines: [['points', '0.5']],
  },
  {
    name: 'an unknown value held from below still blocks',
    fact: thing(),
    criterion: perValue({ points: '1', least: '5' }),
    blocked: ['value-unknown', { value: 'value' }],
  },
  {
    name: 'an unknown value with points of its own',
    fact: thing(),
    criterion: perValue({ points: '1', least: '5', whenUnknown: '2' }),
    lines: [['points', '2']],
  },

  { name: 'tiers: below the first end', fact: given(9.999), criterion: tiers, lines: [['points', '-5']] },
  { name: 'tiers: on a closed end', fact: given(10), criterion: tiers, lines: [['points', '1']] },
  {
    name: 'tiers: on the end of one that the next leaves out',
    fact: given(20),
    criterion: tiers,
    lines: [['points', '1']],
  },
  { name: 'tiers: just after an open end', fact: given(20.001), criterion: tiers, lines: [['points', '2']] },
  {
    name: 'tiers: beyond them all, which blocks',
    fact: given(31),
    criterion: tiers,
    blocked: ['value-without-points', { value: 'value', found: '31' }],
  },
  {
    name: 'tiers: not a number',
    fact: given('x'),
    criterion: tiers,
    blocked: ['value-unknown', { value: 'value' }],
  },

  {
    name: 'table: row and column',
    fact: thing({ level: 'country', field: 'arts' }),
    criterion: table,
    lines: [['points', '25']],
  },
  {
    name: 'table: a row that is not there',
    fact: thing({ level: 'city', field: 'arts' }),
    criterion: table,
    lines: [['points', '3']],
  },
  {
    name: 'table: a column that is not there',
    fact: thing({ level: 'world', field: 'law' }),
    criterion: table,
    lines: [['points', '3']],
  },
  {
    name: 'table: an unknown column',
    fact: thing({ level: 'world' }),
    criterion: table,
    lines: [['points', '1']],
  },
  {
    name: 'table: times the quantity',
    fact: { ...thing({ place: 1 }), indicator: 'example.count', quantity: '3' },
    criterion: { points: { kind: 'table', by: 'place', points: { 1: '70' } } },
    lines: [['points', '210']],
  },
  {
    name: 'table: a value without a row blocks where it says so',
    fact: thing({ place: 4 }),
    criterion: { points: { kind: 'table', by: 'place', points: { 1: '70' }, otherwise: 'block' } },
    blocked: ['value-without-points', { value: 'place', found: '4' }],
  },

  {
    name: 'formula',
    fact: thing({ value: 8 }),
    criterion: { points: { kind: 'formula', formula: '3 * value ^ 2 - 1' } },
    lines: [['points', '191']],
  },
  {
    name: 'formula: an unknown value',
    fact: thing({ kind: 'b' }),
    criterion: { points: { kind: 'formula', formula: "if(kind = 'a', value, pages)" } },
    blocked: ['value-unknown', { value: 'pages' }],
  },
  {
    name: 'formula: division by 0',
    fact: thing({ value: 0 }),
    criterion: { points: { kind: 'formula', formula: '1 / value' } },
    blocked: ['formula-without-result', { formula: '1 / value' }],
  },
  {
    name: 'formula: unknown with points of its own',
    fact: thing(),
    criterion: { points: { kind: 'formula', formula: '1 / value', whenUnknown: '0.5' } },
    lines: [['points', '0.5']],
  },
  {
    name: 'formula over the teacher',
    fact: thing(),
    criterion: {
      points: { kind: 'formula', formula: "if(teacher.position = 'lecturer', 10, 5) * teacher.rate" },
    },
    lines: [['points', '10']],
  },
  {
    name: 'formula over service',
    fact: thing(),
    criterion: {
      points: { kind: 'formula', formula: 'teacher.serviceYears + teacher.employedDays - teacher.leaveDays' },
    },
    lines: [['points', '376']],
  },
  {
    name: 'formula over units',
    fact: thing(),
    criterion: {
      points: {
        kind: 'formula',
        formula: "if(teacher.department = 'd' and teacher.faculty = 'faculty', 1, 2)",
      },
    },
    lines: [['points', '1']],
  },

  {
    name: 'expert: within, on the end',
    fact: thing({}, { expertPoints: '5' }),
    criterion: expert,
    lines: [['points', '5']],
  },
  {
    name: 'expert: outside',
    fact: thing({}, { expertPoints: '5.5' }),
    criterion: expert,
    blocked: ['expert-points-out-of-range', { value: 'expertPoints', found: '5.5', from: '1', to: '5' }],
  },
  {
    name: 'expert: not given yet',
    fact: thing(),
    criterion: expert,
    blocked: ['value-unknown', { value: 'expertPoints' }],
  },

  {
    name: 'coefficients in turn',
    fact: thing({ quartile: 2 }, { role: 'executor' }),
    criterion: { ...fixed(), factors: ['Q', 'R'] },
    lines: [
      ['points', '100'],
      ['factor', '50'],
      ['factor', '-75'],
    ],
  },
  {
    name: 'a coefficient of 1 writes no line',
    fact: thing({ quartile: 3 }, { role: 'lead' }),
    criterion: { ...fixed(), factors: ['Q', 'R'] },
    lines: [['points', '100']],
  },
  {
    name: 'a coefficient does not count the quantity again',
    fact: { ...thing({ quartile: 2 }), indicator: 'example.count', quantity: '3' },
    criterion: { ...fixed('10'), factors: ['Q'] },
    lines: [
      ['points', '30'],
      ['factor', '15'],
    ],
  },
  {
    name: 'a coefficient of a negative line',
    fact: thing({ quartile: 2 }),
    criterion: { ...fixed('-10'), factors: ['Q'] },
    lines: [
      ['points', '-10'],
      ['factor', '-5'],
    ],
  },
  {
    name: 'an unknown coefficient',
    fact: thing({ quartile: 2 }),
    criterion: { ...fixed(), factors: ['Q', 'R'] },
    blocked: ['value-unknown', { value: 'role', coefficient: 'R' }],
  },
  {
    name: 'decay: within the last year',
    fact: thing({}, { happenedOn: '2025-09-01' }),
    criterion: { ...fixed(), factors: ['D'] },
    lines: [['points', '100']],
  },

  {
    name: 'split: equal among three',
    fact: thing({}, { participants: 3 }),
    criterion: split('equal'),
    lines: [
      ['points', '100'],
      ['split', '-66.666666666667'],
    ],
  },
  {
    name: 'split: by share',
    fact: thing({}, { participants: 3, share: '0.25' }),
    criterion: split('share'),
    lines: [
      ['points', '100'],
      ['split', '-75'],
    ],
  },
  {
    name: 'split: no share agreed',
    fact: thing({}, { participants: 3 }),
    criterion: split('share'),
    blocked: ['value-unknown', { value: 'share' }],
  },
  {
    name: 'author table: a row',
    fact: thing({}, { participants: 2 }),
    criterion: split('by-count', { parts: { 1: '1', 2: '0.8', 3: '0.6' }, beyond: '0.4' }),
    lines: [
      ['points', '100'],
      ['split', '-20'],
    ],
  },
  {
    name: 'author table: beyond its rows',
    fact: thing({}, { participants: 9 }),
    criterion: split('by-count', { parts: { 1: '1', 2: '0.8', 3: '0.6' }, beyond: '0.4' }),
    lines: [
      ['points', '100'],
      ['split', '-60'],
    ],
  },
  {
    name: 'author table: beyond its rows in equal parts',
    fact: thing({}, { participants: 8 }),
    criterion: split('by-count', { parts: { 1: '1', 2: '0.8' }, beyond: 'equal' }),
    lines: [
      ['points', '100'],
      ['split', '-87.5'],
    ],
  },
  {
    name: 'roles: who leads',
    fact: thing({}, { participants: 4, role: 'corresponding' }),
    criterion: split('by-role', lead),
    lines: [
      ['points', '100'],
      ['split', '-30'],
    ],
  },
  {
    name: 'roles: each of the others',
    fact: thing({}, { participants: 4, role: 'author' }),
    criterion: split('by-role', lead),
    lines: [
      ['points', '100'],
      ['split', '-70'],
    ],
  },
  {
    // One of four leads: the others divide 0.3 x 100 by 3.
    name: 'roles: the others divide',
    fact: thing({}, { participants: 4, role: 'author', roleCounts: { corresponding: 1, author: 3 } }),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    lines: [
      ['points', '100'],
      ['split', '-90'],
    ],
  },
  {
    // Two of four lead, of two roles that both are leading: the others divide 30 by 2.
    name: 'roles: the others divide beside two leaders',
    fact: thing(
      {},
      { participants: 4, role: 'author', roleCounts: { corresponding: 1, first: 1, author: 2 } },
    ),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    lines: [
      ['points', '100'],
      ['split', '-85'],
    ],
  },
  {
    // The same work by rules that call only one of the roles leading: 30 / 3.
    name: 'roles: who leads is told by the regulation',
    fact: thing(
      {},
      { participants: 4, role: 'author', roleCounts: { corresponding: 1, first: 1, author: 2 } },
    ),
    criterion: split('by-role', { ...lead, leading: ['corresponding'], othersDivide: true }),
    lines: [
      ['points', '100'],
      ['split', '-90'],
    ],
  },
  {
    // Three of the same role lead, one is left: 30 / 1.
    name: 'roles: the only other beside three leaders',
    fact: thing({}, { participants: 4, role: 'author', roleCounts: { corresponding: 3, author: 1 } }),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    lines: [
      ['points', '100'],
      ['split', '-70'],
    ],
  },
  {
    // Three of ten lead: 30 / 7, to 12 decimals.
    name: 'roles: seven others beside three leaders',
    fact: thing({}, { participants: 10, role: 'author', roleCounts: { corresponding: 3, author: 7 } }),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    lines: [
      ['points', '100'],
      ['split', '-95.714285714286'],
    ],
  },
  {
    name: 'roles: nobody leads',
    fact: thing({}, { participants: 3, role: 'author', roleCounts: { author: 3 } }),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    lines: [
      ['points', '100'],
      ['split', '-90'],
    ],
  },
  {
    name: 'roles: alone and not leading',
    fact: thing({}, { participants: 1, role: 'author' }),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    lines: [
      ['points', '100'],
      ['split', '-70'],
    ],
  },
  {
    name: 'roles: who leads does not depend on the others',
    fact: thing({}, { participants: 4, role: 'corresponding', roleCounts: { corresponding: 1 } }),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    lines: [
      ['points', '100'],
      ['split', '-30'],
    ],
  },
  {
    name: 'roles: somebody else has no role, who might lead',
    fact: thing({}, { participants: 4, role: 'author', roleCounts: { corresponding: 1, author: 2 } }),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    blocked: ['value-unknown', { value: 'roleCounts' }],
  },
  {
    name: 'roles: nobody counted those of the others',
    fact: thing({}, { participants: 4, role: 'author' }),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    blocked: ['value-unknown', { value: 'roleCounts' }],
  },
  {
    name: "roles: no role of one's own among others who divide",
    fact: thing({}, { participants: 4, roleCounts: { corresponding: 1, author: 2 } }),
    criterion: split('by-role', { ...lead, othersDivide: true }),
    blocked: ['value-unknown', { value: 'role' }],
  },
  {
    name: 'roles: unknown',
    fact: thing({}, { participants: 4 }),
    criterion: split('by-role', lead),
    blocked: ['value-unknown', { value: 'role' }],
  },
  {
    name: 'order: the second author',
    fact: thing({}, { participants: 3, ordinal: 2 }),
    criterion: split('by-order', { parts: ['0.4', '0.4', '0.2'] }),
    lines: [
      ['points', '100'],
      ['split', '-60'],
    ],
  },
  {
    name: 'order: after the last part',
    fact: thing({}, { participants: 5, ordinal: 4 }),
    criterion: split('by-order', { parts: ['0.4', '0.4', '0.2'] }),
    lines: [
      ['points', '100'],
      ['split', '-100'],
    ],
  },
  {
    name: 'formula of the university authors',
    fact: thing({}, { participants: 40, affiliatedCount: 2 }),
    criterion: split('formula', { formula: 'max(0.1, affiliated / participants)' }),
    lines: [
      ['points', '100'],
      ['split', '-90'],
    ],
  },
  {
    name: 'formula: 1.8 / n up to six',
    fact: thing({}, { participants: 6 }),
    criterion: split('formula', {
      formula: 'if(participants = 1, 1, if(participants <= 6, 1.8 / participants, 0))',
    }),
    lines: [
      ['points', '100'],
      ['split', '-70'],
    ],
  },
  {
    name: 'formula: 1.8 / n with seven',
    fact: thing({}, { participants: 7 }),
    criterion: split('formula', { formula: 'if(participants <= 6, 1.8 / participants, 0)' }),
    lines: [
      ['points', '100'],
      ['split', '-100'],
    ],
  },
  {
    name: 'formula: square root',
    fact: thing({}, { participants: 4, affiliatedCount: 1 }),
    criterion: split('formula', { formula: 'sqrt(affiliated / participants)' }),
    lines: [
      ['points', '100'],
      ['split', '-50'],
    ],
  },
  {
    name: 'a minimum that is missed',
    fact: thing({ sheets: 4.9 }, { participants: 2 }),
    criterion: split('equal', { minimum: { of: 'sheets', perParticipant: '2.5' } }),
    lines: [
      ['points', '100'],
      ['split', '-50'],
      ['minimum', '-50'],
    ],
  },
  {
    name: 'an unknown minimum',
    fact: thing({}, { participants: 2 }),
    criterion: split('equal', { minimum: { of: 'sheets', perParticipant: '2.5' } }),
    blocked: ['value-unknown', { value: 'sheets' }],
  },
  {
    name: 'the most a fact can give',
    fact: given(90),
    criterion: { ...perValue({ points: '1' }), capPerFact: '40' },
    lines: [
      ['points', '90'],
      ['fact-cap', '-50'],
    ],
  },
  {
    name: 'the most of an unknown fact is unknown',
    fact: thing(),
    criterion: { ...perValue({ points: '1' }), capPerFact: '40' },
    blocked: ['value-unknown', { value: 'value' }],
  },
  { name: 'a penalty', fact: given(3), criterion: perValue({ points: '-2.5' }), lines: [['points', '-7.5']] },

  {
    name: 'the floor of a criterion',
    fact: given(3),
    criterion: { ...perValue({ points: '1' }), floor: '10' },
    lines: [
      ['points', '3'],
      ['floor', '7'],
    ],
  },
  {
    name: 'the floor of a penalty',
    fact: given(30),
    criterion: { ...perValue({ points: '-1' }), floor: '-20' },
    lines: [
      ['points', '-30'],
      ['floor', '10'],
    ],
  },
  {
    name: 'the cap of a criterion',
    fact: given(30),
    criterion: { ...perValue({ points: '1' }), cap: '20' },
    lines: [
      ['points', '30'],
      ['cap', '-10'],
    ],
  },

  {
    name: 'any: the second alternative',
    fact: thing({ level: 'world' }),
    criterion: {
      where: [
        {
          any: [
            { value: 'pages', atLeast: '5' },
            { value: 'level', is: ['world'] },
          ],
        },
      ],
    },
    lines: [['points', '1']],
  },
  {
    name: 'any: none',
    fact: thing({ level: 'city', pages: 4 }),
    criterion: {
      where: [
        {
          any: [
            { value: 'pages', atLeast: '5' },
            { value: 'level', is: ['world'] },
          ],
        },
      ],
    },
    lines: [],
  },
  {
    name: 'a formula that holds',
    fact: thing({ pages: 6 }, { participants: 2 }),
    criterion: { where: [{ formula: 'pages >= 3 * participants' }] },
    lines: [['points', '1']],
  },
  {
    name: 'a formula that is unknown does not hold',
    fact: thing({}, { participants: 2 }),
    criterion: { where: [{ formula: 'pages >= 3 * participants' }] },
    lines: [],
  },
  {
    name: 'above: on the end',
    fact: given(5),
    criterion: { where: [{ value: 'value', above: '5' }] },
    lines: [],
  },
  {
    name: 'below: under the end',
    fact: given(4.99),
    criterion: { where: [{ value: 'value', below: '5' }] },
    lines: [['points', '1']],
  },
  {
    name: 'a condition over the teacher',
    fact: thing(),
    criterion: { where: [{ value: 'teacher.position', is: ['professor'] }] },
    lines: [],
  },
  {
    name: 'a condition over whose fact it is: everybody has a code',
    fact: thing(),
    criterion: { where: [{ value: 'person', isNot: ['nobody'] }] },
    lines: [['points', '1']],
  },
  {
    name: 'a condition over citizenship',
    fact: thing(),
    criterion: { where: [{ value: 'teacher.citizenship', is: ['KZ'] }] },
    lines: [['points', '1']],
  },
]

const coefficients = [
  {
    id: 'Q',
    title: text('Q'),
    rule: { kind: 'table', by: 'quartile', points: { 1: '2', 2: '1.5' }, otherwise: '1' },
  },
  { id: 'R', title: text('R'), rule: { kind: 'table', by: 'role', points: { lead: '1', executor: '0.5' } } },
  { id: 'D', title: text('D'), rule: { kind: 'formula', formula: 'max(0, 1 - age / 5)' } },
]

/** Facts and criteria are told apart by the number of their case. */
const document = documentOf(
  cases.map(({ criterion, fact }, index) => ({
    indicator: fact.indicator,
    ...criterion,
    where: [{ value: 'case', is: [String(index)] }, ...((criterion['where'] as unknown[] | undefined) ?? [])],
  })),
  { coefficients },
)

let database: TestDatabase
let rated: ExampleResult
beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(
    database,
    cases.map(({ fact }, index) =>
      teacherWith([{ ...fact, attributes: { ...fact.attributes, case: index } }], {
        code: `T${index}`,
        citizenship: 'KZ',
      }),
    ),
  )
  rated = await rateExample(database, document)
})
afterAll(async () => {
  await database.drop()
})

describe('from a fact to points', () => {
  it.each(cases.map((example, index) => ({ ...example, index })))('$name', ({ index, lines, blocked }) => {
    const result = rated.results.get(`T${index}`)!
    if (blocked) {
      const [code, params] = blocked
      expect(result).toMatchObject({ status: 'blocked', total: null })
      expect(result.reasons).toEqual([{ code, clause: `C${index + 1}`, params: { factNo: 1, ...params } }])
      return
    }
    expect(result.reasons).toEqual([])
    expect(result.lines.map(({ kind, amount }) => [kind, plain(amount)])).toEqual(lines)
  })

  it('names the coefficient as the clause of its line', () => {
    const index = cases.findIndex(({ name }) => name === 'coefficients in turn')
    expect(rated.results.get(`T${index}`)!.lines.map(({ clause }) => clause)).toEqual([
      `C${index + 1}`,
      'Q',
      'R',
    ])
  })
})
