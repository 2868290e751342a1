import { launchChromium } from '@ustaz/core/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roles } from '../../core/access/rights.ts'
import { createReader } from './reader.ts'
import { startDemo } from './start-demo.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
}, minutes)
afterAll(async () => {
  await browser.close()
})

/** What was refused (401, 403) on the first page of an account and on every page that its navigation leads to, by page. */
async function refusalsOf(address: string, account: number): Promise<Record<string, string[]>> {
  const { page, complaints, open, close } = await createReader(browser, address, {
    language: 'en',
    width: 1440,
    account,
  })
  await open('/')
  // The pages of plugins are named by the catalogue.
  await page.waitForLoadState('networkidle')
  const links = page.getByRole('navigation', { name: 'Main sections' }).getByRole('link')
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  const found: Record<string, string[]> = {}
  for (const path of ['/', ...paths, '/account', '/rights', '/notices']) {
    complaints.length = 0
    await open(path)
    const refused = complaints.filter((text) => / 40[13] /.test(text))
    if (refused.length > 0) found[path] = refused
  }
  await close()
  return found
}

test(
  'in a university without a rating no page that a role is led to asks for what the role may not see',
  async () => {
    const university: RunningUniversity = await startUniversity()
    const found: Record<string, unknown> = {}
    for (const role of roles) {
      const refused = await refusalsOf(university.address, await university.addAccount(role, role))
      if (Object.keys(refused).length > 0) found[role] = refused
    }
    const refused = await refusalsOf(university.address, university.accounts.aigul)
    if (Object.keys(refused).length > 0) found['a teacher of a department'] = refused
    await university.stop()
    expect(found).toEqual({})
  },
  8 * minutes,
)

test(
  'in a university with ratings neither',
  async () => {
    const demo = await startDemo(40)
    const found: Record<string, unknown> = {}
    for (const role of roles) {
      const response = await fetch(`${demo.address}/api/demo/people?role=${role}&pageSize=1`)
      const { items } = (await response.json()) as { items: { id: number }[] }
      expect(items, role).toHaveLength(1)
      const refused = await refusalsOf(demo.address, items[0]!.id)
      if (Object.keys(refused).length > 0) found[role] = refused
    }
    await demo.stop()
    expect(found).toEqual({})
  },
  12 * minutes,
)

test(
  'who has no role yet is told so, and nothing is asked for',
  async () => {
    const university: RunningUniversity = await startUniversity()
    const { page, complaints, open, close } = await createReader(browser, university.address, {
      language: 'en',
      width: 390,
      account: university.accounts.nobody,
    })
    await open('/')
    await page.getByText('No role yet').waitFor()
    expect(complaints).toEqual([])
    await close()
    await university.stop()
  },
  2 * minutes,
)
