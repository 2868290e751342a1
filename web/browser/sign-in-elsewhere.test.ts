import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '@ustaz/core/testing'
import { base, startTestDirectory } from '../../core/access/ldap/test-directory.ts'
import type { TestDirectory } from '../../core/access/ldap/test-directory.ts'
import { startTestOpenIdProvider } from '../../core/access/openid/test-provider.ts'
import type { TestOpenIdProvider } from '../../core/access/openid/test-provider.ts'
import { findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
const password = 'төрт түлік мал'
let browser: Browser
let provider: TestOpenIdProvider
let directory: TestDirectory
let university: RunningUniversity
const readers: Reader[] = []

beforeAll(async () => {
  ;[browser, provider, directory] = await Promise.all([
    launchChromium(),
    startTestOpenIdProvider(),
    startTestDirectory(),
  ])
  const rule = { role: 'office', unitCode: null } as const
  const openId = { ...provider.settings, newAccounts: true, rules: [{ ...rule, value: 'rating' }] }
  const ldap = { ...directory.settings, newAccounts: true }
  university = await startUniversity({ settings: { openId, ldap, demoSignIn: false } })
  provider.serve(university.address)
  const zhanar = { name: 'Zhanar Akhmetova', email: 'zhanar@university.kz', email_verified: true }
  provider.people.set('zhanar', { ...zhanar, groups: ['rating'] })
  provider.people.set('unverified', { name: 'Somebody', email: 'somebody@university.kz' })
  directory.entries.set(`uid=marat,ou=people,${base}`, {
    objectClass: 'person',
    uid: 'marat',
    cn: 'Marat Of The Directory',
    mail: 'marat@university.kz',
    entryUUID: '2f0c',
    userPassword: password,
  })
}, 4 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
  await provider.close()
  await directory.close()
})

async function stranger(look: Partial<Look> = {}): Promise<Reader> {
  const reader = await createReader(browser, university.address, {
    language: 'en',
    width: 1440,
    account: null,
    ...look,
  })
  readers.push(reader)
  return reader
}

describe('signing in elsewhere', () => {
  test(
    "by the university's provider one comes to where one wanted to go, and signs out there too",
    async () => {
      const { page, open, complaints } = await stranger()
      await open('/people?search=%D0%9A%D0%B8%D0%BC')
      await page.getByRole('button', { name: 'Sign in with the university account' }).click()
      await page.waitForURL(`${provider.issuer}/**`)
      await page.waitForLoadState()
      expect(complaints.filter((line) => line.includes(university.address))).toEqual([])
      // The provider's own page wants a typeface from elsewhere.
      complaints.splice(0)
      await page.locator('input[name="login"]').fill('zhanar')
      await page.locator('input[name="password"]').fill('any')
      await page.locator('button[type="submit"]').click()
      await page.waitForURL(`${university.address}/people?search=*`)
      await settled(page)
      await page.getByRole('region', { name: 'Account' }).getByText('Zhanar Akhmetova').waitFor()
      await page.getByRole('region', { name: 'Account' }).getByText('Academic office').waitFor()
      expect(complaints.filter((line) => !line.startsWith(provider.issuer))).toEqual([])
      await page.goBack()
      expect(page.url()).not.toContain('code=')

      await open('/people')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.waitForURL(`${provider.issuer}/session/end?**`)
      await page.locator('button[type="submit"]').first().click()
      await page.waitForURL(`${university.address}/sign-in`)
      await open('/people')
      expect(new URL(page.url()).pathname).toBe('/sign-in')
    },
    2 * minutes,
  )

  test(
    'what went wrong is told in the language of the reader, with a way back',
    async () => {
      const { page, open } = await stranger({ language: 'kk', width: 390, theme: 'dark' })
      await open('/sign-in')
      await page.getByRole('button', { name: 'Университет тіркелгісімен кіру' }).click()
      await page.waitForURL(`${provider.issuer}/**`)
      await page.locator('input[name="login"]').fill('unverified')
      await page.locator('input[name="password"]').fill('any')
      await page.locator('button[type="submit"]').click()
      await page
        .getByRole('alert')
        .getByText('somebody@university.kz мекенжайы сіздікі екенін растамаған')
        .waitFor()
      expect(await findFaults(page)).toEqual([])
      expect(page.url()).toBe(`${university.address}/sign-in/return`)
      await page.getByRole('link', { name: 'Кіруге оралу' }).click()
      await page.waitForURL('**/sign-in')
    },
    2 * minutes,
  )

  test(
    'a login of the directory will do in the form of sign-in',
    async () => {
      const { page, open } = await stranger()
      await open('/sign-in')
      await page.getByLabel('E-mail or university login').fill('marat')
      await page.getByLabel('Password').fill(password)
      await page.keyboard.press('Enter')
      await page.waitForURL(`${university.address}/`)
      await settled(page)
      await page.getByRole('region', { name: 'Account' }).getByText('Marat Of The Directory').waitFor()
    },
    2 * minutes,
  )

  test(
    'the page with all ways has no barrier, in three languages, narrow and wide, light and dark',
    async () => {
      for (const [language, width, theme] of [
        ['kk', 390, 'light'],
        ['ru', 1440, 'dark'],
        ['en', 390, 'dark'],
      ] as const) {
        const { page, open } = await stranger({ language, width, theme })
        await open('/sign-in')
        expect(await findFaults(page)).toEqual([])
      }
    },
    2 * minutes,
  )
})
