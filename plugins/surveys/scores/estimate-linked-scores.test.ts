import { expect, test } from 'vitest'
import published from './fixtures/variance-components.json' with { type: 'json' }
import { estimateLinkedScores, estimateScores } from './index.ts'
import type { Rating } from './index.ts'
import { randomOf } from './test-answers.ts'

test('variances of students and teachers are the published ones of plates and samples', () => {
  const ratings = published.penicillin.flatMap((row, plate) =>
    row.map((value, sample) => rating(`plate ${plate}`, `sample ${sample}`, value)),
  )
  const scores = estimateLinkedScores(ratings, { least: 0, greatest: 40, confidence: 95 })
  expect(scores.variances).toMatchObject({ group: null, department: null })
  expect(scores.variances!.student).toBeCloseTo(0.71691, 5)
  expect(scores.variances!.teacher).toBeCloseTo(3.73092, 5)
  expect(scores.variances!.answer).toBeCloseTo(0.30242, 5)
  expect(scores.criterion).toBeCloseTo(330.8606, 4)
  expect(scores.teachers[0]!.distribution.reduce((sum, { count }) => sum + count, 0)).toBe(24)
})

test('strict students do not cost a teacher what they take from everybody', () => {
  const { normal, uniform } = randomOf(7)
  const students = Array.from({ length: 40 }, (_, index) => ({
    id: `s${index}`,
    level: index % 2 === 0 ? -1 : 1,
  }))
  // Teachers are all alike; the last is rated by strict students only.
  const ratings = students.flatMap(({ id, level }, index) => {
    const teachers = [0, 1, 2, 3, 4, 5].filter(() => uniform() < 0.7).map((teacher) => `t${teacher}`)
    if (index % 2 === 0) teachers.push('t9')
    return teachers.map((teacher) => rating(id, teacher, 3 + level + normal(0.3)))
  })
  const options = { least: 0, greatest: 6, confidence: 90 } as const
  const linked = estimateLinkedScores(ratings, options)
  const unlinked = estimateScores(
    [...Map.groupBy(ratings, ({ teacher }) => teacher)].map(([teacher, own]) => ({
      teacher,
      department: null,
      group: null,
      questions: [own.map(({ value }) => ({ value, count: 1 }))],
    })),
    { ...options, weights: [1] },
  )
  const off = ({ teachers }: { teachers: { shrunken: number | null }[] }) =>
    Math.abs(teachers.at(-1)!.shrunken! - 3)
  expect(off(unlinked)).toBeGreaterThan(0.6)
  expect(off(linked)).toBeLessThan(0.2)
  expect(linked.variances!.student).toBeGreaterThan(0.5)
})

test('groups are told apart too, and the answer is the same whichever part is eliminated first', () => {
  const few = made({ students: 6, teachers: 8 })
  const many = made({ students: 60, teachers: 8 })
  for (const ratings of [few, many]) {
    const { variances, teachers } = estimateLinkedScores(ratings, { least: 0, greatest: 100, confidence: 90 })
    expect(variances!.group).not.toBe(null)
    expect(variances!.student).not.toBe(null)
    expect(teachers.every(({ standardError }) => standardError! > 0)).toBe(true)
  }
})

function made({ students, teachers }: { students: number; teachers: number }): Rating[] {
  const { normal } = randomOf(students)
  const levels = Array.from({ length: students }, () => normal(10))
  return Array.from({ length: teachers }, (_, teacher) => {
    const own = normal(8)
    return [0, 1, 2].flatMap((group) => {
      const here = own + normal(6)
      return levels.map((level, student) => ({
        ...rating(`s${student}`, `t${teacher}`, 60 + here + level + normal(5)),
        group: `${group}`,
      }))
    })
  }).flat()
}

function rating(student: string, teacher: string, value: number): Rating {
  return { student, teacher, department: null, group: null, value }
}
