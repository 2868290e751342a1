import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeCore {
  run(
    root: Document,
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
}

/**
 * What WCAG 2.2 AA forbids, and what axe-core advises against. Looked at once more where something was found: what the browser
 * was only just drawing is no barrier, one that stays is.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await lookForBarriers(page)
  if (found.length === 0) return found
  await page.waitForTimeout(1000)
  return await lookForBarriers(page)
}

async function lookForBarriers(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: AxeCore }
    const { violations } = await checker.run(document, { resultTypes: ['violations'] })
    return violations.map(
      ({ id, nodes: [first] }) =>
        `${id}: ${first?.html.slice(0, 200) ?? ''} ${(first?.failureSummary ?? '').replaceAll(/\s+/g, ' ')}`,
    )
  })
}

/** What is seen at once: a page wider than its window or longer than what stands on it, a key where a text should stand. */
export async function findFaults(page: Page): Promise<string[]> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  const below = await page.evaluate(() => {
    const { bottom } = document.querySelector('#app')!.getBoundingClientRect()
    return Math.round(
      document.documentElement.scrollHeight - Math.max(bottom + window.scrollY, window.innerHeight),
    )
  })
  const shown = await page.locator('body').innerText()
  const keys = shown.match(
    /\b(?:plugins|audit|privacy|evidence|ranking|unit|result|trace|rule|run|certainty|state)\.[a-z][a-zA-Z.]+\b/g,
  )
  return [
    ...(beyond > 0 ? [`${beyond} pixels too wide`] : []),
    ...(below > 1 ? [`${below} empty pixels below`] : []),
    ...(keys ?? []),
  ]
}
