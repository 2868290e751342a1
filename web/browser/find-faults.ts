import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeCore {
  run(root: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** What WCAG 2.2 AA forbids, and what axe-core advises against. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: AxeCore }
    const { violations } = await checker.run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200) ?? ''}`)
  })
}

/** What is seen at once: a page wider than its window, a key where a text should stand. */
export async function findFaults(page: Page): Promise<string[]> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  const shown = await page.locator('body').innerText()
  const keys = shown.match(
    /\b(?:plugins|evidence|ranking|unit|result|trace|rule|run|certainty|state)\.[a-z][a-zA-Z.]+\b/g,
  )
  return [...(beyond > 0 ? [`${beyond} pixels too wide`] : []), ...(keys ?? [])]
}
