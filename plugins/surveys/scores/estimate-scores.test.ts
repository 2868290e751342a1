import { describe, expect, test } from 'vitest'
import published from './fixtures/variance-components.json' with { type: 'json' }
import { estimateScores } from './index.ts'
import type { GroupAnswers } from './index.ts'
import { groupOf } from './test-answers.ts'

const options = { weights: [1], least: 1, greatest: 5, confidence: 90 } as const

describe('a balanced case by hand', () => {
  // Batches of a dyestuff as teachers, yields as answers: 6 x 5, published variances 1764.05 and 2451.25 (fixtures/README.md).
  const groups = published.dyestuff.map((values, batch) => groupOf(`batch ${batch}`, values))
  const scores = estimateScores(groups, { ...options, least: 0, greatest: 3000 })

  test('has the published variances, and for the scores one a little larger', () => {
    expect(scores.variances).toMatchObject({ group: null, department: null, student: null })
    expect(scores.variances!.teacher).toBeCloseTo(1764.05, 2)
    expect(scores.variances!.answer).toBeCloseTo(2451.25, 2)
    expect(scores.criterion).toBeCloseTo(319.6543, 4)
    // Maximum of the likelihood of 5 and 24 degrees of freedom with log(g) / 2 added, found apart by a search in steps of a millionth.
    expect(scores.teacherVariance).toBeCloseTo(2489.439, 1)
  })

  test('draws each mean by the same part of its distance to the common mean', () => {
    const parts = scores.teachers.map(({ raw, prior, shrunken }) => (shrunken! - prior!) / (raw! - prior!))
    expect(scores.teachers.map(({ raw }) => raw)).toEqual([1505, 1528, 1564, 1498, 1600, 1470])
    for (const part of parts) expect(part).toBeCloseTo(parts[0]!, 9)
    expect(parts[0]).toBeGreaterThan(0.78)
    expect(parts[0]).toBeLessThan(1)
  })

  test('a plain mean of five answers is off by the noise of five', () => {
    for (const { rawError } of scores.teachers) expect(rawError).toBeCloseTo(Math.sqrt(2451.25 / 5), 3)
  })

  test('the error has the part that the mean and the variances are estimated themselves', () => {
    const noise = 2335.669 / 5
    const known = (2489.439 * noise) / (2489.439 + noise)
    for (const { standardError } of scores.teachers) expect(standardError! ** 2).toBeGreaterThan(known)
    // The farther from the mean, the more it matters that the variances are not known.
    const [, near, , , far] = scores.teachers
    expect(far!.standardError).toBeGreaterThan(near!.standardError!)
  })
})

describe('at the edges', () => {
  test('where nothing tells teachers apart the variance is 0, and scores do not claim to be certain', () => {
    const groups = published.dyestuff2.map((values, batch) => groupOf(`batch ${batch}`, values))
    const scores = estimateScores(groups, { ...options, least: -10, greatest: 20 })
    expect(scores.variances!.teacher).toBe(0)
    expect(scores.teacherVariance).toBeGreaterThan(0)
    // A mean of all thirty alone would be certain to 3.7 / sqrt(30) = 0.68.
    for (const { standardError } of scores.teachers) expect(standardError).toBeGreaterThan(0.9)
  })

  test('one answer moves a teacher a little, and the interval says how little is known', () => {
    const scores = estimateScores(
      [
        ...usual(12),
        groupOf('z one', [1]),
        groupOf(
          'z twenty',
          Array.from({ length: 20 }, () => 1),
        ),
      ],
      options,
    )
    const [one, twenty] = scores.teachers.slice(-2)
    expect(one).toMatchObject({ teacher: 'z one', answers: 1, raw: 1 })
    expect(one!.shrunken).toBeGreaterThan(2)
    expect(twenty!.shrunken).toBeLessThan(1.6)
    expect(one!.high! - one!.low!).toBeGreaterThan(2 * (twenty!.high! - twenty!.low!))
    expect(twenty!.low).toBeGreaterThanOrEqual(1)
  })

  test('a teacher without answers is there, with nothing known', () => {
    const scores = estimateScores([...usual(5), groupOf('z', [])], options)
    expect(scores.teachers.at(-1)).toEqual({
      teacher: 'z',
      answers: 0,
      raw: null,
      rawError: null,
      prior: null,
      shrunken: null,
      standardError: null,
      low: null,
      high: null,
      distributions: [[]],
    })
  })

  test('with two teachers only the raw means are known, and why', () => {
    const scores = estimateScores(usual(2), options)
    expect(scores).toMatchObject({ unknown: 'few', variances: null, teacherVariance: null })
    expect(scores.teachers.map(({ shrunken }) => shrunken)).toEqual([null, null])
    expect(scores.teachers.every(({ raw }) => raw !== null)).toBe(true)
    expect(scores.compare('teacher 00', 'teacher 01')).toBe(null)
    expect(estimateScores([], options)).toMatchObject({ unknown: 'few', teachers: [] })
  })

  test('with one answer each nothing is drawn: teachers cannot be told from noise', () => {
    const groups = Array.from({ length: 20 }, (_, index) => groupOf(`${index}`, [1 + (index % 5)]))
    expect(estimateScores(groups, options).unknown).toBe('few')
  })

  test('where all answers are one value it is the score, and its error is not known', () => {
    const groups = ['a', 'b', 'c', 'd'].map((teacher) => groupOf(teacher, [5, 5, 5]))
    const scores = estimateScores(groups, options)
    expect(scores.unknown).toBe('alike')
    expect(scores.teachers[0]).toMatchObject({ raw: 5, shrunken: 5, standardError: null, low: null })
  })

  test('where answers about a teacher never differ noise is not known, and nothing is drawn', () => {
    const groups = [1, 2, 4, 5].map((value) => groupOf(`${value}`, [value, value, value]))
    const scores = estimateScores(groups, options)
    expect(scores.unknown).toBe('alike')
    expect(scores.teachers.map(({ raw, shrunken }) => [raw, shrunken])).toEqual([
      [1, null],
      [2, null],
      [4, null],
      [5, null],
    ])
  })

  test('a department with one teacher is a department', () => {
    const scores = estimateScores(
      [
        ...byDepartment('a', 4, 0),
        ...byDepartment('b', 4, 1),
        ...byDepartment('c', 4, 2),
        groupOf('z', [4, 5, 4, 5, 5], { department: 'alone' }),
      ],
      options,
    )
    const alone = scores.teachers.at(-1)!
    expect(scores.variances!.department).not.toBe(null)
    expect(alone.prior).toBeLessThan(alone.raw!)
    expect(alone.shrunken).toBeGreaterThan(alone.prior!)
    expect(alone.shrunken).toBeLessThan(alone.raw!)
  })

  test('counts must be counts', () => {
    const broken: GroupAnswers = { ...groupOf('a', []), questions: [[{ value: 3, count: 1.5 }]] }
    expect(() => estimateScores([broken], options)).toThrow(RangeError)
    expect(() => estimateScores([groupOf('a', [1])], { ...options, weights: [1, 1] })).toThrow(RangeError)
  })
})

describe('departments and groups', () => {
  test('a teacher with few answers is drawn to the own department, not to all', () => {
    const groups = [
      ...byDepartment('a', 6, 0),
      ...byDepartment('b', 6, 0),
      ...byDepartment('c', 6, 2),
      ...byDepartment('d', 6, 2),
      groupOf('y', [3], { department: 'a' }),
      groupOf('z', [3], { department: 'd' }),
    ]
    const [low, high] = estimateScores(groups, options).teachers.slice(-2)
    expect(low!.prior).toBeLessThan(high!.prior! - 1)
    expect(low!.shrunken).toBeLessThan(high!.shrunken!)
  })

  test('the same answers from one group are less certain than from several', () => {
    // Both the other teachers and their groups differ; ten answers of one group say less than five each of two.
    const others = Array.from({ length: 60 }, (_, teacher) =>
      [0, 1, 2].map((group) =>
        groupOf(
          `teacher ${teacher}`,
          shifted([1, 2, 2, 2, 3], (teacher % 3 === 0 ? 1 : 0) + ((teacher + group) % 2)),
          { group: `${group}` },
        ),
      ),
    ).flat()
    const values = [3, 4, 4, 5, 5]
    const scores = estimateScores(
      [
        ...others,
        groupOf('y', [...values, ...values], { group: '1' }),
        groupOf('z', values, { group: '1' }),
        groupOf('z', values, { group: '2' }),
      ],
      options,
    )
    expect(scores.variances!.group).toBeGreaterThan(0)
    const [one, two] = scores.teachers.slice(-2)
    expect(one!.raw).toBe(two!.raw)
    expect(one!.standardError).toBeGreaterThan(two!.standardError!)
    expect(Math.abs(one!.shrunken! - one!.prior!)).toBeLessThan(Math.abs(two!.shrunken! - two!.prior!))
  })
})

describe('several questions', () => {
  test('that say the same are one question, and counts of each value are kept apart', () => {
    const one = usual(8)
    const three = one.map((group) => ({ ...group, questions: [0, 1, 2].map(() => group.questions[0]!) }))
    const single = estimateScores(one, options)
    const triple = estimateScores(three, { ...options, weights: [3, 1, 2] })
    triple.teachers.forEach((score, index) => {
      expect(score.shrunken).toBeCloseTo(single.teachers[index]!.shrunken!, 6)
      expect(score.distributions).toEqual([0, 1, 2].map(() => single.teachers[index]!.distributions[0]))
    })
  })

  test('weigh as the weights say; one that weighs nothing or was never answered does not count', () => {
    const groups = usual(8).map((group) => ({
      ...group,
      questions: [group.questions[0]!, [{ value: 5, count: group.questions[0]!.length }], []],
    }))
    const means = (weights: number[]) =>
      estimateScores(groups, { ...options, weights }).teachers.map(({ raw }) => raw!)
    const alone = estimateScores(usual(8), options).teachers.map(({ raw }) => raw!)
    expect(means([1, 0, 4])).toEqual(alone)
    means([3, 1, 0]).forEach((mean, index) => {
      expect(mean).toBeCloseTo((3 * alone[index]! + 5) / 4, 9)
    })
  })
})

describe('how much of a difference is noise', () => {
  const scores = estimateScores(
    [
      ...usual(10),
      groupOf(
        'x',
        Array.from({ length: 40 }, (_, index) => 4 + (index % 2)),
      ),
      groupOf('y', [5, 4]),
      groupOf('z', [1, 2]),
    ],
    options,
  )

  test('is little between teachers with many answers, and much between teachers with two', () => {
    const few = scores.compare('y', 'z')!
    expect(few.raw).toBe(3)
    expect(few.chance).toBeGreaterThan(0.3)
    const many = scores.compare('x', 'z')!
    expect(many.doubt).toBeLessThan(few.doubt)
    expect(scores.compare('x', 'y')!.doubt).toBeGreaterThan(0.1)
  })

  test('is the same the other way round', () => {
    const there = scores.compare('x', 'z')!
    const back = scores.compare('z', 'x')!
    expect(back.shrunken).toBeCloseTo(-there.shrunken, 12)
    expect(back.standardError).toBeCloseTo(there.standardError, 9)
    expect(back.doubt).toBeCloseTo(there.doubt, 9)
  })

  test('is all of it between a teacher and oneself', () => {
    expect(scores.compare('x', 'x')).toMatchObject({ raw: 0, shrunken: 0, doubt: 0.5, chance: null })
  })
})

/** Teachers with 3 to 8 answers that vary a lot, some rated higher than others. */
function usual(count: number): GroupAnswers[] {
  const values = [1, 4, 2, 3, 1, 4, 3, 2]
  return Array.from({ length: count }, (_, index) =>
    groupOf(
      `teacher ${String(index).padStart(2, '0')}`,
      shifted(values.slice(0, 3 + (index % 6)), index % 4 === 0 ? 1 : 0),
    ),
  )
}

function byDepartment(department: string, count: number, higher: number): GroupAnswers[] {
  return Array.from({ length: count }, (_, index) =>
    groupOf(`${department} ${index}`, shifted([1, 2, 3, 2, (index % 3) + 1], higher), { department }),
  )
}

function shifted(values: readonly number[], by: number): number[] {
  return values.map((value) => value + by)
}
