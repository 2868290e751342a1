import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '@ustaz/core/testing'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { findFaults } from './find-faults.ts'
import { headersOf } from './sign-in.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
const password = 'төрт түлік мал'
const email = 'new.person@university.kz'
let browser: Browser
let university: RunningUniversity
let administrator: number
const readers: Reader[] = []

beforeAll(async () => {
  ;[browser, university] = await Promise.all([launchChromium(), startUniversity()])
  administrator = await university.addAccount('Administrator', 'administrator')
}, 4 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
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

/** Has an administrator invite somebody; answers the path of the link. */
async function invite(name: string, address: string): Promise<string> {
  const headers = await headersOf(university.address, administrator)
  const response = await fetch(`${university.address}/api/accounts`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      name,
      email: address,
      teacherId: null,
      roles: [{ role: 'management', unitId: null }],
    }),
  })
  const { link } = (await response.json()) as { link: { address: string } }
  return link.address.replace(university.address, '')
}

describe('signing in', () => {
  test(
    'an invited person sets a password, signs in where they wanted to go, and signs out',
    async () => {
      const { page, open, complaints } = await stranger()
      await open(await invite('New Person', email))
      await page.getByText('Welcome, New Person.').waitFor()
      await page.getByLabel('New password').fill(password)
      await page.getByLabel('Once more').fill('something else')
      await page.getByText('The two are not the same.').waitFor()
      await page.getByLabel('Once more').fill(password)
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('link', { name: 'Go to sign-in' }).waitFor()

      await open('/people?search=%D0%9A%D0%B8%D0%BC')
      expect(new URL(page.url()).pathname).toBe('/sign-in')
      await page.getByLabel('E-mail').fill(email)
      await page.getByLabel('Password').fill(password)
      await page.keyboard.press('Enter')
      await page.waitForURL('**/people?search=*')
      await settled(page)
      await page.getByRole('link', { name: /Ким/ }).first().waitFor()
      await page.getByRole('region', { name: 'Account' }).getByText('New Person').waitFor()
      expect(complaints).toEqual([])

      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.waitForURL('**/sign-in')
      await open('/people')
      expect(new URL(page.url()).pathname).toBe('/sign-in')
    },
    2 * minutes,
  )

  test(
    'a wrong password is told in the language of the reader, and what was typed stays',
    async () => {
      const { page, open } = await stranger({ language: 'kk', width: 390 })
      await open('/sign-in')
      await page.getByLabel('Электрондық пошта').fill('nobody@university.kz')
      await page.getByLabel('Құпиясөз').fill('wrong password')
      await page.getByRole('button', { name: 'Кіру', exact: true }).click()
      await page.getByRole('alert').getByText('Логин немесе құпиясөз дұрыс емес.').waitFor()
      expect(await page.getByLabel('Электрондық пошта').inputValue()).toBe('nobody@university.kz')
    },
    2 * minutes,
  )

  test(
    'when the session ends in the middle, the page leads to sign-in and back',
    async () => {
      const { page, open } = await stranger({ account: university.accounts.aigul })
      await open('/evidence')
      await page.context().clearCookies()
      await page.getByRole('link', { name: 'Teachers', exact: true }).click()
      await page.waitForURL('**/sign-in?to=/people')
      await page.getByRole('button', { name: /Айгүл/ }).click()
      await page.waitForURL('**/people')
      await page.getByRole('region', { name: 'Account' }).getByText('Айгүл').waitFor()
    },
    2 * minutes,
  )

  test(
    'a link to another site in the address leads to the first page instead',
    async () => {
      const { page, open } = await stranger()
      await open('/sign-in?to=//evil.example/')
      await page.getByRole('button', { name: /Айгүл/ }).click()
      await page.waitForURL(`${university.address}/`)
    },
    2 * minutes,
  )

  test(
    'an administrator invites somebody, gives roles, locks; one sees and ends own sessions and changes the password',
    async () => {
      const { page, open, complaints } = await stranger({ account: administrator })
      await open('/accounts?search=nobody')
      await page.getByRole('button', { name: 'Invite' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(/^Name/).fill('Second Person')
      await dialog.getByLabel('E-mail').fill('second@university.kz')
      await dialog.getByRole('button', { name: 'Invite' }).click()
      const link = await dialog.getByLabel('Link for a password').inputValue()
      expect(link).toContain('/set-password#')
      await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
      await open('/accounts?search=second')
      const card = page.getByRole('article').filter({ hasText: 'second@university.kz' })
      await card.getByRole('button', { name: 'Roles' }).click()
      await card.getByLabel('Role', { exact: true }).selectOption('verifier')
      await card.getByRole('button', { name: 'Save' }).click()
      await card.getByText('Verifying unit').waitFor()
      expect(await findFaults(page)).toEqual([])

      const second = await stranger({ width: 390, theme: 'dark' })
      await second.open(link.replace(university.address, ''))
      await second.page.getByLabel('New password').fill(password)
      await second.page.getByLabel('Once more').fill(password)
      await second.page.getByRole('button', { name: 'Save' }).click()
      await second.page.getByRole('link', { name: 'Go to sign-in' }).click()
      await second.page.getByLabel('E-mail').fill('second@university.kz')
      await second.page.getByLabel('Password').fill(password)
      await second.page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await second.page.waitForURL(`${university.address}/`)
      await second.open('/account')
      await second.page.getByText('here', { exact: true }).waitFor()
      expect(await findFaults(second.page)).toEqual([])
      await second.page.getByLabel(/Current password/).fill(password)
      await second.page.getByLabel('New password').fill('another long phrase')
      await second.page.getByLabel('Once more').fill('another long phrase')
      await second.page.getByRole('button', { name: 'Save' }).click()
      await second.page.getByText('The password is changed.', { exact: true }).waitFor()

      await open('/accounts?search=second')
      await card.getByRole('button', { name: 'Lock', exact: true }).click()
      await card.getByText('locked', { exact: true }).waitFor()
      await second.open('/account')
      await second.page.waitForURL('**/sign-in?to=/account')
      expect(complaints).toEqual([])
    },
    2 * minutes,
  )

  test(
    'a used link says what to do',
    async () => {
      const { page, open } = await stranger()
      await open('/set-password#0123456789abcdefghij')
      await page.getByText('Ask the administrator for a new one.').waitFor()
    },
    minutes,
  )

  test.each(['/sign-in', '/set-password'])(
    '%s has no barrier, in three languages, narrow and wide, light and dark',
    async (path) => {
      for (const [language, width, theme] of [
        ['kk', 390, 'light'],
        ['ru', 1440, 'dark'],
        ['en', 390, 'dark'],
      ] as const) {
        const { page, open } = await stranger({ language, width, theme })
        await open(path)
        expect(await findFaults(page)).toEqual([])
      }
    },
    2 * minutes,
  )
})
