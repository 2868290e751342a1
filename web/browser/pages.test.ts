import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { launchChromium } from '@ustaz/core/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createReader } from './reader.ts'
import { startDemo } from './start-demo.ts'
import type { RunningDemo } from './start-demo.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const minutes = 60_000

let demo: RunningDemo
let browser: Browser
let paths: string[]
beforeAll(async () => {
  demo = await startDemo(60)
  browser = await launchChromium()
  paths = await pagesOf(demo.address)
}, 5 * minutes)
afterAll(async () => {
  await browser.close()
  await demo.stop()
})

/** Every page of the dashboard, with the ids that the demonstration has. */
async function pagesOf(address: string): Promise<string[]> {
  const ask = async <T>(path: string) =>
    (await (await fetch(`${address}/api${path}`)).json()) as { items: T[] }
  const { items: runs } = await ask<{ id: number }>('/runs?purpose=official&state=done')
  const run = `/runs/${runs[0]?.id ?? 0}`
  const { items: ranked } = await ask<{ teacherId: number }>(`${run}/ranking?status=ranked&pageSize=1`)
  const { items: drafts } = await ask<{ id: number }>('/evidence?state=draft&pageSize=1')
  const { items: approved } = await ask<{ id: number }>('/evidence?state=approved&pageSize=1')
  const teacher = ranked[0]?.teacherId ?? 0
  return [
    ...['/', '/runs', run, `${run}/ranking`, `${run}/ranking?status=blocked`, `${run}/units`],
    ...[`${run}/teachers/${teacher}`, '/evidence', `/evidence/${drafts[0]?.id ?? 0}`],
    ...[`/evidence/${approved[0]?.id ?? 0}`, '/evidence/new', '/evidence/new?kind=publications.work'],
    ...['/evidence/import', '/people', `/people/${teacher}`, '/people/import', '/regulations'],
    ...['/regulations/1', '/plugins', '/journals', '/nowhere'],
  ]
}

/** What WCAG 2.2 AA forbids, and what axe-core advises against. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: AxeCore }
    const { violations } = await checker.run(document)
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200) ?? ''}`)
  })
}
interface AxeCore {
  run(root: Document): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

const looks = [
  { language: 'kk', width: 1440, theme: 'light', axe: true },
  { language: 'ru', width: 1440, theme: 'light', axe: false },
  { language: 'en', width: 1440, theme: 'dark', axe: true },
  { language: 'kk', width: 390, theme: 'light', axe: false },
  { language: 'ru', width: 390, theme: 'light', axe: true },
  { language: 'en', width: 390, theme: 'light', axe: false },
] as const
test.each(looks)(
  'every page in $language at $width pixels, $theme, is whole: no barrier, no error, no sideways scrolling, no untranslated text',
  { timeout: 4 * minutes },
  async (look) => {
    const reader = await createReader(browser, demo.address, look)
    const found: Record<string, unknown> = {}
    for (const path of paths) {
      await reader.open(path)
      const faults = [
        ...(await findFaults(reader.page)),
        ...(look.axe ? await findBarriers(reader.page) : []),
        ...reader.complaints.splice(0),
      ]
      if (faults.length > 0) found[path] = faults
    }
    expect(found).toEqual({})
    await reader.close()
  },
)

/** What is seen at once: a page wider than its window, a key where a text should stand. */
async function findFaults(page: Page): Promise<string[]> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  const shown = await page.locator('body').innerText()
  const keys = shown.match(
    /\b(?:plugins|evidence|ranking|unit|result|trace|rule|run|state)\.[a-z][a-zA-Z.]+\b/g,
  )
  return [...(beyond > 0 ? [`${beyond} pixels too wide`] : []), ...(keys ?? [])]
}
