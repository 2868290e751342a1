import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './launch-chromium.ts'

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchChromium()
  page = await browser.newPage()
})
afterAll(async () => {
  await browser.close()
})

test('runs a page', async () => {
  await page.setContent('<button onclick="this.textContent = 6 * 7">What?</button>')
  await page.getByRole('button').click()
  expect(await page.getByRole('button').textContent()).toBe('42')
})

/** A letter that no font has is drawn as the same box as any other. */
test('has a picture of its own for every letter of Kazakh', async () => {
  const alphabet: string = 'АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ'
  const letters = [...alphabet, '\u{10FFFD}']
  const pictures: string[] = []
  for (const letter of letters) {
    await page.setContent(`<p style="font: 40px sans-serif; width: 60px; margin: 0">${letter}</p>`)
    pictures.push((await page.locator('p').screenshot()).toString('base64'))
  }
  expect(new Set(pictures).size).toBe(letters.length)
})
