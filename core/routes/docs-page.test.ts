import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestUniversity } from '../evidence/test-university.ts'
import { listen } from '../commands/listen.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { launchChromium } from '../testing/launch-chromium.ts'

let server: TestApp
let browser: Awaited<ReturnType<typeof launchChromium>>
let address: string
let office: string
beforeAll(async () => {
  server = await createTestApp()
  const university = await createTestUniversity(server.database.db)
  office = String(university.accounts.office)
  address = await listen(server.app, { host: '127.0.0.1', port: 0 })
  browser = await launchChromium()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

test('the page of the API lists the routes and tries one out, under the same content security policy', async () => {
  const page = await browser.newPage({ extraHTTPHeaders: { 'x-ustaz-account': office } })
  const complaints: string[] = []
  page.setDefaultTimeout(40_000)
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${address}/api/docs/`)

  await page.locator('#operations-tag-access').click()
  const operation = page.locator('#operations-access-getActor')
  await operation.click()
  await operation.getByRole('button', { name: 'Try it out' }).click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  await operation.locator('.live-responses-table').getByText('"Office"', { exact: true }).waitFor()
  expect(complaints).toEqual([])
  await page.close()
}, 150_000)
