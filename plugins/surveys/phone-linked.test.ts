import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { launchChromium } from '@ustaz/core/testing'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cellsOf, createTestSurveys, giveOutBundle, openCampaign } from './test-surveys.ts'
import type { TestSurveys } from './test-surveys.ts'

const minutes = 60_000
const ground = {
  kk: 'Университет ережесі, 7-тармақ',
  ru: 'Правила университета, пункт 7',
  en: 'Rules of the university, clause 7',
}
let server: TestSurveys
let browser: Browser
let address: string
let tokens: string[]
let cells: Map<string, number>
const contexts: BrowserContext[] = []
beforeAll(async () => {
  server = await createTestSurveys()
  const teachers = ['aigul', 'marat', 'head'] as const
  const campaign = await openCampaign(
    server,
    teachers.map((teacher) => ({ teacher, group: 'A', students: 20 })),
    { linked: { ground } },
  )
  cells = await cellsOf(server, campaign)
  tokens = await giveOutBundle(server, campaign, { groups: ['A'] })
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
const voices = async () =>
  (await server.tables.selectFrom('bundle').select('voices').executeTakeFirstOrThrow()).voices
const answersOf = async (teacher: string) => {
  const tally = server.tables.selectFrom('tally').select('answers')
  return (await tally.where('cell_id', '=', cells.get(`${teacher} A`)!).executeTakeFirstOrThrow()).answers
}
const press = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}

test(
  'a student reads the ground, passes through the teachers by keyboard, leaves one out, and sends once',
  { timeout: minutes },
  async () => {
    const page = await takePhone()
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/answers')) sent.push(request.postData() ?? '')
    })
    await page.goto(linkOf(tokens[0]!))
    await page.getByText(ground.en).waitFor()
    await page.getByRole('heading', { name: 'Your answers are kept together until the end' }).waitFor()
    await press(page, 'Begin')
    await page.getByRole('heading', { name: 'aigul' }).waitFor()
    await page.getByText('1 of 3').waitFor()
    await press(page, 'Next')
    await page.getByText('Answer at least one question, or leave this teacher out.').waitFor()
    await page.getByRole('radio', { name: '5, yes' }).first().focus()
    await page.keyboard.press('Space')
    await press(page, 'Next')
    await page.getByRole('heading', { name: 'head' }).waitFor()
    await page.getByRole('radio', { name: '1, no' }).first().check({ force: true })
    await press(page, 'Leave out')
    await page.getByRole('heading', { name: 'marat' }).waitFor()
    await page.getByRole('radio', { name: '3, yes' }).check({ force: true })
    await press(page, 'Next')
    await page.getByRole('heading', { name: 'Everything at once' }).waitFor()
    expect(sent).toEqual([])
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^aigul, Algebra\s+answered$/),
      expect.stringMatching(/^head, Algebra\s+left out$/),
      expect.stringMatching(/^marat, Algebra\s+answered$/),
    ])
    await press(page, 'Send')
    await page.getByRole('heading', { name: 'Thank you!' }).waitFor()
    expect(sent).toHaveLength(1)
    expect(await Promise.all(['aigul', 'head', 'marat'].map(answersOf))).toEqual([1, 0, 1])
    expect(await voices()).toEqual([
      { [cells.get('aigul A')!]: [5, null], [cells.get('marat A')!]: [null, 3] },
    ])
    const left = await page.evaluate(() => {
      const { localStorage: local } = globalThis as unknown as { localStorage: Record<string, string> }
      return Object.keys(local).filter((key) => key !== 'language')
    })
    expect(left).toEqual([])
    await page.reload()
    await page.getByRole('heading', { name: 'Answered already' }).waitFor()
  },
)

test(
  'without network one goes on where one was, and all is sent once there is a network',
  { timeout: minutes },
  async () => {
    const page = await takePhone()
    await page.goto(linkOf(tokens[1]!))
    await page.getByText(ground.en).waitFor()
    await page.evaluate(async () => {
      const { navigator: own } = globalThis as unknown as {
        navigator: { serviceWorker: { ready: Promise<unknown> } }
      }
      await own.serviceWorker.ready
    })
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByRole('radio', { name: '2', exact: true }).first().check({ force: true })
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { name: 'head' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'head' }).waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
    expect(await page.getByRole('radio', { name: '2', exact: true }).first().isChecked()).toBe(true)
    for (const name of ['Next', 'Leave out', 'Leave out'])
      await page.getByRole('button', { name, exact: true }).click()
    const before = (await voices()).length
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('heading', { name: 'No network yet' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: 'Thank you!' }).waitFor()
    expect(await voices()).toHaveLength(before + 1)
  },
)

test('who leaves everybody out sends nothing', { timeout: minutes }, async () => {
  const page = await takePhone()
  await page.goto(linkOf(tokens[2]!))
  for (const name of ['Begin', 'Leave out', 'Leave out', 'Leave out', 'Send'])
    await page.getByRole('button', { name, exact: true }).click()
  await page.getByText('Answer at least one question.').waitFor()
})

const pictures = process.env['USTAZ_SCREENSHOTS']
test.each([
  { locale: 'kk-KZ', colorScheme: 'dark', begin: 'Бастау', skip: 'Өткізіп жіберу' },
  { locale: 'ru-RU', colorScheme: 'light', begin: 'Начать', skip: 'Пропустить' },
  { locale: 'en-GB', colorScheme: 'dark', begin: 'Begin', skip: 'Leave out' },
] as const)(
  'in $locale, $colorScheme, each screen fits a phone and has no barrier',
  { timeout: minutes },
  async ({ begin, skip, ...look }) => {
    const page = await takePhone(look)
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    const looksRight = async (name: string) => {
      if (pictures)
        await page.screenshot({ path: `${pictures}/walk-${look.locale}-${name}.png`, fullPage: true })
      await page.evaluate(axe)
      const found = await page.evaluate(async () => {
        const { axe: checker, document: own } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
          document: { documentElement: { scrollWidth: number; clientWidth: number } }
        }
        const { violations } = await checker.run()
        return {
          over: own.documentElement.scrollWidth - own.documentElement.clientWidth,
          barriers: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
        }
      })
      expect(found).toEqual({ over: 0, barriers: [] })
    }
    await page.goto(linkOf(tokens[3]!))
    await page.getByRole('button', { name: begin }).waitFor()
    await page.getByText(ground[look.locale.slice(0, 2) as keyof typeof ground]).waitFor()
    await looksRight('beginning')
    await page.getByRole('button', { name: begin }).click()
    await looksRight('teacher')
    for (let teacher = 0; teacher < 3; teacher++) await page.getByRole('button', { name: skip }).click()
    await page.getByRole('listitem').first().waitFor()
    await looksRight('end')
  },
)
