import type { Language } from '@ustaz/core/contract'
import type { Browser, Page } from 'playwright-core'

/** A person with a browser: language, width of the window, light or dark. */
export interface Reader {
  page: Page
  /** What the browser complained about: script errors, refused resources, requests to other hosts. */
  complaints: string[]
  open(path: string): Promise<void>
  close(): Promise<void>
}
export interface Look {
  language: Language
  width: number
  theme?: 'light' | 'dark'
  /** Whom the reader acts as; absent: whoever the server proposes. */
  account?: number
}

export async function createReader(browser: Browser, address: string, look: Look): Promise<Reader> {
  const { language, width, theme = 'light', account } = look
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    reducedMotion: 'reduce',
  })
  await context.addInitScript(
    ([chosenLanguage, chosenTheme, chosenAccount]) => {
      localStorage.setItem('ustaz.language', chosenLanguage)
      localStorage.setItem('ustaz.theme', chosenTheme)
      if (chosenAccount !== '') localStorage.setItem('ustaz.account', chosenAccount)
    },
    [language, theme, account === undefined ? '' : String(account)] as const,
  )
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(address)) complaints.push(request.url())
  })
  const open = async (path: string) => {
    await page.goto(address + path)
    await settled(page)
  }
  return { page, complaints, open, close: async () => await context.close() }
}

/** The page has its heading, and nothing on it is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[data-loading], [aria-busy="true"]') === null)
}
