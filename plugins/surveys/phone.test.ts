import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { launchChromium } from '@ustaz/core/testing'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestSurveys, giveOut, openCampaign } from './test-surveys.ts'
import type { TestSurveys } from './test-surveys.ts'

const minutes = 60_000
let server: TestSurveys
let browser: Browser
let address: string
let tokens: string[]
const contexts: BrowserContext[] = []
beforeAll(async () => {
  server = await createTestSurveys()
  const campaign = await openCampaign(server, [{ teacher: 'aigul', group: 'A', students: 40 }])
  tokens = await giveOut(server, campaign, 'A')
  address = await server.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await launchChromium()
}, 2 * minutes)
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

async function takePhone(look: { locale?: string; colorScheme?: 'light' | 'dark' } = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...look,
  })
  contexts.push(context)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return page
}
const linkOf = (token: string) => `${address}/s/surveys/#${token}`
const heading = async (page: Page) => await page.locator('h1').innerText()
const answers = async () =>
  await server.tables.selectFrom('tally').select(['answers', 'counts', 'texts']).executeTakeFirstOrThrow()

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await checker.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
  })
}

test('an answer is given by keyboard, arrives once, and leaves nothing on the phone', async () => {
  const page = await takePhone()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(linkOf(tokens[0]!))
  await page.getByRole('group', { name: 'Clear?' }).waitFor()
  await page.getByRole('radio', { name: '5, yes' }).first().focus()
  await page.keyboard.press('Space')
  await page.getByRole('checkbox', { name: 'book' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('textbox', { name: 'More?' }).fill('Thank you')
  await page.getByRole('button', { name: 'Send' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor()
  expect(await answers()).toMatchObject({ answers: 1, texts: [{ question: 'more', text: 'Thank you' }] })
  expect(asked.filter((url) => url.includes(tokens[0]!) && !url.includes('#'))).toEqual([])
  const left = await page.evaluate(async () => {
    const { localStorage: local, indexedDB: databases } = globalThis as unknown as {
      localStorage: Record<string, string>
      indexedDB: { open(name: string): { onsuccess: (() => void) | null; result: never } }
    }
    const rows = await new Promise<number>((resolve) => {
      const request = databases.open('surveys')
      request.onsuccess = () => {
        const database = request.result as {
          transaction(name: string): {
            objectStore(name: string): { count(): { onsuccess: () => void; result: number } }
          }
        }
        const count = database.transaction('answers').objectStore('answers').count()
        count.onsuccess = () => resolve(count.result)
      }
    })
    return { keys: Object.keys(local).filter((key) => key !== 'language'), rows }
  })
  expect(left).toEqual({ keys: [], rows: 0 })
  await page.reload()
  await page.getByRole('heading', { name: 'Answered already' }).waitFor()
})

test('without network the page opens, keeps the answer, and sends it when there is a network', async () => {
  const page = await takePhone()
  await page.goto(linkOf(tokens[1]!))
  await page.getByRole('group', { name: 'Clear?' }).waitFor()
  await page.evaluate(async () => {
    const { navigator: own } = globalThis as unknown as {
      navigator: { serviceWorker: { ready: Promise<unknown> } }
    }
    await own.serviceWorker.ready
  })
  await page.context().setOffline(true)
  await page.reload()
  await page.getByRole('radio', { name: '1, no' }).first().check({ force: true })
  await page.reload()
  // What was filled in is still there.
  expect(await page.getByRole('radio', { name: '1, no' }).first().isChecked()).toBe(true)
  const before = (await answers()).answers
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'No network yet' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'No network yet' }).waitFor()
  expect((await answers()).answers).toBe(before)
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor()
  expect((await answers()).answers).toBe(before + 1)
})

test('an answer whose confirmation is lost is sent again and counted once', async () => {
  const page = await takePhone()
  let lost = 0
  await page.route('**/api/plugins/surveys/answers', async (route) => {
    if (lost > 1) {
      await route.continue()
      return
    }
    lost += 1
    await route.fetch()
    await route.abort()
  })
  const before = (await answers()).answers
  await page.goto(linkOf(tokens[2]!))
  await page.getByRole('radio', { name: '3, yes' }).check({ force: true })
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor()
  expect(lost).toBe(2)
  expect((await answers()).answers).toBe(before + 1)
})

test('an empty form is not sent, and broken or unknown links are told', async () => {
  const page = await takePhone()
  await page.goto(linkOf(tokens[3]!))
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Answer at least one question.').waitFor()
  await page.goto(`${address}/s/surveys/?2`)
  await page.getByRole('heading', { name: 'The link is not whole' }).waitFor()
  await page.goto(`${address}/s/surveys/?3#${'A'.repeat(22)}`)
  await page.getByRole('heading', { name: 'No such link' }).waitFor()
})

const pictures = process.env['USTAZ_SCREENSHOTS']
test.each([
  { locale: 'kk-KZ', colorScheme: 'dark', send: 'Жіберу' },
  { locale: 'ru-RU', colorScheme: 'light', send: 'Отправить' },
  { locale: 'en-GB', colorScheme: 'dark', send: 'Send' },
] as const)('in $locale, $colorScheme, it fits a phone and has no barrier', async ({ send, ...look }) => {
  const page = await takePhone(look)
  await page.goto(linkOf(tokens[4]!))
  await page.getByRole('button', { name: send }).waitFor()
  expect(
    await page.evaluate(() => {
      const { document: own } = globalThis as unknown as {
        document: { documentElement: { scrollWidth: number; clientWidth: number } }
      }
      return own.documentElement.scrollWidth - own.documentElement.clientWidth
    }),
  ).toBe(0)
  expect(await findBarriers(page)).toEqual([])
  if (pictures) await page.screenshot({ path: `${pictures}/phone-${look.locale}.png`, fullPage: true })
  await page.getByRole('button', { name: 'Русский' }).click()
  await page.getByRole('button', { name: 'Отправить' }).waitFor()
  expect(await heading(page)).toBe('aigul')
})

test('all files of the page, gzipped, are less than 20 kB', async () => {
  const page = await takePhone()
  const files = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (response.url().includes('/s/surveys/')) files.set(response.url(), response.body())
  })
  await page.goto(linkOf(tokens[5]!))
  await page.getByRole('button', { name: 'Send' }).waitFor()
  const bodies = await Promise.all(files.values())
  expect(bodies.length).toBeGreaterThan(8)
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
  expect(bytes).toBeLessThan(20_000)
  const { headers } = await server.app.inject({
    url: '/s/surveys/main.js',
    headers: { 'accept-encoding': 'gzip, br' },
  })
  expect(headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
  })
  const again = await server.app.inject({
    url: '/s/surveys/main.js',
    headers: { 'if-none-match': headers.etag },
  })
  expect(again.statusCode).toBe(304)
})

test('on a slow line it is there within about a second, and the worker knows all its files', async () => {
  const page = await takePhone()
  const session = await page.context().newCDPSession(page)
  // "Slow 4G" of Lighthouse: 150 ms there and back, 1.6 Mbit/s.
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (0.75 * 1024 * 1024) / 8,
  })
  const since = performance.now()
  await page.goto(linkOf(tokens[6]!))
  await page.getByRole('button', { name: 'Send' }).waitFor()
  const took = performance.now() - since
  console.log(`the questions were there after ${Math.round(took)} ms`)
  expect(took).toBeLessThan(3000)
  const html = (await server.app.inject({ url: '/s/surveys/' })).body
  const worker = (await server.app.inject({ url: '/s/surveys/worker.js' })).body
  for (const [, file] of html.matchAll(/(?:href|src)="([\w.]+)"/g)) expect(worker).toContain(`'${file}'`)
  expect(worker).not.toContain('.ts')
})
