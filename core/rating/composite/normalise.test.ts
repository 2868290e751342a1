import { describe, expect, test } from 'vitest'
import { normalisationSchema } from '../../contract/regulation/composite.ts'
import { normaliseColumn, normaliseRows, rowsOf } from './example-matrix.ts'
import asem from './fixtures/asem.json' with { type: 'json' }
import decisions from './fixtures/decisions.json' with { type: 'json' }

const near = (values: readonly (number | null)[], digits = 12) =>
  values.map((value) => (value === null ? null : Number(value.toFixed(digits))))

describe('worked by hand', () => {
  test.each([
    ['none', {}, [2, 4, 10], [2, 4, 10]],
    ['min-max', {}, [2, 4, 10], [0, 0.25, 1]],
    // mean 6, deviation sqrt((16 + 4 + 4 + 16) / 4) = sqrt(10)
    ['z', {}, [2, 4, 8, 10], [-4, -2, 2, 4].map((value) => value / Math.sqrt(10))],
    // median 4, distances 2 0 6, their median 2
    ['robust-z', {}, [2, 4, 10], [-2, 0, 6].map((value) => value / (1.482602218505602 * 2))],
    // below + half of the equal, of 4
    ['rank', {}, [7, 1, 7, 9], [0.5, 0.125, 0.5, 0.875]],
    ['goalposts', { low: '2', high: '12' }, [1, 2, 4.5, 12, 20], [0, 0, 0.25, 1, 1]],
    ['goalposts', { low: '2', high: '12', clamp: false }, [1, 22], [-0.1, 2]],
    ['goalposts', { low: '12', high: '2' }, [12, 4.5, 2], [0, 0.75, 1]],
    ['share-of-maximum', {}, [2, 4, 10], [0.2, 0.4, 1]],
    ['median-ratio', {}, [2, 4, 10], [0.5, 1, 2.5]],
  ])('%s %j', (method, more, values, expected) => {
    expect(near(normaliseColumn(values, { method, ...more }))).toEqual(near(expected))
  })

  test('winsorising draws values in to percentiles, then the logarithm is taken, then the scale, then factor and shift', () => {
    // Percentiles 25 and 75 of 1 2 4 8 100 are 2 and 8; logarithms base e of 2 2 4 8 8 are 1 1 2 3 3 times ln 2.
    const area = { method: 'min-max', winsorise: { lower: '25', upper: '75' }, log: 'ln' }
    expect(near(normaliseColumn([1, 2, 4, 8, 100], area))).toEqual([0, 0, 0.5, 1, 1])
    expect(near(normaliseColumn([1, 2, 4, 8, 100], { ...area, factor: '-100', shift: '5' }))).toEqual([
      5, 5, -45, -95, -95,
    ])
  })

  test('log1p takes 0 to 0', () => {
    expect(near(normaliseColumn([0, Math.E - 1], { method: 'none', log: 'log1p' }))).toEqual([0, 1])
  })
})

describe('published', () => {
  test('goalposts on a logarithm: 3,829 dollars between 100 and 75,000 are .5506 (UNDP, HDR 2020, technical note 1)', () => {
    const income = { method: 'goalposts', low: '100', high: '75000', log: 'ln' }
    expect(near(normaliseColumn([3829], income), 4)).toEqual([0.5506])
  })

  test.each(['Services', 'FemLab', 'CO2', 'LPI'] as const)(
    '%s of ASEM is treated and scaled to 0..100',
    (name) => {
      const { raw, treated, normalised } = asem[name]
      const n = raw.length - 1
      // Points that were winsorised in COINr's table; percentile 100 (n - k) / n is the k-th value but the extreme ones.
      const [low, high] = { Services: [0, 4], FemLab: [1, 0], CO2: [0, 0], LPI: [0, 0] }[name] as [
        number,
        number,
      ]
      const winsorise = { lower: String((100 * low) / n), upper: String((100 * (n - high)) / n) }
      expect(near(normaliseColumn(raw, { method: 'none', winsorise }), 9)).toEqual(near(treated, 9))
      const direction = name === 'CO2' ? { factor: '-100', shift: '100' } : { factor: '100' }
      expect(near(normaliseColumn(raw, { method: 'min-max', winsorise, ...direction }), 9)).toEqual(
        near(normalised, 9),
      )
    },
  )

  test('min-max and shares of the maximum as in pymcdm; z as in scikit-criteria', () => {
    const { minMax, jahan2015, standardScaler } = decisions
    const turned = { method: 'min-max', factor: '-1', shift: '1' }
    const spec = { areas: { method: 'min-max' }, byArea: { 0: turned, 1: turned } }
    expect(near(rowsOf(normaliseRows(minMax.matrix, spec).matrix).flat(), 8)).toEqual(minMax.expected)
    const shares = normaliseRows(jahan2015.matrix, { areas: { method: 'share-of-maximum' } })
    expect(near(rowsOf(shares.matrix).flat())).toEqual(jahan2015.expected)
    const z = normaliseRows(standardScaler.matrix, { areas: { method: 'z' } })
    expect(rowsOf(z.matrix)).toEqual(standardScaler.expected)
  })
})

describe('leagues', () => {
  const rows = [[1], [3], [10], [30], [2]]
  test('each league has a scale of its own, or all share one', () => {
    const own = normaliseRows(rows, { areas: { method: 'min-max' } }, [0, 0, 1, 1, 0])
    expect(rowsOf(own.matrix).flat()).toEqual([0, 1, 0, 1, 0.5])
    expect(own.scales.map(({ group, centre, spread, known }) => [group, centre, spread, known])).toEqual([
      [0, 1, 2, 3],
      [1, 10, 20, 2],
    ])
    const all = normaliseRows(rows, { areas: { method: 'share-of-maximum', within: 'all' } }, [0, 0, 1, 1, 0])
    expect(near(rowsOf(all.matrix).flat())).toEqual(near([1 / 30, 0.1, 1 / 3, 1, 2 / 30]))
    expect(all.scales.map(({ group }) => group)).toEqual([-1])
  })

  test('who is in no league has no value within leagues, with the reason, and one among all', () => {
    const own = normaliseRows(rows, { areas: { method: 'min-max' } }, [0, 0, 1, 1, -1])
    expect(rowsOf(own.matrix).flat()).toEqual([0, 1, 0, 1, null])
    expect(own.lost).toEqual([{ row: 4, column: 0, code: 'no-league' }])
    const all = normaliseRows(rows, { areas: { method: 'min-max', within: 'all' } }, [0, 0, 1, 1, -1])
    expect(all.lost).toEqual([])
  })

  test('the order of rows changes no digit', () => {
    const values = asem.CO2.raw.map((value) => value / 3)
    const forward = normaliseColumn(values, { method: 'z' })
    expect(normaliseColumn(values.toReversed(), { method: 'z' }).reverse()).toEqual(forward)
  })
})

describe('nothing to compare by', () => {
  test.each([
    ['none', 7],
    ['min-max', 0.5],
    ['z', 0],
    ['robust-z', 0],
    ['rank', 0.5],
    ['share-of-maximum', 1],
    ['median-ratio', 1],
  ])(
    '%s: a constant area and a single teacher stand at %d, where a scale has a middle in its middle',
    (method, expected) => {
      expect(normaliseColumn([7, null, 7, 7], { method })).toEqual([expected, null, expected, expected])
      expect(normaliseColumn([7], { method })).toEqual([expected])
    },
  )

  test.each(['none', 'min-max', 'z', 'robust-z', 'rank', 'share-of-maximum', 'median-ratio'])(
    '%s: all unknown stay unknown, without a scale',
    (method) => {
      const { matrix, scales, lost } = normaliseRows([[null], [null]], { areas: { method } })
      expect(rowsOf(matrix).flat()).toEqual([null, null])
      expect([scales, lost]).toEqual([[], []])
    },
  )

  test('a league of zeros has zero of nothing; a share of a maximum that is not above 0 is unknown, with the reason', () => {
    expect(normaliseColumn([0, 0], { method: 'share-of-maximum' })).toEqual([0, 0])
    expect(normaliseColumn([0, 0, 0, 5], { method: 'median-ratio' })).toEqual([0, 0, 0, null])
    const { lost } = normaliseRows([[-3], [0]], { areas: { method: 'share-of-maximum' } })
    expect(lost).toEqual([{ row: 0, column: 0, code: 'nothing-above-zero' }])
  })

  test('where more than half are alike, the mean distance stands for the MAD', () => {
    // median 5, distances 0 0 0 0 10, mean 2
    const { matrix, scales } = normaliseRows([[5], [5], [5], [5], [15]], { areas: { method: 'robust-z' } })
    expect(near(rowsOf(matrix).flat())).toEqual(near([0, 0, 0, 0, 10 / (2 * Math.sqrt(Math.PI / 2))]))
    expect(scales[0]!.fallback).toBe('mean-deviation')
  })

  test('a value without a logarithm becomes unknown, with the reason, and takes no part in the scale', () => {
    const { matrix, lost } = normaliseRows([[0], [1], [Math.E]], { areas: { method: 'min-max', log: 'ln' } })
    expect(rowsOf(matrix).flat()).toEqual([null, 0, 1])
    expect(lost).toEqual([{ row: 0, column: 0, code: 'no-logarithm' }])
    expect(normaliseColumn([-1, 0], { method: 'none', log: 'log1p' })).toEqual([null, 0])
  })
})

test.each([
  ['goalposts that are one', { method: 'goalposts', low: '1', high: '1.0' }],
  ['a goalpost without a logarithm', { method: 'goalposts', low: '0', high: '10', log: 'ln' }],
  ['percentiles the wrong way round', { method: 'z', winsorise: { lower: '90', upper: '10' } }],
  ['a percentile above 100', { method: 'z', winsorise: { upper: '101' } }],
  ['a factor of 0', { method: 'z', factor: '0' }],
  ['an unknown method', { method: 'mean' }],
])('a regulation with %s is refused', (_, areas) => {
  expect(normalisationSchema.safeParse({ areas }).success).toBe(false)
})
