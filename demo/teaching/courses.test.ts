import { expect, test } from 'vitest'
import { planUniversity } from '../people/university.ts'
import { drawTeaching } from './courses.ts'

const tables = drawTeaching(planUniversity({ seed: 'samal', teachers: 300 }))

test('the same seed gives the same tables, another seed other grades', () => {
  expect(drawTeaching(planUniversity({ seed: 'samal', teachers: 300 }))).toEqual(tables)
  expect(drawTeaching(planUniversity({ seed: 'other', teachers: 300 })).grades).not.toEqual(tables.grades)
})

test('codes are unique, and grades name groups that are there', () => {
  const codes = tables.groups.slice(1).map(([code]) => code)
  expect(new Set(codes).size).toBe(codes.length)
  const known = new Set(codes)
  expect(tables.grades.slice(1).every(([group]) => known.has(group))).toBe(true)
  const keys = tables.grades.slice(1).map(([group, student]) => `${group} ${student}`)
  expect(new Set(keys).size).toBe(keys.length)
})

test('every student takes at least three courses a year, so that prior attainment is known', () => {
  const courses = Map.groupBy(tables.grades.slice(1), ([, student]) => student)
  expect(Math.min(...[...courses.values()].map((rows) => rows.length))).toBeGreaterThanOrEqual(3)
})

test('there is a course with one group ever and a group of four', () => {
  const ofCourse = [...Map.groupBy(tables.groups.slice(1), ([, course]) => course).values()]
  expect(ofCourse.some((groups) => groups.length === 1)).toBe(true)
  const sizes = [...Map.groupBy(tables.grades.slice(1), ([group]) => group).values()].map(
    (rows) => rows.length,
  )
  expect(sizes).toContain(4)
})
