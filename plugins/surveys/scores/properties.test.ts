import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimateLinkedScores, estimateScores } from './index.ts'
import type { GroupAnswers, Rating } from './index.ts'
import { groupOf, randomOf } from './test-answers.ts'

const options = { weights: [1], least: 1, greatest: 5, confidence: 90 } as const

const value = fc.integer({ min: 1, max: 5 })

/** Five to twelve teachers, each with one list of answers. */
const oneGroupEach = fc
  .array(fc.array(value, { minLength: 1, maxLength: 12 }), { minLength: 5, maxLength: 12 })
  .map((lists) => lists.map((values, index) => groupOf(`${index}`, values)))

const manyGroups = fc
  .array(
    fc.record({
      teacher: fc.nat(7),
      department: fc.nat(3),
      values: fc.array(value, { minLength: 1, maxLength: 10 }),
    }),
    { minLength: 8, maxLength: 25 },
  )
  .map((groups) =>
    groups.map(({ teacher, department, values }, index) =>
      groupOf(`${teacher}`, values, { department: `${department}`, group: `${index}` }),
    ),
  )

const ratings = fc
  .array(fc.record({ student: fc.nat(9), teacher: fc.nat(5), department: fc.nat(2), value }), {
    minLength: 20,
    maxLength: 60,
  })
  .map((all) =>
    all.map(({ student, teacher, department, value: one }): Rating => ({
      student: `s${student}`,
      teacher: `t${teacher}`,
      department: `d${department}`,
      group: null,
      value: one,
    })),
  )

test('the order in which groups, values or ratings come changes no digit', () => {
  fc.assert(
    fc.property(manyGroups, fc.nat(), (groups, seed) => {
      const mixed = shuffle(groups, seed).map((group) => ({
        ...group,
        questions: group.questions.map((values) => shuffle(values, seed)),
      }))
      expect(estimateScores(mixed, options).teachers).toEqual(estimateScores(groups, options).teachers)
    }),
    { numRuns: 40 },
  )
  fc.assert(
    fc.property(ratings, fc.nat(), (all, seed) => {
      expect(estimateLinkedScores(shuffle(all, seed), options).teachers).toEqual(
        estimateLinkedScores(all, options).teachers,
      )
    }),
    { numRuns: 20 },
  )
})

test('with one group each, every score lies between the raw mean and what is known without it', () => {
  fc.assert(
    fc.property(oneGroupEach, (groups) => {
      for (const { raw, prior, shrunken, low, high } of estimateScores(groups, options).teachers) {
        if (shrunken === null || low === null) continue
        expect(shrunken).toBeGreaterThanOrEqual(Math.min(raw!, prior!) - 1e-9)
        expect(shrunken).toBeLessThanOrEqual(Math.max(raw!, prior!) + 1e-9)
        expect(low).toBeGreaterThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(shrunken)
        expect(high).toBeGreaterThanOrEqual(shrunken)
        expect(high).toBeLessThanOrEqual(5)
      }
    }),
    { numRuns: 60 },
  )
})

/** Twenty-four teachers on three levels, with two to eight answers each, none more than one from the level. */
const differing = fc
  .array(fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 2, maxLength: 8 }), {
    minLength: 24,
    maxLength: 24,
  })
  .map((all) =>
    all.map((steps, index) =>
      groupOf(
        `${index}`,
        steps.map((step) => 2 + (index % 3) + step),
      ),
    ),
  )

/** The same values from two teachers, once and `times` over, among others. */
function fewAndMany(others: readonly GroupAnswers[], times: number) {
  const values = [2, 3, 5]
  const many = Array.from({ length: times }, () => values).flat()
  const scores = estimateScores([...others, groupOf('few', values), groupOf('many', many)], options)
  const of = (name: string) => {
    const { raw, shrunken, standardError } = scores.teachers.find(({ teacher }) => teacher === name)!
    return shrunken === null || standardError === null
      ? null
      : { distance: Math.abs(raw! - shrunken), standardError }
  }
  return { few: of('few'), many: of('many') }
}

test('where teachers differ, the same mean from more answers is drawn less and known better', () => {
  fc.assert(
    fc.property(differing, fc.integer({ min: 2, max: 6 }), (others, more) => {
      const { few, many } = fewAndMany(others, more)
      expect(many!.standardError).toBeLessThan(few!.standardError)
      expect(many!.distance).toBeLessThanOrEqual(few!.distance)
    }),
    { numRuns: 60 },
  )
})

/** Standard deviations of what answers are made of. */
interface Truth {
  teachers: number
  departments: number
  groups: number
  deviations: { department: number; teacher: number; group: number; answer: number }
  /** At most; at least 1. */
  answers: number
}

/** Answers of a made-up university, and the mean that each teacher truly has. */
function makeUp(truth: Truth, { uniform, normal }: ReturnType<typeof randomOf>) {
  const { deviations } = truth
  const departments = Array.from({ length: truth.departments }, () => normal(deviations.department))
  const means = new Map<string, number>()
  const groups: GroupAnswers[] = []
  for (let teacher = 0; teacher < truth.teachers; teacher++) {
    const department = teacher % truth.departments
    const mean = 60 + departments[department]! + normal(deviations.teacher)
    means.set(`${teacher}`, mean)
    for (let group = 0; group < truth.groups; group++) {
      const here = mean + normal(deviations.group)
      const answers = 1 + Math.floor(uniform() * truth.answers)
      const values = Array.from({ length: answers }, () => here + normal(deviations.answer))
      groups.push(groupOf(`${teacher}`, values, { department: `${department}`, group: `${group}` }))
    }
  }
  return { means, groups }
}

/** Part of the true means that lie in their intervals, and mean squared errors of scores and of raw means. */
function tryOut(truth: Truth, rounds: number) {
  const random = randomOf(20261126)
  let [inside, count, squares, rawSquares] = [0, 0, 0, 0]
  for (let round = 0; round < rounds; round++) {
    const { means, groups } = makeUp(truth, random)
    const scores = estimateScores(groups, { weights: [1], least: -1000, greatest: 1000, confidence: 90 })
    for (const { teacher, raw, shrunken, low, high } of scores.teachers) {
      const mean = means.get(teacher)!
      if (low! <= mean && mean <= high!) inside++
      count++
      squares += (shrunken! - mean) ** 2
      rawSquares += (raw! - mean) ** 2
    }
  }
  return { coverage: inside / count, gain: 1 - squares / rawSquares }
}

test.each([
  { teachers: 5, departments: 1, groups: 1, deviation: 10, rounds: 200 },
  { teachers: 10, departments: 1, groups: 2, deviation: 6, rounds: 100 },
  { teachers: 20, departments: 4, groups: 2, deviation: 10, rounds: 50 },
  { teachers: 100, departments: 10, groups: 3, deviation: 10, rounds: 10 },
])(
  'of $teachers teachers 90 % intervals hold the truth nine times in ten, and scores are nearer to it than raw means',
  ({ deviation, rounds, ...size }) => {
    // With a single group each, what is the group's cannot be told from what is the teacher's.
    const group = size.groups > 1 ? 6 : 0
    const deviations = { department: 5, teacher: deviation, group, answer: 25 }
    const { coverage, gain } = tryOut({ ...size, deviations, answers: 12 }, rounds)
    expect(coverage).toBeGreaterThan(0.86)
    expect(coverage).toBeLessThan(0.97)
    expect(gain).toBeGreaterThan(0.1)
  },
)

test('intervals hold as well where teachers hardly differ, which the data often take for not at all', () => {
  const deviations = { department: 0, teacher: 3, group: 0, answer: 25 }
  const { coverage } = tryOut({ teachers: 8, departments: 1, groups: 1, deviations, answers: 10 }, 100)
  expect(coverage).toBeGreaterThan(0.88)
})

function shuffle<T>(items: readonly T[], seed: number): T[] {
  const { uniform } = randomOf(seed)
  return items
    .map((item) => ({ item, at: uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
