import { mkdirSync, readFileSync } from 'node:fs'
import { launchChromium } from '@ustaz/core/testing'
import type { TestAccount } from '@ustaz/core/testing'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { exampleGroups } from '../../plugins/teaching/results/example-groups.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
let university: RunningUniversity
let browser: Browser
const readers: Reader[] = []
beforeAll(async () => {
  university = await startUniversity()
  browser = await launchChromium()
}, 4 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
})

const read = async (account: TestAccount, look: Partial<Look> = {}): Promise<Reader> => {
  const whole = { language: 'en', width: 1440, account: university.accounts[account], ...look } as const
  const reader = await createReader(browser, university.address, whole)
  readers.push(reader)
  return reader
}
const pictures = process.env['USTAZ_SCREENSHOTS']
const photograph = async ({ page }: Reader, name: string) => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}
const looksRight = async (reader: Reader) => {
  expect(await findFaults(reader.page)).toEqual([])
  expect(await findBarriers(reader.page)).toEqual([])
  expect(reader.complaints).toEqual([])
}

/** Tables by kind, as CSV, of two years; Aigul and Marat lead the groups of the first course. */
function tables(): Record<'courses' | 'groups' | 'teachers' | 'grades', string> {
  const groups = exampleGroups({ courses: 4, years: 2, students: 40 }).map((group, i) => ({
    ...group,
    code: `G${i}`,
  }))
  const teacherOf = new Map([[1, 'Orazbayeva Aigul'], [101, 'Akhmetov Marat'], [2, 'Semenova Anna']]) // prettier-ignore
  const lines = (header: string, rows: string[]) => [header, ...rows].join('\n')
  return {
    courses: lines('code,title', ['C0,Algebra', 'C1,Physics', 'C2,Chemistry', 'C3,History']),
    groups: lines('code,course,year,term,ended_on', groups.map(({ code, course, year }) => `${code},${course},${year},1,${year + 1}-01-20`)), // prettier-ignore
    teachers: lines('group,teacher', groups.map(({ code, teachers }) => `${code},${teacherOf.get(teachers[0] ?? 0) ?? 'Kim Viktor'}`)), // prettier-ignore
    grades: lines('group,student,grade', groups.flatMap(({ code, grades }) => Object.entries(grades).map(([name, grade]) => `${code},${name},${grade}`))), // prettier-ignore
  }
}
const asFile = (name: string, text: string | Buffer) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
})

test(
  'the office brings courses, grades and a gradebook of Moodle; a teacher sees own results on a phone, and no others',
  { timeout: 4 * minutes },
  async () => {
    const office = await read('office')
    const { page } = office
    for (const [kind, text] of Object.entries(tables())) {
      await office.open(`/teaching/import?kind=${kind}`)
      await page.locator('input[type=file]').setInputFiles(asFile(`${kind}.csv`, text))
      await page.getByRole('button', { name: 'Write', exact: true }).click()
      await page.getByText('Written', { exact: true }).first().waitFor()
    }
    await office.open('/teaching/import')
    await page.getByRole('button', { name: 'Moodle gradebook' }).click()
    await page.getByText('Say first whose gradebook it is.').waitFor()
    await page.getByLabel('Group code').fill('G99')
    const gradebook = readFileSync(new URL('../../plugins/teaching/fixtures/moodle-en.csv', import.meta.url))
    await page.locator('input[type=file]').setInputFiles(asFile('gradebook.csv', gradebook))
    await page.getByText('Did you mean “G9”?').first().waitFor()
    expect(await page.getByRole('button', { name: 'Write', exact: true }).count()).toBe(0)
    await looksRight(office)
    await photograph(office, 'teaching-import-refused')

    await office.open('/teaching?year=2021')
    await page.locator('[data-test=results]').waitFor()
    expect(await page.locator('[data-test=results] tbody tr').count()).toBeGreaterThan(3)
    await looksRight(office)
    await photograph(office, 'teaching-results')

    const aigul = await read('aigul', { width: 390, theme: 'dark', language: 'kk' })
    await aigul.open('/teaching?year=2021')
    expect(await aigul.page.locator('[data-test=results] tbody tr').count()).toBe(1)
    await looksRight(aigul)
    await aigul.page.getByRole('link', { name: 'Algebra' }).click()
    await aigul.page.locator('[data-test=distribution]').waitFor()
    expect(await aigul.page.locator('[data-test=distribution] tbody tr').count()).toBe(10)
    await looksRight(aigul)
    await photograph(aigul, 'teaching-result-phone')
    const own = new URL(aigul.page.url()).pathname

    const marat = await read('marat')
    await marat.page.goto(university.address + own)
    await marat.page.getByText('it is not yours to see').waitFor()
  },
)
