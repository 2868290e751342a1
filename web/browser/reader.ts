import type { Language } from '@ustaz/core/contract'
import type { Browser, Page } from 'playwright-core'
import { signIn } from './sign-in.ts'

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
  /** Who is signed in; absent: the first of the rating office; null: nobody. */
  account?: number | null
}

export async function createReader(browser: Browser, address: string, look: Look): Promise<Reader> {
  const { language, width, theme = 'light', account } = look
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    reducedMotion: 'reduce',
  })
  await context.addInitScript(
    ([chosenLanguage, chosenTheme]) => {
      localStorage.setItem('ustaz.language', chosenLanguage)
      localStorage.setItem('ustaz.theme', chosenTheme)
    },
    [language, theme] as const,
  )
  if (account !== null) {
    const [name = '', value = ''] = (await signIn(address, account)).split('=', 2)
    await context.addCookies([{ name, value, url: address, httpOnly: true, sameSite: 'Lax' }])
  }
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
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
