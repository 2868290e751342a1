import { describe, expect, test } from 'vitest'
import { aggregationSchema } from '../../contract/regulation/composite.ts'
import { aggregate } from './aggregate.ts'
import type { Aggregated } from './aggregate.ts'
import { matrixOf, normaliseRows, rowsOf } from './example-matrix.ts'
import type { Rows } from './example-matrix.ts'
import asem from './fixtures/asem.json' with { type: 'json' }
import decisions from './fixtures/decisions.json' with { type: 'json' }
import { rankWithin } from './rank-within.ts'

/** `spec` as it stands in a regulation; areas are called 0, 1, ...; weights 1 and one league unless given. */
function put(
  rows: Rows,
  spec: Record<string, unknown>,
  more: { weights?: readonly number[]; groups?: readonly number[] } = {},
): Aggregated {
  const matrix = matrixOf(rows)
  return aggregate({
    matrix,
    weights: Float64Array.from(more.weights ?? new Array<number>(matrix.columns).fill(1)),
    groups: Int32Array.from(more.groups ?? rows.map(() => 0)),
    spec: aggregationSchema.parse(spec),
    areas: Array.from({ length: matrix.columns }, (_, column) => String(column)),
  })
}
const near = (values: Iterable<number>, digits = 12) =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : Number(value.toFixed(digits))))

describe('worked by hand', () => {
  test.each([
    ['sum', {}, 3 * 1 + 1 * 9],
    ['arithmetic', {}, (3 * 1 + 1 * 9) / 4],
    ['geometric', {}, 9 ** 0.25],
    ['harmonic', {}, 4 / (3 + 1 / 9)],
    ['power', { p: '2' }, Math.sqrt((3 + 81) / 4)],
    ['power', { p: '-1' }, 4 / (3 + 1 / 9)],
    ['minimum', {}, 1],
    ['at-least', { areas: 1, value: '9' }, 1],
    ['at-least', { areas: 2, value: '9' }, 0],
    ['at-least', { areas: 2, value: { 0: '1', 1: '9' } }, 1],
  ])('%s %j of 1 and 9 with weights 3 and 1', (method, more, expected) => {
    expect(near(put([[1, 9]], { method, ...more }, { weights: [3, 1] }).totals)).toEqual(near([expected]))
  })

  test('weights of means are shares; each row may have its own; an area of weight 0 is not looked at', () => {
    const rows = [
      [2, 10],
      [2, 10],
      [2, null],
    ]
    const own = put(rows, { method: 'arithmetic' }, { weights: [30, 10, 1, 3, 0.5, 0] })
    expect(near(own.totals)).toEqual([4, 8, 2])
    expect(own.blocked).toEqual([])
  })

  test('Borda gives a vote for each who is below and half a vote for each who is equal', () => {
    // Area 0: 3 above 2 above 1 1; area 1: 5 5 above 4 above 0, two votes each.
    const rows = [
      [3, 4],
      [1, 5],
      [1, 5],
      [2, 0],
    ]
    expect([...put(rows, { method: 'borda' }, { weights: [1, 2] }).totals]).toEqual([3 + 2, 5.5, 5.5, 2])
  })

  test('Copeland counts who is beaten in areas of more weight; a circle has no first', () => {
    // Condorcet's circle: a b c, b c a, c a b.
    const circle = [
      [3, 1, 2],
      [2, 3, 1],
      [1, 2, 3],
    ]
    expect([...put(circle, { method: 'copeland' }).totals]).toEqual([0, 0, 0])
    expect([...put(circle, { method: 'copeland' }, { weights: [3, 1, 1] }).totals]).toEqual([2, 0, -2])
    // Areas of 0.1 and 0.2 against one of 0.3: nobody wins, although 0.1 + 0.2 is not 0.3 in floats.
    const even = [
      [1, 1, 0],
      [0, 0, 1],
    ]
    expect([...put(even, { method: 'copeland' }, { weights: [0.1, 0.2, 0.3] }).totals]).toEqual([0, 0])
  })

  test('lexicographic compares the first area, then the next; who is equal in all shares a key', () => {
    const rows = [
      [9, 1],
      [1, 2],
      [5, 2],
      [5, 2],
    ]
    const found = put(rows, { method: 'lexicographic', order: ['1', '0'] })
    expect([...found.totals]).toEqual([0, 1, 2, 2])
    expect(found.isOrder).toBe(true)
    expect([...rankWithin(found.totals, new Int32Array(4))]).toEqual([4, 3, 1, 1])
  })

  test.each([
    ['borda', {}, [1, 0, 1, 0]],
    ['copeland', {}, [1, -1, 1, -1]],
    ['lexicographic', { order: ['0'] }, [1, 0, 1, 0]],
  ])('%s compares within leagues; who is in none has no total', (method, more, expected) => {
    const found = put([[2], [1], [20], [10], [5]], { method, ...more }, { groups: [0, 0, 1, 1, -1] })
    expect(near(found.totals)).toEqual([...expected, null])
    expect(found.blocked).toEqual([{ row: 4, column: null, code: 'no-league' }])
  })
})

describe('published', () => {
  test('the geometric mean of .6971, .3447 and .5506 is .510 (UNDP, HDR 2020, technical note 1)', () => {
    expect(near(put([[0.6971, 0.3447, 0.5506]], { method: 'geometric' }).totals, 3)).toEqual([0.51])
  })

  test('ASEM: pillars to two sub-indices to the index and to the ranks of 51 countries', () => {
    const level = (codes: readonly (keyof typeof asem.scores)[]) => {
      const rows = asem.countries.map((_, row) => codes.map((code) => asem.scores[code][row]!))
      return put(rows, { method: 'arithmetic' }).totals
    }
    const below = {
      Conn: ['Physical', 'ConEcFin', 'Political', 'Instit', 'P2P'],
      Sust: ['Environ', 'Social', 'SusEcFin'],
      Index: ['Conn', 'Sust'],
    } as const
    for (const code of ['Conn', 'Sust', 'Index'] as const) {
      const totals = level(below[code])
      expect(near(totals, 9)).toEqual(near(asem.scores[code], 9))
      expect([...rankWithin(totals, new Int32Array(51))]).toEqual(asem.ranks[code])
    }
  })

  test('the weighted sum of Kracka, Brauers & Zavadskas (2010): costs inverted, columns as shares', () => {
    const { matrix, types, weights, expected } = decisions.kracka2010
    const better = matrix.map((row) => row.map((value, column) => (types[column] === -1 ? 1 / value : value)))
    const sums = types.map((_, column) => better.reduce((sum, row) => sum + row[column]!, 0))
    const rows = better.map((row) => row.map((value, column) => value / sums[column]!))
    const { totals } = put(rows, { method: 'arithmetic' }, { weights })
    expect([...rankWithin(totals, new Int32Array(rows.length))]).toEqual(expected.ranks)
    expect(near(totals, 8)).toEqual(expected.scores)
  })

  test('the weighted product of Wikipedia, whose scores are logarithms of shares of the column', () => {
    const { matrix, weights, expected } = decisions.weightedProduct
    const sums = matrix[0]!.map((_, column) => matrix.reduce((sum, row) => sum + row[column]!, 0))
    const rows = matrix.map((row) => row.map((value, column) => value / sums[column]!))
    const { totals } = put(rows, { method: 'geometric' }, { weights })
    expect(near(totals.map(Math.log10), 8)).toEqual(expected.scores)
    expect([...rankWithin(totals, new Int32Array(rows.length))]).toEqual(expected.ranks)
  })
})

describe('values that stand in the way', () => {
  const means = ['arithmetic', 'geometric', 'harmonic', 'minimum'] as const

  test.each([
    ...['sum', ...means, 'borda', 'copeland'].map((method) => ({ method })),
    { method: 'power', p: '3' },
    { method: 'lexicographic', order: ['1'] },
  ])('an unknown area leaves $method without a total, with the area', (spec) => {
    const { totals, blocked } = put([[4, null], [4, 9]], spec) // prettier-ignore
    expect(Number.isNaN(totals[0])).toBe(true)
    expect(Number.isNaN(totals[1])).toBe(false)
    expect(blocked).toEqual([{ row: 0, column: 1, code: 'area-unknown' }])
  })

  test.each([...means.map((method) => ({ method })), { method: 'power', p: '3' }])(
    'left out, the others share the weight of an unknown area in $method; nothing is left of nothing',
    (spec) => {
      const { totals, blocked } = put([[4, null], [null, null]], { ...spec, whenUnknown: 'leave-out' }) // prettier-ignore
      expect(near(totals)).toEqual([4, null])
      expect(blocked).toEqual([{ row: 1, column: null, code: 'area-unknown' }])
    },
  )

  test.each([{ method: 'geometric' }, { method: 'harmonic' }, { method: 'power', p: '-2' }])(
    'a zero blocks $method, or makes it 0 where the regulation says so; a negative value blocks in any case',
    (spec) => {
      const rows = [
        [0, 9],
        [4, -1],
      ]
      const found = put(rows, spec)
      expect(near(found.totals)).toEqual([null, null])
      expect(found.blocked).toEqual([
        { row: 0, column: 0, code: 'area-zero' },
        { row: 1, column: 1, code: 'area-negative' },
      ])
      const limit = put(rows, { ...spec, whenZero: 'zero' })
      expect(near(limit.totals)).toEqual([0, null])
    },
  )

  test('a power mean of a positive power takes a zero as it is', () => {
    expect(near(put([[0, 4]], { method: 'power', p: '2' }).totals)).toEqual(near([Math.sqrt(8)]))
  })

  test('sums, arithmetic means, minima and orders take zero and negative values as they are', () => {
    for (const [method, expected] of Object.entries({ sum: -3, arithmetic: -1.5, minimum: -3 }))
      expect([...put([[0, -3]], { method }).totals]).toEqual([expected])
  })

  test('"at least" is decided in spite of an unknown area where that one cannot change it', () => {
    const rows = [
      [5, 5, null],
      [5, 0, null],
      [0, 0, null],
    ]
    const { totals, blocked } = put(rows, { method: 'at-least', areas: 2, value: '5' })
    expect(near(totals)).toEqual([1, null, 0])
    expect(blocked).toEqual([{ row: 1, column: null, code: 'areas-undecided' }])
  })

  test('an unknown weight and no weight at all block with the reason', () => {
    const { blocked } = put([[1, 2], [1, 2]], { method: 'sum' }, { weights: [1, Number.NaN, 0, 0] }) // prettier-ignore
    expect(blocked).toEqual([
      { row: 0, column: 1, code: 'weight-unknown' },
      { row: 1, column: null, code: 'no-weight' },
    ])
  })

  test('Borda and Copeland refuse weights that differ between teachers', () => {
    for (const method of ['borda', 'copeland'])
      expect(() =>
        put(
          [
            [1, 2],
            [3, 4],
          ],
          { method },
          { weights: [1, 2, 3, 4] },
        ),
      ).toThrow(
        // prettier-ignore
        expect.objectContaining({ code: 'weights-by-teacher' }),
      )
  })
})

test('min-max and the geometric mean together: who is last in an area has a zero, which is said and not passed over', () => {
  const { matrix } = normaliseRows([[1, 5], [2, 7], [3, 9]], { areas: { method: 'min-max' } }) // prettier-ignore
  const { blocked } = put(rowsOf(matrix), { method: 'geometric' })
  expect(blocked).toEqual([{ row: 0, column: 0, code: 'area-zero' }])
})
