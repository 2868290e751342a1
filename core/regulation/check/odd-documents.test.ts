import { expect, test } from 'vitest'
import { regulationDocumentSchema } from '../../contract/regulation/document.ts'
import { languages } from '../../contract/text.ts'
import { faultsOf as faultsOfForm } from '../../messages/zod-fault.ts'
import { createTexts } from '../../messages/texts.ts'
import { checkDocument } from '../check-document.ts'
import { criterionInput, exampleDocument, exampleInput, exampleSupply } from '../example-document.ts'

const title = { kk: 'x', ru: 'x', en: 'x' }
const texts = createTexts()

/** Faults as "path code", each with a whole text in every language. */
function faultsOf(changes: Record<string, unknown>): string[] {
  return checkDocument(exampleDocument(changes), exampleSupply).map(({ path, code, params }) => {
    for (const language of languages)
      expect(texts.issue(language, code, params)).toMatch(/^(?!regulation\.)[^{}]+$/)
    return `${path} ${code}`
  })
}
function formOf(changes: Record<string, unknown>): string[] {
  const input = exampleInput(changes)
  const { error } = regulationDocumentSchema.safeParse(input)
  return error ? faultsOfForm(error, input).map(({ path, code }) => `${path} ${code}`) : []
}
const criterion = (changes: object) => ({ criteria: [criterionInput('1.1', { ...changes })] })
const three = ['1.1', '1.2', '1.3'].map((id) => criterionInput(id))
const group = (id: string, criteria: string[], rest: object = {}) => ({ id, title, criteria, ...rest })
const money = (rest: object) => ({ money: { id: 'M', title, currency: 'KZT', ...rest } })
const amendment = (rest: object) => ({
  amendments: [{ id: 'Z', title, source: 'court', knownFrom: '2025-01-01', ...rest }],
})
const person = (rest: object, ...others: object[]) => ({
  examples: [{ name: 'e', people: [{ position: 'professor', ...rest }, ...others] }],
})
const fact = (rest: object) => person({ facts: [{ indicator: 'test.book', ...rest }] })

test.each<[string, Record<string, unknown>, string[]]>([
  ['negative cap of a fact', criterion({ capPerFact: '-5' }), ['/criteria/0/capPerFact regulation.negative']],
  ['limits of the total', { total: { cap: '1', floor: '5' } }, ['/total/floor regulation.floor-above-cap']],
  ['negative distance', { ranking: { tiedWithin: '-1' } }, ['/ranking/tiedWithin regulation.negative']],
  [
    'two ways to decide about equal places',
    { ranking: { tiedWithin: '1', tieBreakers: ['A1'] } },
    ['/ranking/tieBreakers regulation.tied-twice'],
  ],
  [
    'limits of a rule in the wrong order',
    criterion({ points: { kind: 'per-value', of: 'sheets', points: '1', least: '5', most: '1' } }),
    ['/criteria/0/points/most regulation.range-empty'],
  ],
  [
    'a table without rows',
    criterion({ points: { kind: 'table', by: 'type', points: {} } }),
    ['/criteria/0/points/points regulation.table-empty'],
  ],
  ['a negative fund', money({ kind: 'fund', amount: '-1' }), ['/money/amount regulation.negative']],
  [
    'negative money of a band',
    money({ kind: 'bands', byBand: { B1: '-1' } }),
    ['/money/byBand/B1 regulation.negative'],
  ],
  [
    'groups that cross',
    { criteria: three, groups: [group('G', ['1.1', '1.2']), group('H', ['1.2', '1.3'])] },
    ['/groups/1/criteria regulation.groups-overlap'],
  ],
  [
    'a later group within an earlier one',
    { criteria: three, groups: [group('G', ['1.1', '1.2']), group('H', ['1.2'])] },
    ['/groups/1/criteria regulation.groups-overlap'],
  ],
  [
    'a share of the total within another group',
    {
      criteria: three,
      groups: [group('G', ['1.1'], { shareOfTotal: '0.5' }), group('H', ['1.1', '1.2'])],
    },
    ['/groups/0/shareOfTotal regulation.group-share-within'],
  ],
  [
    'an area that the scale, the order or the open weights name',
    {
      normalisation: { byArea: { X: { method: 'z' } } },
      aggregation: { method: 'lexicographic', order: ['Y'] },
      certainty: { weights: { kind: 'intervals', byArea: { Z: { low: '1', high: '2' } } } },
    },
    [
      '/normalisation/byArea/X regulation.area-unknown',
      '/aggregation/order/0 regulation.area-unknown',
      '/certainty/weights/byArea/Z regulation.area-unknown',
    ],
  ],
  [
    'more areas than there are',
    { aggregation: { method: 'at-least', areas: 2, value: '1' } },
    ['/aggregation/areas regulation.needed-too-many'],
  ],
  [
    'an exclusion of all indicators by what most do not have',
    { exclusions: [{ id: 'X', title, where: [{ value: 'sheets', unknown: true }] }] },
    ['/exclusions/0/where/0 regulation.exclusion-too-wide'],
  ],
  [
    'an amendment that never holds',
    amendment({ validFrom: '2026-01-01', validTo: '2025-01-01' }),
    ['/amendments/0/validTo regulation.amendment-never'],
  ],
  [
    'amendments that leave nothing',
    amendment({ annul: ['1.1'] }),
    ['/amendments/0/annul regulation.amendment-all'],
  ],
  [
    'new points by a value that is not there',
    amendment({ points: { '1.1': { kind: 'per-value', of: 'colour', points: '1' } } }),
    ['/amendments/0/points/1.1/of regulation.value-unknown'],
  ],
  [
    'more days than the period',
    person({ employedDays: 366 }),
    ['/examples/0/people/0/employedDays regulation.example-outside'],
  ],
  [
    'more leave than days employed',
    person({ posts: [{ position: 'professor', days: 10 }], leaveDays: 11 }),
    ['/examples/0/people/0/leaveDays regulation.example-outside'],
  ],
  ['a rate of 0', person({ rate: '0' }), ['/examples/0/people/0/rate regulation.example-outside']],
  [
    'an unknown position',
    person({ position: 'king' }),
    ['/examples/0/people/0/position regulation.position-unknown'],
  ],
  ['an unknown unit', person({ leads: 'X' }), ['/examples/0/people/0/leads regulation.example-unit-unknown']],
  [
    'a department called like a faculty',
    person({ department: 'F' }),
    ['/examples/0/people/0/department regulation.example-unit-twice'],
  ],
  [
    'a share above the whole',
    fact({ share: '2' }),
    ['/examples/0/people/0/facts/0/share regulation.example-outside'],
  ],
  [
    'more affiliated than took part',
    fact({ affiliated: 2 }),
    ['/examples/0/people/0/facts/0/affiliated regulation.example-outside'],
  ],
  ['an unknown first day', { periodStart: '13-45', ...person({}) }, ['/periodStart regulation.day-unknown']],
  [
    'a period that ends before it begins',
    { examples: [{ name: 'e', period: { from: '2025-02-01', to: '2025-01-01' }, people: [{}] }] },
    ['/examples/0/period regulation.example-period'],
  ],
])('%s is a fault', (_, changes, faults) => {
  expect(faultsOf(changes)).toEqual(faults)
})

test.each<[string, Record<string, unknown>, string[]]>([
  ['a number of 101 digits', { total: { cap: '9'.repeat(101) } }, ['/total/cap big.text']],
  ['a text with NUL', { source: 'a\0b' }, ['/source regulation.text-broken']],
  ['half a pair', person({ name: '\ud800' }), ['/examples/0/people/0/name regulation.text-broken']],
  [
    'money for nothing',
    money({ kind: 'base', base: '1', rates: {}, per: '0' }),
    ['/money/per regulation.not-positive'],
  ],
  [
    'a day of the year 0',
    fact({ happenedOn: '0000-01-01' }),
    ['/examples/0/people/0/facts/0/happenedOn form.date'],
  ],
  ['a year nobody rates', { validFrom: '9999-01-01' }, ['/validFrom form.date']],
  [
    'too many people',
    fact({ participants: 40_000 }),
    ['/examples/0/people/0/facts/0/participants big.number'],
  ],
])('%s has not the form of a regulation', (_, changes, faults) => {
  expect([...new Set(formOf(changes))]).toEqual(faults)
})

test('an amendment may annul a condition of a league, a requirement or a norm, and a roll-up', () => {
  const where = (id: string) => [{ id, value: 'teacher.rate', atLeast: '1' }]
  const changes = {
    ...amendment({ annul: ['c1', 'c2', 'c3', 'U'] }),
    leagues: [{ id: 'L', title, where: where('c1') }],
    requirements: [
      { id: 'R', title, where: where('c2'), checks: [{ atLeast: '1' }], effect: { kind: 'zero' } },
    ],
    norms: [{ id: 'N', title, points: '1', exceptions: [{ where: where('c3'), points: '2' }] }],
    rollUps: [{ id: 'U', title, area: 'A1', from: ['A1'], statistic: 'sum', weight: '1' }],
  }
  expect(faultsOf(changes)).toEqual([])
})
