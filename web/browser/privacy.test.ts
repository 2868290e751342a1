import { launchChromium } from '@ustaz/core/testing'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
let university: RunningUniversity
let browser: Browser
let administrator: number
const readers: Reader[] = []
beforeAll(async () => {
  university = await startUniversity()
  browser = await launchChromium()
  administrator = await university.addAccount('Administrator', 'administrator')
}, 4 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
})

async function read(account: number, look: Partial<Look> = {}): Promise<Reader> {
  const whole = { language: 'en', width: 1440, account, ...look } as const
  const reader = await createReader(browser, university.address, whole)
  readers.push(reader)
  return reader
}
const main = (reader: Reader) => reader.page.locator('main')

test(
  'a teacher sees who looked, asks for the own data and gets them once the office has agreed',
  async () => {
    const { accounts, teachers } = university
    const office = await read(accounts.office)
    await office.open(`/people/${teachers.aigul}`)
    const teacher = await read(accounts.aigul)
    await teacher.open('/privacy')
    await main(teacher).getByText('Office: looked at the profile').first().waitFor()
    await teacher.page.getByRole('link', { name: 'Requests', exact: true }).click()
    await main(teacher).getByRole('button', { name: 'Get my data' }).click()
    await main(teacher).getByText('waiting', { exact: true }).waitFor()

    await office.open('/privacy/requests')
    await main(office).getByRole('button', { name: 'Grant' }).click()
    await main(office).getByText('granted', { exact: true }).waitFor()

    await teacher.open('/privacy/requests')
    const [download] = await Promise.all([
      teacher.page.waitForEvent('download'),
      main(teacher).getByRole('button', { name: 'Download (ZIP)' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^ustaz-data-\d+\.zip$/)
    expect([...teacher.complaints, ...office.complaints]).toEqual([])
  },
  2 * minutes,
)

test(
  'the administrator reads a change from what to what, and narrows the log to one person',
  async () => {
    const reader = await read(administrator)
    await reader.open('/audit?table=core.data_request')
    await main(reader).locator('li').getByText('changed', { exact: true }).first().waitFor()
    const entry = main(reader).locator('li').filter({ hasText: 'granted' }).first()
    expect(await entry.innerText()).toMatch(/asked.*→\s*granted/s)
    await entry.getByRole('button', { name: 'Office' }).click()
    await settled(reader.page)
    await main(reader).getByText('Only: Office').waitFor()
    expect(reader.page.url()).toContain(`account=${university.accounts.office}`)
    await main(reader).getByRole('button', { name: 'Show all' }).click()
    await reader.page.waitForURL((url) => !url.searchParams.has('account'))
    expect(reader.complaints).toEqual([])
  },
  minutes,
)

const looks: { path: string; who: 'teacher' | 'office' | 'administrator'; look: Partial<Look> }[] = [
  { path: '/audit', who: 'administrator', look: { language: 'ru', width: 1440 } },
  { path: '/audit', who: 'administrator', look: { language: 'kk', width: 390, theme: 'dark' } },
  { path: '/privacy', who: 'teacher', look: { language: 'kk', width: 390 } },
  { path: '/privacy', who: 'administrator', look: { language: 'ru', width: 1440, theme: 'dark' } },
  { path: '/privacy/requests', who: 'teacher', look: { language: 'ru', width: 390, theme: 'dark' } },
  { path: '/privacy/requests', who: 'office', look: { language: 'kk', width: 1440 } },
  { path: '/privacy/register', who: 'teacher', look: { language: 'kk', width: 390 } },
  { path: '/privacy/register', who: 'office', look: { language: 'en', width: 1440, theme: 'dark' } },
]
test.each(looks)(
  '$path for the $who has no barrier and nothing out of place: $look.language, $look.width, $look.theme',
  async ({ path, who, look }) => {
    const { accounts } = university
    const account = { teacher: accounts.aigul, office: accounts.office, administrator }[who]
    const reader = await read(account, look)
    await reader.open(path)
    expect(await findFaults(reader.page)).toEqual([])
    expect(await findBarriers(reader.page)).toEqual([])
    expect(reader.complaints).toEqual([])
  },
  minutes,
)

test(
  'who may not read the log is told so',
  async () => {
    const reader = await read(university.accounts.aigul)
    await reader.page.goto(`${university.address}/audit`)
    await reader.page.getByText('audit.read').waitFor()
    expect(await reader.page.getByRole('link', { name: 'Audit log' }).count()).toBe(0)
  },
  minutes,
)
