import { expect, test } from 'vitest'
import { checkDocument } from '../check-document.ts'
import { exampleDocument, exampleSupply } from '../example-document.ts'

const title = { kk: 'x', ru: 'x', en: 'x' }
const head = { id: 'S1', title, who: 'head', may: ['pass', 'return'] }
const units = (changes: object) => ({ id: 'S2', title, who: 'verifier', may: ['pass', 'reject'], ...changes })
const faultsOf = (approval: object) =>
  checkDocument(exampleDocument({ approval }), exampleSupply).map(({ path, code }) => `${path} ${code}`)

test('stages by which every counted kind goes have no fault', () => {
  expect(faultsOf({ stages: [head] })).toEqual([])
  expect(faultsOf({ stages: [units({ units: [{ unit: 'library', indicators: ['test.book'] }] })] })).toEqual(
    [],
  )
})

test('a kind that goes through no stage, or that nobody supplies, is a fault', () => {
  expect(faultsOf({ stages: [{ ...head, indicators: ['test.leaflet'] }] })).toEqual([
    '/approval/stages regulation.stage-missing',
  ])
  expect(
    faultsOf({ stages: [head, units({ units: [{ unit: 'library', indicators: ['test.film'] }] })] }),
  ).toEqual(['/approval/stages/1/units/0/indicators/0 regulation.indicator-unknown'])
})

test('a stage needs a way on; units belong to a stage of units, and only there', () => {
  expect(faultsOf({ stages: [{ ...head, may: ['return'] }] })).toEqual([
    '/approval/stages/0/may regulation.stage-closed',
  ])
  const unit = { unit: 'library', indicators: ['test.book'] }
  expect(faultsOf({ stages: [{ ...head, units: [unit] }] })).toEqual([
    '/approval/stages/0/units regulation.stage-units',
  ])
  expect(faultsOf({ stages: [head, units({})] })).toEqual(['/approval/stages/1/units regulation.stage-units'])
})

test('a stage has an id of its own', () => {
  expect(faultsOf({ stages: [{ ...head, id: '1.1' }] })).toEqual([
    '/approval/stages/0/id regulation.id-twice',
  ])
})

test('windows name days that every year has, and close after they open', () => {
  const window = (entering: object | null, approving: object | null) =>
    faultsOf({ stages: [head], entering, approving })
  // The example's period begins on 1 September.
  expect(window({ opens: { day: '10-01' }, closes: { day: '06-10' } }, { closes: { day: '06-30' } })).toEqual(
    [],
  )
  expect(window({ closes: { day: '02-29' } }, null)).toEqual([
    '/approval/entering/closes/day regulation.day-unknown',
  ])
  expect(window({ opens: { day: '06-10' }, closes: { day: '10-01' } }, null)).toEqual([
    '/approval/entering/closes regulation.window-backwards',
  ])
  expect(window({ closes: { day: '06-10' } }, { closes: { day: '06-01' } })).toEqual([
    '/approval/approving/closes regulation.window-backwards',
  ])
})
