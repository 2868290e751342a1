import { expect, test } from 'vitest'
import { checkOrcid } from '../../plugins/publications/identifiers.ts'
import { checkIsbn } from '../../plugins/publications/identifiers.ts'
import { academicYears, periodOf } from '../academic-years.ts'
import { inventIsbn } from '../evidence/isbn.ts'
import { inLatinLetters } from './latin-letters.ts'
import { isEmployed, isPositionUnknown, presenceIn, teacherAt } from './teacher.ts'
import { departmentOf, planUniversity } from './university.ts'

const university = planUniversity({ seed: 'test', teachers: 300 })
const teachers = Array.from({ length: 300 }, (_, number) => teacherAt(university, number))

test('4 faculties and 20 departments hold all teachers, each in one', () => {
  expect(university.faculties).toHaveLength(4)
  expect(university.departments).toHaveLength(20)
  expect(university.departments.reduce((sum, { size }) => sum + size, 0)).toBe(300)
  for (const { number } of teachers) {
    const { first, size } = departmentOf(university, number)
    expect(first <= number && number < first + size).toBe(true)
  }
})

test('a large university has departments of at most some 50 teachers, with codes of their own', () => {
  const large = planUniversity({ seed: 'test', teachers: 100_000 })
  expect(Math.max(...large.departments.map(({ size }) => size))).toBeLessThan(60)
  expect(new Set(large.departments.map(({ code }) => code)).size).toBe(large.departments.length)
})

test('everybody holds a post within the five years; main posts follow one another without overlap', () => {
  for (const { posts, serviceFrom } of teachers) {
    expect(posts.some(({ to }) => to === null || to >= periodOf(academicYears[0]).from)).toBe(true)
    const main = posts.filter(({ rate }) => rate !== '0.25')
    expect(main[0]?.from).toBe(serviceFrom)
    for (const [i, post] of main.slice(1).entries()) expect(post.from > (main[i]?.to ?? '9999')).toBe(true)
    for (const { from, to } of posts) expect(to === null || from <= to).toBe(true)
  }
})

test('two people have no known position, and both are employed to the end', () => {
  const unknown = teachers.filter(({ posts }) => posts.some(({ position }) => position === null))
  expect(unknown.map(({ number }) => isPositionUnknown(university, number))).toEqual([true, true])
  expect(unknown.every((teacher) => isEmployed(teacher, periodOf(2025).to))).toBe(true)
})

test('whoever is away or on half a rate is present for less', () => {
  const usual = teachers.find(
    ({ posts, leaves }) => posts.length === 1 && leaves.length === 0 && posts[0]?.rate === '1',
  )
  expect(usual && presenceIn(usual, 2025)).toBe(1)
  const half = teachers.find(
    ({ posts, leaves }) => leaves.length === 0 && posts.length === 1 && posts[0]?.rate === '0.5',
  )
  expect(half && presenceIn(half, 2025)).toBeLessThanOrEqual(0.5)
})

test('names come in three scripts, women have their form of a family name, and each has a Latin form', () => {
  expect(new Set(teachers.map(({ name }) => name.script))).toEqual(new Set(['kazakh', 'russian', 'latin']))
  for (const { sex, name } of teachers) {
    expect(/[оеё]в$/.test(name.family) && sex === 'female').toBe(false)
    expect(name.latin.family).toMatch(/^[A-Za-z]+$/)
  }
  expect(inLatinLetters('Шырғанақова')).toBe('Shyrganakova')
  expect(inLatinLetters('Ақсағымұлы')).toBe('Aksagymuly')
  expect(inLatinLetters('Gökpınarlı')).toBe('Gokpinarli')
})

test('invented ORCID iDs and ISBNs have right check digits, and ranges that are nobody’s', () => {
  for (const { orcid } of teachers) {
    if (orcid === null) continue
    expect(checkOrcid(orcid)).toEqual({ ok: true, value: orcid })
    expect(orcid.startsWith('0099-')).toBe(true)
  }
  expect(checkIsbn(inventIsbn('00123-407'))).toEqual({ ok: true, value: inventIsbn('00123-407') })
  expect(inventIsbn('00123-407').startsWith('979700123407')).toBe(true)
})
