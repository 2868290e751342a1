import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languages } from '../../contract/text.ts'
import { createTexts } from '../../messages/texts.ts'
import { loadListedPlugins } from '../../plugins/plugin-list.ts'
import { criterionInput, exampleDocument, exampleSupply } from '../example-document.ts'
import { parseRegulation } from '../parse-document.ts'
import { readSupply } from '../read-supply.ts'
import { createTestApp } from '../../testing/create-test-app.ts'
import type { TestApp } from '../../testing/create-test-app.ts'
import type { Supply } from '../check/supply.ts'
import { findIssues } from '../find-issues.ts'

const title = { kk: 'x', ru: 'x', en: 'x' }
/** What the small example has in any case: one clause that shares nothing and grows with its value, and no word of appeals. */
const usual = ['co-authors-full', 'appeals-missing']

/** Codes of warnings and notes with the clause, each with a whole text in every language. */
function lint(changes: Record<string, unknown>): string[] {
  const findings = findIssues(exampleDocument(changes), exampleSupply)
  return findings.flatMap(({ code, params, severity }) => {
    for (const language of languages) {
      expect(createTexts().issue(language, code, params)).toMatch(/^(?!regulation\.)[^{}]+$/)
    }
    const name = code.replace('regulation.', '')
    return severity === 'error' || usual.includes(name) ? [] : [`${name} ${String(params['clause'])}`]
  })
}
const criteria = (...all: [id: string, changes: Record<string, unknown>][]) =>
  lint({
    criteria: all.map(([id, changes]) =>
      criterionInput(id, { points: fixed('10'), unit: 'printed-sheet', ...changes }),
    ),
  })
const fixed = (points: string) => ({ kind: 'per-unit', points })
const where = (...conditions: object[]) => ({ where: conditions })

test('a document without doubtful parts has no findings but errors', () => {
  expect(lint({ norms: [], bands: [] })).toEqual([])
})

test('silence about appeals is noted, and an appeal that hardly leaves time is doubtful', () => {
  const findings = (changes: Record<string, unknown>) =>
    findIssues(exampleDocument(changes), exampleSupply).flatMap(({ code, severity }) =>
      code.includes('appeals') ? [`${severity} ${code}`] : [],
    )
  const appeals = { id: '15', title, days: 3, answeredBy: title, answerDays: 2 }
  expect(findings({})).toEqual(['note regulation.appeals-missing'])
  expect(findings({ appeals })).toEqual(['warning regulation.appeals-short'])
  expect(findings({ appeals: { ...appeals, days: 4 } })).toEqual([])
})

test('a fact that two criteria count is found, unless a list says under which', () => {
  const two = {
    criteria: [criterionInput('a', { points: fixed('1') }), criterionInput('b', { points: fixed('1') })],
    norms: [],
    bands: [],
  }
  expect(lint(two)).toEqual(['counted-twice b'])
  expect(lint({ ...two, once: [{ id: 'O', title, criteria: ['a', 'b'] }] })).toEqual([])
  const apart = [
    criterionInput('a', { points: fixed('1'), where: [{ value: 'type', is: ['textbook'] }] }),
    criterionInput('b', { points: fixed('1'), where: [{ value: 'type', is: ['manual'] }] }),
  ]
  expect(lint({ ...two, criteria: apart })).toEqual([])
})

test('of many criteria that count the same, each is found once and says with how many', () => {
  const alike = Array.from({ length: 400 }, (_, index) => criterionInput(`c${index}`, { points: fixed('1') }))
  const document = exampleDocument({ criteria: alike, norms: [], bands: [] })
  const found = findIssues(document, exampleSupply).filter(({ code }) => code.includes('counted'))
  expect(found).toHaveLength(399)
  expect(found[0]).toMatchObject({ code: 'regulation.counted-twice', params: { clause: 'c1', other: 'c0' } })
  expect(found.at(-1)).toMatchObject({
    code: 'regulation.counted-often',
    params: { clause: 'c399', others: ['c0', 'c1', 'c2', 'c3', 'c4'], count: 399 },
  })
})

test('numbers between two tiers or bands are found; touching ones and neighbouring whole numbers are none', () => {
  const tiers = (...rows: object[]) =>
    lint({
      norms: [],
      bands: [],
      criteria: [
        criterionInput('t', {
          points: { kind: 'tiers', of: 'sheets', tiers: rows.map((row) => ({ ...row, points: '1' })) },
        }),
      ],
    })
  expect(tiers({ from: '80', to: '95' }, { from: '96', to: '100' })).toEqual(['tiers-gap t'])
  expect(tiers({ from: '80', to: '96', toInclusive: false }, { from: '96', to: '100' })).toEqual([])
  expect(
    tiers({ from: '80', to: '96', toInclusive: false }, { from: '96', to: '100', fromInclusive: false }),
  ).toEqual(['tiers-gap t'])
  const rule = {
    kind: 'tiers',
    of: 'participants',
    tiers: [
      { from: '1', to: '1', points: '1' },
      { from: '2', to: null, points: '0.5' },
    ],
  }
  const coefficients = [{ id: 'k', title, rule }]
  const counted = [criterionInput('t', { points: fixed('1'), factors: ['k'] })]
  expect(lint({ norms: [], bands: [], coefficients, criteria: counted })).toEqual([])
  const bands = [
    { id: 'low', title, from: '0', to: '5' },
    { id: 'high', title, from: '6', to: null },
  ]
  expect(lint({ norms: [], bands, criteria: [criterionInput('c', { points: fixed('3') })] })).toContain(
    'bands-gap high',
  )
})

test('bands no total reaches are found: above all caps, below the lowest total', () => {
  const weighting = { id: 'shares.points' }
  const supply = { ...exampleSupply, weighting: () => null }
  const bandsOf = (changes: Record<string, unknown>) =>
    findIssues(exampleDocument({ weighting, norms: [], ...changes }), supply)
      .filter(({ code }) => code === 'regulation.band-unreachable')
      .map(({ params }) => params['clause'])
  const areas = [{ id: 'A1', title, cap: '100' }]
  const band = (id: string, from: string | null, to: string | null) => ({ id, title, from, to })
  const counted = [criterionInput('c', { points: fixed('3') })]
  expect(
    bandsOf({
      areas,
      criteria: counted,
      bands: [band('a', null, '0'), band('b', '0', '101'), band('c2', '101', null)],
    }),
  ).toEqual(['a', 'c2'])
  const norms = [{ id: 'N', title, byPosition: { professor: '40', lecturer: '10' } }]
  expect(
    bandsOf({
      areas,
      norms,
      criteria: counted,
      bands: [band('a', null, '-40'), band('b', '-40', '91'), band('d', '91', null)],
    }),
  ).toEqual(['a', 'd'])
  expect(
    bandsOf({ bandsBy: 'league-percent', bands: [band('top', '0', '10'), band('no', '101', null)] }),
  ).toEqual(['no'])
})

test('a condition that no value can fulfil is found', () => {
  expect(criteria(['c', where({ value: 'share', above: '1' })])).toContain('condition-unreachable c')
  expect(criteria(['c', where({ value: 'share', atLeast: '1' })])).not.toContain('condition-unreachable c')
})

test('choices the table does not name are found, unless a condition keeps them out or the document says what they give', () => {
  const table = (points: object) => ({ points: { kind: 'table', by: 'type', ...points } })
  expect(criteria(['c', table({ points: { textbook: '1' } })])).toContain('choices-without-points c')
  expect(criteria(['c', table({ points: { textbook: '1' }, otherwise: '2' })])).not.toContain(
    'choices-without-points c',
  )
  expect(
    criteria([
      'c',
      { ...table({ points: { textbook: '1' } }), ...where({ value: 'type', is: ['textbook'] }) },
    ]),
  ).not.toContain('choices-without-points c')
})

test('a threshold on one value with points by another is found', () => {
  const byType = { points: { kind: 'table', by: 'type', points: { textbook: '1', manual: '1' } } }
  expect(criteria(['c', { ...byType, ...where({ value: 'sheets', atLeast: '25' }) }])).toContain(
    'threshold-not-scored c',
  )
})

test('counting what is unknown where what is known must pass a threshold is found', () => {
  const found = criteria(
    ['known', where({ value: 'sheets', atLeast: '25' })],
    ['unknown', where({ value: 'sheets', unknown: true })],
  )
  expect(found).toContain('unknown-counts unknown')
})

test('a more demanding clause that gives less is found', () => {
  const hard = where({ value: 'type', is: ['textbook'] }, { value: 'electronic', is: [true] })
  const easy = where({ value: 'type', is: ['textbook', 'manual'] })
  expect(
    criteria(['hard', { ...hard, points: fixed('50') }], ['easy', { ...easy, points: fixed('100') }]),
  ).toContain('demanding-earns-less hard')
  expect(
    criteria(['hard', { ...hard, points: fixed('150') }], ['easy', { ...easy, points: fixed('100') }]),
  ).not.toContain('demanding-earns-less hard')
})

test('points that grow without limit are found, a cap anywhere above ends it', () => {
  const grows = { points: { kind: 'per-value', of: 'sheets', points: '5', per: '1000' } }
  const other = ['fixed', where({ value: 'type', is: ['manual'] })] as [string, Record<string, unknown>]
  const apart = where({ value: 'type', is: ['textbook'] })
  expect(criteria(['grows', { ...grows, ...apart }], other)).toContain('unbounded grows')
  expect(criteria(['grows', { ...grows, ...apart, cap: '100' }], other)).not.toContain('unbounded grows')
  const finding = findIssues(
    exampleDocument({
      criteria: [
        criterionInput('grows', { ...grows, ...apart }),
        criterionInput('fixed', { ...other[1], points: fixed('200') }),
      ],
    }),
    exampleSupply,
  ).find(({ code }) => code === 'regulation.unbounded')
  expect(finding?.params).toMatchObject({ amount: 40_000, other: 'fixed', points: 200 })
})

test('a cap that cannot bind is found, in criteria, groups and areas', () => {
  const keep = [{ id: 'K', title, most: 2 }]
  expect(criteria(['c', { keep, cap: '21' }])).toContain('cap-idle c')
  expect(criteria(['c', { keep, cap: '19' }])).not.toContain('cap-idle c')
  const bounded = [criterionInput('c', { points: fixed('10'), keep })]
  expect(lint({ norms: [], bands: [], criteria: bounded, areas: [{ id: 'A1', title, cap: '30' }] })).toEqual([
    'cap-idle A1',
  ])
  expect(
    lint({
      norms: [],
      bands: [],
      criteria: bounded,
      groups: [{ id: 'G', title, criteria: ['c'], cap: '30' }],
    }),
  ).toEqual(['cap-idle G'])
})

test('a unit that is not what is counted, an area without criteria, a position without league are found', () => {
  expect(criteria(['c', { unit: '1000-tenge' }])).toContain('unit-differs c')
  const oncePerPerson = { unit: 'person', keep: [{ id: 'k', title, most: 1, per: ['person'] }] }
  expect(criteria(['c', { unit: 'person' }])).toContain('unit-differs c')
  expect(criteria(['c', oncePerPerson])).not.toContain('unit-differs c')
  const areas = [
    { id: 'A1', title },
    { id: 'A2', title },
  ]
  expect(lint({ areas, norms: [], bands: [] })).toEqual(['area-empty A2'])
  const leagues = [{ id: 'L', title, positions: ['professor'] }]
  expect(lint({ leagues, norms: [], bands: [] })).toEqual(['position-without-league example'])
})

test('the shortest ways to the lowest norm are noted', () => {
  const [note] = findIssues(
    exampleDocument({ criteria: [criterionInput('c', { points: fixed('2') })] }),
    exampleSupply,
  ).filter(({ severity }) => severity === 'note')
  expect(note?.params).toMatchObject({ target: 5, ways: ['c × 3'] })
})

describe("the defects of KazUTB's tables are found", () => {
  let supply: Supply
  let server: TestApp
  beforeAll(async () => {
    server = await createTestApp({ found: await loadListedPlugins() })
    supply = await readSupply(server.context.db, server.context.host)
  })
  afterAll(async () => {
    await server.close()
  })

  test.each([
    [
      'teacher',
      [
        ['tiers-gap', { clause: '4.2.1', from: '95', to: '96' }],
        ['unknown-counts', { clause: '2.2.1-scopus-quartile', other: '2.2.1-scopus' }],
        ['counted-often', { clause: '2.2.3', count: 4 }],
        ['co-authors-full', { indicator: 'publications.work' }],
        ['unbounded', { clause: '3.4', amount: 100_000, other: '2.1.1' }],
        ['demanding-earns-less', { clause: '2.6.1', points: 50, other: '2.6.3', otherPoints: 100 }],
        ['lasting-every-year', { clause: '4.1.1' }],
      ],
    ],
    [
      'head',
      [
        ['unit-differs', { clause: '2.2.1', unit: '1000-tenge', counted: 'item' }],
        ['unit-differs', { clause: '2.2.2', unit: '1000-tenge', counted: 'item' }],
      ],
    ],
    ['dean', [['counted-twice', { clause: '1.2', other: '1.1' }]]],
  ] as const)('%s', async (table, expected) => {
    const file = new URL(`../../../regulations/kazutb-${table}.yaml`, import.meta.url)
    const findings = findIssues(parseRegulation(await readFile(file, 'utf8')), supply)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    for (const [code, params] of expected) {
      expect(findings, `${code} ${JSON.stringify(params)}`).toContainEqual(
        expect.objectContaining({
          code: `regulation.${code}`,
          params: expect.objectContaining(params) as unknown,
        }),
      )
    }
  })
})
