import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestTeaching, enterGroups } from '../test-teaching.ts'
import type { TestGroup, TestTeaching } from '../test-teaching.ts'
import { exampleGroups } from './example-groups.ts'
import { rebuildResults } from './rebuild-results.ts'

let server: TestTeaching
beforeAll(async () => {
  server = await createTestTeaching()
})
afterAll(async () => {
  await server.close()
})

const groups = exampleGroups({ courses: 4, years: 2, students: 40 })
async function resultsOf(given: readonly TestGroup[]) {
  await enterGroups(server.own, given)
  return await readResults()
}
async function readResults() {
  const rows = await server.own
    .selectFrom('course_result')
    .innerJoin('course', 'course.id', 'course_result.course_id')
    .selectAll('course_result')
    .select('course.code')
    .execute()
  return new Map(
    rows.map(({ course_id: _, ...row }) => [`${row.teacher_id} ${row.code} ${row.year} ${row.term}`, row]),
  )
}
const differences = (results: Awaited<ReturnType<typeof resultsOf>>) =>
  new Map([...results].map(([key, { difference, variance }]) => [key, `${difference} ${variance}`]))
const withGrades = (group: TestGroup, change: (grade: number) => number): TestGroup => ({
  ...group,
  grades: Object.fromEntries(
    Object.entries(group.grades).map(([name, grade]) => [name, grade === null ? null : change(grade)]),
  ),
})

/** The four steps once more in floating point, written from the docstring: no line of it is shared with the SQL. */
function byHand(given: readonly TestGroup[], own: TestGroup) {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const deviation = (values: number[]) =>
    Math.sqrt(values.reduce((sum, y) => sum + (y - mean(values)) ** 2, 0) / (values.length - 1))
  const gradesOf = (course: string, year: number) =>
    given
      .filter((g) => g.course === course && g.year <= year && g.year > year - 5)
      .flatMap(({ grades }) => Object.values(grades) as number[])
  const prior = (student: string, { course, year }: TestGroup) => {
    const zs = given
      .filter((g) => g.year === year && g.course !== course && student in g.grades)
      .map(
        (g) =>
          ((g.grades[student] ?? Number.NaN) - mean(gradesOf(g.course, year))) /
          deviation(gradesOf(g.course, year)),
      )
    return mean(zs)
  }
  const points = (of: TestGroup[]) =>
    of.flatMap((g) =>
      Object.entries(g.grades).map(([student, y]) => ({ y: y ?? Number.NaN, p: prior(student, g) })),
    )
  const mine = points([own])
  const norm = points(given.filter((g) => g !== own && g.course === own.course && g.year <= own.year))
  const [my, mp] = [mean(norm.map(({ y }) => y)), mean(norm.map(({ p }) => p))]
  const sxx = norm.reduce((sum, { p }) => sum + (p - mp) ** 2, 0)
  const slope = norm.reduce((sum, { y, p }) => sum + (p - mp) * (y - my), 0) / sxx
  const residual =
    norm.reduce((sum, { y, p }) => sum + (y - my - slope * (p - mp)) ** 2, 0) / (norm.length - 2)
  const sd = deviation(norm.map(({ y }) => y))
  const gap = mean(mine.map(({ p }) => p)) - mp
  return {
    difference: (mean(mine.map(({ y }) => y)) - my - slope * gap) / sd,
    variance: (residual * (1 / mine.length + 1 / norm.length + gap ** 2 / sxx)) / sd ** 2,
  }
}

test('differences and variances are those of the formulas, computed a second way', async () => {
  const results = await resultsOf(groups)
  for (const own of groups.filter(({ year }) => year === 2021)) {
    const found = results.get(`${own.teachers[0]} ${own.course} 2021 1`)
    const expected = byHand(groups, own)
    expect(Number(found?.difference)).toBeCloseTo(expected.difference, 7)
    expect(Number(found?.variance)).toBeCloseTo(expected.variance, 7)
  }
})

describe('what must not matter does not, to the last digit', () => {
  test('a constant added to all grades of a course', async () => {
    const before = differences(await resultsOf(groups))
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: -5, max: 9 }),
        async (course, shift) => {
          const shifted = groups.map((group) =>
            group.course === `C${course}` ? withGrades(group, (grade) => grade + shift) : group,
          )
          expect(differences(await resultsOf(shifted))).toEqual(before)
        },
      ),
      { numRuns: 6 },
    )
  })

  test('the order in which groups and students came', async () => {
    const before = differences(await resultsOf(groups))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(groups, { minLength: groups.length }), async (order) => {
        expect(differences(await resultsOf(order))).toEqual(before)
      }),
      { numRuns: 4 },
    )
  })

  test('whether the years from a change on are worked out, or all of them', async () => {
    const changed = groups.map((group) =>
      group.year === 2021 && group.course === 'C1' ? withGrades(group, (grade) => grade - 7) : group,
    )
    const all = differences(await resultsOf(changed))
    await enterGroups(server.own, groups)
    await server.own.transaction().execute(async (trx) => {
      await sql`update plugin_teaching.enrolment e set grade = grade - 7 from plugin_teaching.course_group g, plugin_teaching.course c
        where g.id = e.group_id and c.id = g.course_id and g.year = 2021 and c.code = 'C1'`.execute(trx)
      await rebuildResults(trx, 2021)
    })
    expect(differences(await readResults())).toEqual(all)
  })

  test('what came later: an old result stays when another year is imported', async () => {
    const old = differences(await resultsOf(groups.filter(({ year }) => year === 2020)))
    const all = differences(await resultsOf(groups))
    for (const [key, value] of old) expect(all.get(key)).toBe(value)
  })
})

test('a constant added to one group raises its own result, lowers the others of its course, and leaves alone who shares neither course nor students', async () => {
  const twoWorlds = [
    ...groups,
    ...exampleGroups({ courses: 4, years: 2, students: 40, seed: 2 }).map((group) => ({
      ...group,
      course: `X${group.course}`,
      teachers: group.teachers.map((id) => id + 1000),
      grades: Object.fromEntries(Object.entries(group.grades).map(([name, grade]) => [`x${name}`, grade])),
    })),
  ]
  const before = await resultsOf(twoWorlds)
  const raised = twoWorlds.map((group) =>
    group.teachers[0] === 1 && group.year === 2021 ? withGrades(group, (grade) => grade + 8) : group,
  )
  const after = await resultsOf(raised)
  const moved = (key: string) => Number(after.get(key)?.difference) - Number(before.get(key)?.difference)
  expect(moved('1 C0 2021 1')).toBeGreaterThan(0.3)
  expect(moved('101 C0 2021 1')).toBeLessThan(0)
  for (const [key, row] of before) if (key.includes(' XC')) expect(after.get(key)).toEqual(row)
  for (const [key, row] of before) if (key.endsWith('2020 1')) expect(after.get(key)).toEqual(row)
})

describe('unknown, never 0', () => {
  const unknown = async (given: readonly TestGroup[], key: string) => {
    const row = (await resultsOf(given)).get(key)
    expect(row).toBeDefined()
    return [row?.difference, row?.variance]
  }

  test('where there is only one group ever', async () => {
    const lonely = groups.filter(
      ({ course, year, teachers }) => course !== 'C0' || (year === 2020 && teachers[0] === 1),
    )
    expect(await unknown(lonely, '1 C0 2020 1')).toEqual([null, null])
  })

  test('where fewer than 5 students, or fewer than half of the enrolled, have a grade', async () => {
    const keeping = (count: number) =>
      groups.map((group) => {
        if (group.teachers[0] !== 1 || group.year !== 2021) return group
        const kept = Object.entries(group.grades).map(([name, grade], i) => [name, i < count ? grade : null])
        return { ...group, grades: Object.fromEntries(kept) as TestGroup['grades'] }
      })
    expect(await unknown(keeping(4), '1 C0 2021 1')).toEqual([null, null])
    expect(await unknown(keeping(9), '1 C0 2021 1')).toEqual([null, null])
    expect(await unknown(keeping(10), '1 C0 2021 1')).not.toContain(null)
  })

  test('where students have fewer than two other courses in the year', async () => {
    const few = groups.filter(({ course }) => ['C0', 'C1'].includes(course))
    expect(await unknown(few, '1 C0 2021 1')).toEqual([null, null])
  })

  test('where all grades of the norm are the same', async () => {
    const flat = groups.map((group) =>
      group.course === 'C0' && group.teachers[0] !== 1 ? withGrades(group, () => 70) : group,
    )
    expect(
      await unknown(
        flat.filter(({ year }) => year === 2020),
        '1 C0 2020 1',
      ),
    ).toEqual([null, null])
  })
})

test('two teachers of one group each have its result, and neither is part of the own norm', async () => {
  const shared = groups.map((group) => (group.teachers[0] === 1 ? { ...group, teachers: [1, 500] } : group))
  const results = await resultsOf(shared)
  const [first, second] = ['1 C0 2021 1', '500 C0 2021 1'].map((key) => results.get(key))
  expect({ ...first, teacher_id: 0 }).toEqual({ ...second, teacher_id: 0 })
})
