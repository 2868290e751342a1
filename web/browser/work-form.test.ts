import { launchChromium } from '@ustaz/core/testing'
import type { TestAccount } from '@ustaz/core/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
let university: RunningUniversity
let browser: Browser
let reader: Reader
beforeAll(async () => {
  university = await startUniversity()
  browser = await launchChromium()
}, 4 * minutes)
afterEach(async () => {
  await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
})

const read = async (account: TestAccount, look: Partial<Look> = {}): Promise<Reader> => {
  const id = university.accounts[account]
  return (reader = await createReader(browser, university.address, {
    language: 'en',
    width: 1440,
    account: id,
    ...look,
  }))
}
/** This university has no regulation in force, so points are not found. */
const unexpected = (complaints: readonly string[]) => complaints.filter((one) => !one.endsWith('/points'))
const form = '/evidence/new?kind=publications.work'
const namesIn = async (page: Page) =>
  await page.getByRole('group', { name: 'Participants' }).locator('li p:first-child').allInnerTexts()
const focused = async (page: Page) =>
  await page.evaluate(() => {
    const { activeElement: element } = document
    return element?.getAttribute('aria-label') ?? element?.getAttribute('placeholder')
  })

test('co-authors are added, matched and taken out by keyboard alone', { timeout: 2 * minutes }, async () => {
  const { page, complaints, open } = await read('aigul', { width: 390 })
  await open(form)
  await expect.poll(async () => (await namesIn(page)).length).toBe(1)
  const search = page.getByLabel('Add a teacher: name')
  await search.fill('nobody of that name')
  await page.getByText('No such teacher.').waitFor()
  await page.keyboard.press('Enter')
  expect(new URL(page.url()).pathname).toBe('/evidence/new')
  await search.fill('Akhmetov')
  await page.getByRole('button', { name: /Ахметов/ }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await namesIn(page)).length).toBe(2)
  expect(await focused(page)).toBe('Add a teacher: name')

  const outsider = page.getByLabel('Name of someone from outside')
  await outsider.fill('Семенова А.; Smith J.')
  await outsider.press('Enter')
  expect((await namesIn(page)).slice(2)).toEqual(['Семенова А. (from outside)', 'Smith J. (from outside)'])
  await page.getByRole('button', { name: 'It is this teacher' }).press('Enter')
  await expect.poll(async () => (await namesIn(page))[2]).toBe('Семенова А.')

  const share = page.getByLabel('Agreed share of Smith J., in percent')
  await share.fill('150')
  await share.press('Tab')
  await page.getByText('“150” is no share').waitFor()
  expect(await share.inputValue()).toBe('150')
  expect(await findFaults(page)).toEqual([])
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Remove Smith J.' }).press('Enter')
  expect(await namesIn(page)).toHaveLength(3)
  expect(await focused(page)).toBe('Remove Семенова А.')
  expect(unexpected(complaints)).toEqual([])
})

test(
  'while the server is away what was typed stays, and what is told in the corner is no barrier and gives the focus back',
  { timeout: 2 * minutes },
  async () => {
    const { page, complaints, open } = await read('aigul')
    await open(form)
    await expect.poll(async () => (await namesIn(page)).length).toBe(1)
    const title = page.getByLabel('Title')
    await title.fill('A work about steppes')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await page.getByText('The server could not be reached. Check the network and try again.').waitFor()
    expect(await title.inputValue()).toBe('A work about steppes')
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await page.waitForURL(/\/evidence\/\d+$/)
    await settled(page)
    complaints.splice(0)

    await title.fill('A work about the steppes')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const corner = page.locator('[data-test=announcements]')
    await corner.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await title.focus()
    const close = corner.getByRole('button', { name: 'Close the message' })
    await close.focus()
    await close.press('Enter')
    expect(await corner.innerText()).toBe('')
    expect(await title.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(unexpected(complaints)).toEqual([])
  },
)
