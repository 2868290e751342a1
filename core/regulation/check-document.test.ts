import { expect, test } from 'vitest'
import { languages } from '../contract/text.ts'
import { createTexts } from '../messages/texts.ts'
import { checkDocument } from './check-document.ts'
import { criterionInput, exampleDocument, exampleSupply } from './example-document.ts'

/** Faults as "path code"; each of core's must have a whole text in every language. */
function faultsOf(changes: Record<string, unknown>): string[] {
  return checkDocument(exampleDocument(changes), exampleSupply).map(({ path, code, params }) => {
    const messages = languages.map((language) => createTexts().issue(language, code, params))
    if (!code.startsWith('test.'))
      for (const message of messages) expect(message).toMatch(/^(?!regulation\.)[^{}]+$/)
    return `${path} ${code}`
  })
}
const criterion = (changes: Record<string, unknown>) =>
  faultsOf({ criteria: [criterionInput('1.1', changes)] })
const title = { kk: 'x', ru: 'x', en: 'x' }

test('a document that names only what is there has no faults', () => {
  expect(faultsOf({})).toEqual([])
})

test('an id that two clauses share is a fault, whatever their sections', () => {
  expect(faultsOf({ leagues: [{ id: '1.1', title, positions: ['professor'] }] })).toEqual([
    '/leagues/0/id regulation.id-twice',
  ])
})

test('a criterion must stand in an area and count facts somebody supplies', () => {
  expect(criterion({ area: 'A9', indicator: 'test.film' })).toEqual([
    '/criteria/0/area regulation.area-unknown',
    '/criteria/0/indicator regulation.indicator-unknown',
  ])
})

test('conditions name values of the facts and choices those can take', () => {
  const where = [
    { value: 'colour', is: ['red'] },
    { value: 'type', is: ['textbook', 'film'] },
    { value: 'stamp', isNot: ['gold'] },
    { value: 'electronic', is: [true, 'maybe'] },
    { value: 'role', is: ['author', 'editor'] },
    { value: 'title', is: ['any text'] },
  ]
  expect(criterion({ where })).toEqual([
    '/criteria/0/where/0/value regulation.value-unknown',
    '/criteria/0/where/1/is/1 regulation.choice-unknown',
    '/criteria/0/where/2/isNot/0 regulation.choice-unknown',
    '/criteria/0/where/3/is/1 regulation.choice-unknown',
    '/criteria/0/where/4/is/1 regulation.choice-unknown',
  ])
})

test('facts of a kind without roles have no role to ask for', () => {
  const where = [{ value: 'role', is: ['author'] }]
  expect(criterion({ indicator: 'test.leaflet', where })).toEqual([
    '/criteria/0/where/0/value regulation.value-unknown',
  ])
})

test('only numbers are compared; quantity, participants and share are numbers of every fact', () => {
  const where = [
    { value: 'title', atLeast: '2' },
    { value: 'sheets', atLeast: '2', atMost: '2' },
    { value: 'participants', atMost: '6' },
    { value: 'share', atLeast: '0.5' },
    { value: 'quantity', atLeast: '1' },
  ]
  expect(criterion({ where })).toEqual(['/criteria/0/where/0/value regulation.value-not-number'])
})

test('a condition that asks for nothing or for the impossible is a fault', () => {
  const where = [
    { value: 'sheets' },
    { value: 'sheets', atLeast: '3', atMost: '2' },
    { value: 'sheets', unknown: true, atLeast: '3' },
    { value: 'sheets', unknown: true },
  ]
  expect(criterion({ where })).toEqual([
    '/criteria/0/where/0 regulation.condition-never',
    '/criteria/0/where/1 regulation.condition-never',
    '/criteria/0/where/2 regulation.condition-never',
  ])
})

test('points by a value need a number', () => {
  expect(criterion({ points: { kind: 'per-value', of: 'title', points: '1' } })).toEqual([
    '/criteria/0/points/of regulation.value-not-number',
  ])
  expect(criterion({ points: { kind: 'per-value', of: 'pages', points: '1' } })).toEqual([
    '/criteria/0/points/of regulation.value-unknown',
  ])
})

test('rows of a table are choices of the value, or numbers as they are looked up', () => {
  const table = (by: string, ...rows: string[]) =>
    criterion({ points: { kind: 'table', by, points: Object.fromEntries(rows.map((row) => [row, '1'])) } })
  expect(table('type', 'textbook', 'film')).toEqual([
    '/criteria/0/points/points/film regulation.choice-unknown',
  ])
  expect(table('sheets', '2', '2.5', '2.50', 'two')).toEqual([
    '/criteria/0/points/points/2.50 regulation.choice-not-number',
    '/criteria/0/points/points/two regulation.choice-not-number',
  ])
  expect(table('pages', '1')).toEqual(['/criteria/0/points/by regulation.value-unknown'])
  expect(table('authors', '1')).toEqual(['/criteria/0/points/by regulation.value-no-choice'])
})

test('tiers rise, hold something and do not overlap; a gap between them is no fault', () => {
  const tiers = (...rows: object[]) =>
    criterion({
      points: { kind: 'tiers', of: 'sheets', tiers: rows.map((row) => ({ ...row, points: '1' })) },
    })
  const closed = { from: '1', to: '5' }
  expect(tiers(closed, { from: '6', to: null })).toEqual([])
  expect(tiers(closed, { from: '5', to: '9', fromInclusive: false })).toEqual([])
  expect(tiers(closed, { from: '5', to: '9' })).toEqual([
    '/criteria/0/points/tiers/1 regulation.ranges-overlap',
  ])
  expect(tiers({ from: '6', to: '9' }, closed)).toEqual([
    '/criteria/0/points/tiers/1 regulation.ranges-unordered',
  ])
  expect(tiers({ from: '5', to: '1' })).toEqual(['/criteria/0/points/tiers/0 regulation.range-empty'])
  expect(tiers({ from: '5', to: '5', toInclusive: false })).toEqual([
    '/criteria/0/points/tiers/0 regulation.range-empty',
  ])
  expect(tiers({ from: null, to: null }, closed)).toEqual([
    '/criteria/0/points/tiers/1 regulation.ranges-overlap',
  ])
})

test('the minimum of a split reads a number', () => {
  const split = { kind: 'equal', minimum: { of: 'title', perParticipant: '2.5' } }
  expect(criterion({ split })).toEqual(['/criteria/0/split/minimum/of regulation.value-not-number'])
})

test('caps are not negative', () => {
  expect(faultsOf({ areas: [{ id: 'A1', title, cap: '-1' }] })).toEqual([
    '/areas/0/cap regulation.cap-negative',
  ])
  expect(criterion({ cap: '-0.5' })).toEqual(['/criteria/0/cap regulation.cap-negative'])
  expect(criterion({ cap: '0' })).toEqual([])
})

test('bands touch but do not overlap', () => {
  const band = (id: string, from: string | null, to: string | null) => ({ id, title, from, to })
  expect(faultsOf({ bands: [band('B1', null, '10'), band('B2', '9.99', null)] })).toEqual([
    '/bands/1 regulation.ranges-overlap',
  ])
})

test('the period starts on a day that every year has', () => {
  expect(faultsOf({ periodStart: '02-29' })).toEqual(['/periodStart regulation.day-unknown'])
  expect(faultsOf({ periodStart: '02-28' })).toEqual([])
})

test('norms and leagues name positions of the university, each position in one league', () => {
  const norms = [
    { id: 'N', title, byPosition: { rector: '1' } },
    { id: 'N2', title, byPosition: {} },
  ]
  const leagues = [
    { id: 'L', title, positions: ['professor', 'dean'] },
    { id: 'L2', title, positions: ['lecturer', 'professor'] },
  ]
  expect(faultsOf({ norms, leagues })).toEqual([
    '/norms/0/byPosition/rector regulation.position-unknown',
    '/norms/0/byPosition regulation.norm-missing',
    '/norms/1/byPosition regulation.norm-empty',
    '/leagues/0/positions/1 regulation.position-unknown',
    '/leagues/1/positions/1 regulation.position-twice',
  ])
})

test('eligibility by a fact names a number of a fact somebody supplies', () => {
  const rule = (indicator: string, value: string) => [
    { id: 'E', title, kind: 'fact', indicator, value, atLeast: '100' },
  ]
  expect(faultsOf({ eligibility: rule('test.book', 'sheets') })).toEqual([])
  expect(faultsOf({ eligibility: rule('test.book', 'title') })).toEqual([
    '/eligibility/0/value regulation.value-not-number',
  ])
  expect(faultsOf({ eligibility: rule('test.plan', 'percent') })).toEqual([
    '/eligibility/0/indicator regulation.indicator-unknown',
  ])
})

test('the weighting exists, takes its parameters and gives weights', () => {
  expect(faultsOf({ weighting: { id: 'test.none' } })).toEqual(['/weighting/id regulation.weighting-unknown'])
  expect(faultsOf({ weighting: { id: 'test.shares', params: { shares: ['all'] } } })).toEqual([
    '/weighting/params/shares/0 type.number',
  ])
  expect(faultsOf({ weighting: { id: 'test.shares', params: { shares: [99] } } })).toEqual([
    '/weighting/params test.not-100',
  ])
})

test('a formula reads, over values that are there, and gives what its place needs', () => {
  const rule = (formula: string) => criterion({ points: { kind: 'formula', formula } })
  expect(rule("if(type = 'textbook', sheets * 2, participants) + teacher.rate")).toEqual([])
  expect(rule('2 * (sheets')).toEqual(['/criteria/0/points/formula regulation.formula-ends'])
  expect(rule('pages * 2')).toEqual(['/criteria/0/points/formula regulation.formula-value'])
  expect(rule('log(sheets)')).toEqual(['/criteria/0/points/formula regulation.formula-function'])
  expect(rule('sqrt(sheets, 2)')).toEqual(['/criteria/0/points/formula regulation.formula-arguments'])
  expect(rule('sheets > 2')).toEqual(['/criteria/0/points/formula regulation.formula-type'])
  expect(rule('sheets & 2')).toEqual(['/criteria/0/points/formula regulation.formula-unreadable'])
  expect(criterion({ where: [{ formula: 'sheets >= 3 * participants' }] })).toEqual([])
  expect(criterion({ where: [{ formula: 'sheets' }] })).toEqual([
    '/criteria/0/where/0/formula regulation.formula-type',
  ])
  expect(criterion({ split: { kind: 'formula', formula: 'max(0.1, affiliated / people)' } })).toEqual([
    '/criteria/0/split/formula regulation.formula-value',
  ])
})

test('facts of worked examples are such as somebody could enter', () => {
  const facts = [
    { indicator: 'test.book', data: { type: 'textbook', sheets: 2 }, role: 'author' },
    { indicator: 'test.book', data: { tipe: 'textbook' } },
    { indicator: 'test.book', data: { type: 'film' }, role: 'editor' },
    { indicator: 'test.film' },
  ]
  expect(faultsOf({ examples: [{ name: 'one', people: [{ facts }] }] })).toEqual([
    '/examples/0/people/0/facts/1/data/tipe regulation.value-unknown',
    '/examples/0/people/0/facts/2/data/type regulation.choice-unknown',
    '/examples/0/people/0/facts/2/role regulation.choice-unknown',
    '/examples/0/people/0/facts/3/indicator regulation.indicator-unknown',
  ])
})

test('what a clause names of another must be there', () => {
  const faults = faultsOf({
    criteria: [criterionInput('1.1', { factors: ['k'] })],
    groups: [{ id: 'G', title, criteria: ['1.1', '9.9'] }],
    once: [{ id: 'O', title, criteria: ['1.1', '8.8'] }],
    rollUps: [{ id: 'R', title, area: 'A9', from: ['A8'], statistic: 'mean', weight: '1' }],
    requirements: [
      {
        id: 'Q',
        title,
        checks: [{ of: ['7.7'], atLeast: '1' }],
        needed: 2,
        effect: { kind: 'band', notAbove: 'B9' },
      },
    ],
    money: { kind: 'bands', id: 'M', title, currency: 'KZT', byBand: { B9: '1' } },
    amendments: [{ id: 'D', title, source: 'court', knownFrom: '2026-01-01', annul: ['6.6'] }],
    ranking: { tieBreakers: ['A7'] },
  })
  expect(faults).toEqual([
    '/criteria/0/factors/0 regulation.coefficient-unknown',
    '/groups/0/criteria/1 regulation.criterion-unknown',
    '/once/0/criteria/1 regulation.criterion-unknown',
    '/rollUps/0/area regulation.area-unknown',
    '/rollUps/0/from/0 regulation.area-unknown',
    '/ranking/tieBreakers/0 regulation.area-unknown',
    '/requirements/0/checks/0/of/0 regulation.clause-unknown',
    '/requirements/0/needed regulation.needed-too-many',
    '/requirements/0/effect/notAbove regulation.band-unknown',
    '/money/byBand/B9 regulation.band-unknown',
    '/amendments/0/annul/0 regulation.clause-unknown',
  ])
})

test('criteria of a group stand in one area', () => {
  const areas = ['A1', 'A2'].map((id) => ({ id, title }))
  const criteria = [criterionInput('1.1'), criterionInput('2.1', { area: 'A2' })]
  expect(faultsOf({ areas, criteria, groups: [{ id: 'G', title, criteria: ['1.1', '2.1'] }] })).toEqual([
    '/groups/0/criteria regulation.group-areas',
  ])
})

test('a condition has one form; conditions about people name values of people', () => {
  expect(criterion({ where: [{ value: 'type', is: ['textbook'], formula: 'sheets > 1' }, {}] })).toEqual([
    '/criteria/0/where/0 regulation.condition-form',
    '/criteria/0/where/1 regulation.condition-form',
  ])
  const where = [
    { value: 'sheets', atLeast: '1' },
    { value: 'teacher.position', is: ['rector'] },
    { value: 'teacher.rate', atLeast: '1' },
  ]
  expect(faultsOf({ eligibility: [{ id: 'E', title, kind: 'teacher', where }] })).toEqual([
    '/eligibility/0/where/0/value regulation.value-unknown',
    '/eligibility/0/where/1/is/0 regulation.choice-unknown',
  ])
})

test('a rule for all facts together reads one number and stands alone', () => {
  expect(criterion({ together: 'sum' })).toEqual([])
  const table = { kind: 'table', by: 'type', points: { textbook: '1' } }
  expect(criterion({ together: 'sum', points: table })).toEqual([
    '/criteria/0/together regulation.together-alone',
  ])
  expect(criterion({ together: 'sum', split: { kind: 'equal' } })).toEqual([
    '/criteria/0/together regulation.together-alone',
  ])
})

test('a formula is read, its values are there, and each is what it is worked with', () => {
  const formula = (text: string) => criterion({ points: { kind: 'formula', formula: text } })
  expect(formula("if(type = 'textbook', 45, 30) * sheets / participants * teacher.rate")).toEqual([])
  expect(formula('45 * sheets +')).toEqual(['/criteria/0/points/formula regulation.formula-ends'])
  expect(formula('45 * pages')).toEqual(['/criteria/0/points/formula regulation.formula-value'])
  expect(formula('45 * type')).toEqual(['/criteria/0/points/formula regulation.formula-type'])
  expect(criterion({ where: [{ formula: 'sheets > 3 and electronic' }] })).toEqual([])
  expect(criterion({ where: [{ formula: 'sheets' }] })).toEqual([
    '/criteria/0/where/0/formula regulation.formula-type',
  ])
  expect(criterion({ split: { kind: 'formula', formula: 'log(2)' } })).toEqual([
    '/criteria/0/split/formula regulation.formula-function',
  ])
})

test('a function is supplied, takes its parameters and reads values the facts have', () => {
  const use = (name: string, params: Record<string, unknown>, indicator = 'test.book') =>
    criterion({ indicator, points: { kind: 'function', use: name, params } })
  expect(use('test.stretch', { times: 2 })).toEqual([])
  expect(use('test.gone', {})).toEqual(['/criteria/0/points/use regulation.function-unknown'])
  expect(use('test.stretch', { times: 'two' })).toEqual(['/criteria/0/points/params/times type.number'])
  expect(use('test.stretch', {})).toEqual(['/criteria/0/points/params/times missing'])
})

test('a table lists columns exactly where it has a column', () => {
  const table = (column: string | null, row: unknown) =>
    criterion({ points: { kind: 'table', by: 'type', column, points: { textbook: row } } })
  expect(table('stamp', { ministry: '1' })).toEqual([])
  expect(table('stamp', { rector: '1' })).toEqual([
    '/criteria/0/points/points/textbook/rector regulation.choice-unknown',
  ])
  expect(table('stamp', '1')).toEqual(['/criteria/0/points/points/textbook regulation.table-columns'])
  expect(table(null, { ministry: '1' })).toEqual([
    '/criteria/0/points/points/textbook regulation.table-columns',
  ])
  expect(table('pages', { a: '1' })).toEqual(['/criteria/0/points/column regulation.value-unknown'])
})

test('a fault names its clause', () => {
  const [fault] = checkDocument(
    exampleDocument({ criteria: [criterionInput('7.7', { area: 'A9' })] }),
    exampleSupply,
  )
  expect(fault?.params).toEqual({ clause: '7.7', area: 'A9' })
})
