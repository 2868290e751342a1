import { mkdirSync, readFileSync } from 'node:fs'
import { launchChromium } from '@ustaz/core/testing'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startDemo } from './start-demo.ts'
import type { RunningDemo } from './start-demo.ts'

const minutes = 60_000
let demo: RunningDemo
let browser: Browser
const readers: Reader[] = []
beforeAll(async () => {
  demo = await startDemo(60)
  browser = await launchChromium()
  await outlookReady()
}, 6 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await demo.stop()
})

interface Outlooks {
  items: { id: number; regulation: string; periods: unknown[] }[]
}
/** The job after the newest run has five years to go by. */
async function outlookReady(): Promise<void> {
  for (;;) {
    const { items } = await ask<Outlooks>(demo.address, '/plugins/forecast/outlooks')
    if (items.some(({ periods }) => periods.length === 5)) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

const read = async (look: Look): Promise<Reader> => {
  const reader = await createReader(browser, demo.address, look)
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
const openAllTables = async ({ page }: Reader) => {
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)))
  await settled(page)
}
const figure = (text: string) => Number(text.replaceAll(/[\s,]/g, '').replace('−', '-'))

test(
  'the rector sees where departments go, what moves one, what if it grew otherwise, and takes the table and the card along',
  { timeout: 4 * minutes },
  async () => {
    const reader = await read({ language: 'en', width: 1440 })
    const { page } = reader
    await reader.open('/outlook')
    await openAllTables(reader)
    await photograph(reader, 'outlook-en')
    await looksRight(reader)

    const honesty = page.locator('[data-test=outlook-honesty]')
    expect(await honesty.innerText()).toContain('not the mean of the forecasts under “Teachers”')
    const ofUnits = await honesty.getByText('outcomes that are known by now').innerText()
    await page.getByLabel('Of whom').selectOption('teacher')
    await expect.poll(() => honesty.getByText('outcomes that are known by now').innerText()).not.toBe(ofUnits)
    expect(await honesty.innerText()).not.toContain('not the mean of')
    await page.getByLabel('Of whom').selectOption('department')
    await settled(page)
    await openAllTables(reader)

    const drivers = page.locator('[data-test=outlook-drivers]')
    const changes = await drivers.locator('tbody tr:first-child td:nth-of-type(3)').allInnerTexts()
    const whole = await drivers.locator('tfoot td:nth-of-type(3)').innerText()
    const sum = changes.reduce((total, one) => total + figure(one), 0)
    expect(Math.abs(sum - figure(whole))).toBeLessThanOrEqual(0.05 * (changes.length + 1))
    expect(await drivers.locator('tbody tr:not(:first-child)').count()).toBeGreaterThan(2)

    const whatIf = page.locator('[data-test=outlook-what-if]')
    await whatIf.locator('input:enabled').first().fill('900')
    await whatIf.getByText('A number from -100 to 300.').waitFor()
    await whatIf.locator('input:enabled').first().fill('40')
    await whatIf.getByText('Thought experiment', { exact: true }).waitFor()
    await photograph(reader, 'outlook-what-if-en')
    await looksRight(reader)
    await whatIf.getByRole('button', { name: 'Back to the forecast' }).click()
    expect(await page.locator('[data-test=supposed-chart]').count()).toBe(0)

    const movers = page.locator('[data-test=outlook-movers] li button')
    const mover = await movers.last().innerText()
    await movers.last().click()
    await settled(page)
    expect(await page.locator('[data-test=outlook-chart]').innerText()).toContain(mover)

    const table = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download as CSV' }).click()
    const file = await table
    expect(file.suggestedFilename()).toMatch(/^outlook-.*-total-department\.csv$/)
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines).toHaveLength(1 + (await page.locator('[data-test=outlook-subjects] tbody tr').count()))
    const card = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download as JSON' }).click()
    const read_ = JSON.parse(readFileSync(await (await card).path(), 'utf8')) as {
      data: { periods: unknown[] }
    }
    expect(read_.data.periods).toHaveLength(5)
  },
)

const looks = [
  { language: 'ru', width: 390, theme: 'dark' },
  { language: 'kk', width: 390, theme: 'dark' },
] as const
test.each(looks)(
  'outlook and the year so far are whole on a phone in $language',
  { timeout: 3 * minutes },
  async (look) => {
    const reader = await read(look)
    await reader.open('/outlook')
    await openAllTables(reader)
    await photograph(reader, `outlook-${look.language}-phone`)
    await looksRight(reader)
    await reader.open('/outlook/year?kind=university&on=2026-03-01')
    await openAllTables(reader)
    await photograph(reader, `year-${look.language}-phone`)
    await looksRight(reader)
  },
)

test(
  'the office sees the year against earlier years on the same day; before there is anything it is refused in words',
  { timeout: 2 * minutes },
  async () => {
    const reader = await read({ language: 'en', width: 1440 })
    const { page } = reader
    await reader.open('/outlook/year?on=2026-03-01')
    await page.getByText(/entries on 1 Mar 2026|entries on Mar 1, 2026/).waitFor()
    await page.getByText(/the whole year will have/).waitFor()
    await openAllTables(reader)
    expect(await page.locator('[data-test=year-chart] tbody tr').count()).toBe(5)
    await photograph(reader, 'year-en')
    await looksRight(reader)
    await reader.open('/outlook/year?on=2022-03-01')
    await page.getByText('fewer than two earlier years').waitFor()
  },
)

test(
  "a teacher's page shows the outlook to the teacher and not to a colleague",
  { timeout: 2 * minutes },
  async () => {
    interface People {
      items: { id: number; teacherId: number | null; roles: { role: string }[] }[]
    }
    const { items } = await ask<People>(demo.address, '/demo/people?role=teacher&pageSize=50')
    const [one, other] = items.filter(({ roles, teacherId }) => teacherId !== null && roles.length === 1)
    const own = await read({ language: 'en', width: 1440, account: one!.id })
    await own.open(`/people/${one!.teacherId!}`)
    await own.page.locator('[data-test=teacher-outlook]').waitFor()
    await photograph(own, 'teacher-outlook-en')
    await looksRight(own)
    await own.open('/outlook')
    await expect.poll(() => own.page.locator('[data-test=outlook-subjects] tbody tr').count()).toBe(1)
    expect(await own.page.getByLabel('Of whom').inputValue()).toBe('teacher')
    await looksRight(own)
    await own.open('/outlook/year')
    await photograph(own, 'year-teacher-en')
    await looksRight(own)
    const colleague = await read({ language: 'en', width: 1440, account: other!.id })
    await colleague.open(`/people/${one!.teacherId!}`)
    await colleague.page.waitForLoadState('networkidle')
    expect(await colleague.page.locator('[data-test=teacher-outlook]').count()).toBe(0)
    await colleague.page.goto(`${demo.address}/outlook/year?kind=teacher&of=${one!.teacherId!}`)
    await colleague.page.getByText('the result is not yours to see').waitFor()
  },
)
