import { launchChromium } from '@ustaz/core/testing'
import type { EvidenceDetail } from '@ustaz/core/contract'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findCopies } from '../../core/evidence/copies/find-copies.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
const kind = 'community.media-publication'
let university: RunningUniversity
let browser: Browser
const readers: Reader[] = []
const text = (en: string) => ({ kk: en, ru: en, en })
beforeAll(async () => {
  university = await startUniversity()
  browser = await launchChromium()
  await university.inForce({
    code: 'lasting',
    version: '1',
    title: text('Rating'),
    description: text('Of the tests'),
    source: 'order 1',
    periodStart: '09-01',
    areas: [{ id: 'A', title: text('All') }],
    criteria: [
      {
        id: '1.1',
        area: 'A',
        title: text('Media of three years'),
        unit: 'item',
        indicator: kind,
        points: { kind: 'per-unit', points: 1 },
        window: { years: 3 },
      },
    ],
    leagues: [{ id: 'L', title: text('All') }],
    weighting: { id: 'shares.points' },
    rounding: { digits: 2 },
  })
  await enter('press')
  await enter('online')
  await findCopies(university.context)
}, 5 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
})

async function read(account: number, look: Partial<Look> = {}): Promise<Reader> {
  const reader = await createReader(browser, university.address, {
    language: 'en',
    width: 1440,
    account,
    ...look,
  })
  readers.push(reader)
  return reader
}

/** An article, entered by Aigul. */
async function enter(medium: string, title = 'About the department'): Promise<EvidenceDetail> {
  const { address, accounts, teachers } = university
  const response = await fetch(`${address}/api/evidence`, {
    method: 'POST',
    headers: { 'x-ustaz-account': String(accounts.aigul), 'content-type': 'application/json' },
    body: JSON.stringify({
      indicator: kind,
      data: { medium, outlet: 'Gazette', title },
      happenedOn: new Date().toISOString().slice(0, 10),
      participants: [{ teacherId: teachers.aigul, name: 'A', role: null, share: null, affiliated: true }],
    }),
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as EvidenceDetail
}

const looks = [
  { language: 'kk', width: 1440, theme: 'light' },
  { language: 'ru', width: 390, theme: 'dark' },
] as const
test.each(looks)(
  'pairs and their comparison are whole in $language at $width pixels, $theme',
  { timeout: 2 * minutes },
  async (look) => {
    const { page, open, complaints } = await read(university.accounts.office, look)
    await open('/evidence/copies')
    const faults = [...(await findFaults(page)), ...(await findBarriers(page))]
    await page.getByRole('link', { name: 'About the department (Gazette)' }).click()
    await page.waitForURL(/\/evidence\/copies\/\d+/)
    await settled(page)
    faults.push(...(await findFaults(page)), ...(await findBarriers(page)))
    expect([...faults, ...complaints]).toEqual([])
  },
)

test(
  'whoever enters something again is shown what still counts, with until when',
  { timeout: 2 * minutes },
  async () => {
    const { page, open, complaints } = await read(university.accounts.aigul, { width: 390, theme: 'dark' })
    await open(`/evidence/new?kind=${kind}`)
    const lasting = page.locator('[data-test=lasting]')
    await lasting.waitFor()
    expect(await lasting.innerText()).toMatch(
      /About the department \(Gazette\)[^]*1\.1 «Media of three years»/,
    )
    expect([...(await findFaults(page)), ...(await findBarriers(page))]).toEqual([])
    await lasting.getByRole('link', { name: 'Use this entry' }).first().click()
    await page.waitForURL(/\/evidence\/\d+/)
    await settled(page)
    await open('/evidence/new?kind=community.civic-event')
    await page.getByRole('button', { name: 'Save as a draft' }).waitFor()
    expect(await lasting.count()).toBe(0)
    expect(complaints).toEqual([])
  },
)

test(
  'the office makes one of two copies, with a field of the other; the copy leads to what stays',
  { timeout: 2 * minutes },
  async () => {
    const { page, open, complaints } = await read(university.accounts.office)
    await open('/evidence')
    await page.getByRole('link', { name: 'Copies' }).click()
    await page.waitForURL(/\/evidence\/copies$/)
    await settled(page)
    await page.getByRole('link', { name: 'About the department (Gazette)' }).click()
    await page.waitForURL(/\/evidence\/copies\/\d+/)
    await settled(page)
    const merge = page.getByRole('button', { name: /^Merge into entry/ })
    expect(await merge.isDisabled()).toBe(true)
    await page.getByRole('group', { name: 'Medium' }).getByRole('radio').nth(1).check()
    await page.getByLabel('Reason').fill('One article, entered twice')
    await merge.click()
    await page.waitForURL(/\/evidence\/\d+$/)
    await settled(page)
    expect(await page.locator('main').innerText()).toMatch(/Online/i)
    expect(await page.locator('section[aria-labelledby=history]').innerText()).toContain('Copies merged')
    const kept = new URL(page.url()).pathname
    await open('/evidence?state=rejected')
    await page.getByRole('link', { name: 'About the department (Gazette)' }).first().click()
    await page.waitForURL(/\/evidence\/\d+$/)
    await settled(page)
    await page.locator(`main a[href="${kept}"]`).click()
    await page.waitForURL(university.address + kept)
    await open('/evidence/copies')
    await page.getByText('No pair waits').waitFor()
    expect(complaints).toEqual([])
  },
)

test(
  'of a pair with near titles both are shown, with what differs marked',
  { timeout: 2 * minutes },
  async () => {
    await enter('press', 'Teachers of the university answer questions of applicants')
    await enter('press', 'Teachers of the university answer questons of all applicants')
    await findCopies(university.context)
    const { page, open, complaints } = await read(university.accounts.office, { width: 390, theme: 'dark' })
    await open('/evidence/copies')
    const titles = page.locator('[data-test=titles]')
    expect(await titles.locator('mark').allInnerTexts()).toEqual(['questions', 'questons', 'all'])
    const faults = [...(await findFaults(page)), ...(await findBarriers(page))]
    await page.getByRole('link', { name: /^Teachers of the university/ }).click()
    await page.waitForURL(/\/evidence\/copies\/\d+/)
    await settled(page)
    expect(await titles.innerText()).toMatch(
      /nearly the same[^]*answer questions of applicants \(Gazette\)[^]*answer questons of all applicants/,
    )
    faults.push(...(await findFaults(page)), ...(await findBarriers(page)))
    expect([...faults, ...complaints]).toEqual([])
  },
)
