import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '@ustaz/core/testing'
import { createResetQueue, startResetWorker } from '../../core/access/reset-by-mail.ts'
import { codeAt, stepAt } from '../../core/access/totp.ts'
import { startMailWorker } from '../../core/mail/mail-worker.ts'
import { createMailQueue } from '../../core/mail/queue-mail.ts'
import { startTestMailbox } from '../../core/mail/test-mailbox.ts'
import type { TestMailbox } from '../../core/mail/test-mailbox.ts'
import { findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { headersOf } from './sign-in.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
const password = 'төрт түлік мал'
let browser: Browser
let university: RunningUniversity
let mailbox: TestMailbox
let administrator: number
const readers: Reader[] = []

beforeAll(async () => {
  mailbox = await startTestMailbox()
  ;[browser, university] = await Promise.all([
    launchChromium(),
    startUniversity({
      settings: {
        secondFactorRoles: ['management'],
        mail: { smtpUrl: mailbox.url, from: 'ustaz@u.kz' },
      },
    }),
  ])
  const { jobs } = university.context
  await createMailQueue(jobs)
  await createResetQueue(jobs)
  await startMailWorker(university.context)
  await startResetWorker(university.context)
  administrator = await university.addAccount('Administrator', 'administrator')
}, 4 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
  await mailbox.close()
})

async function reader(look: Partial<Look> = {}): Promise<Reader> {
  const made = await createReader(browser, university.address, { language: 'en', width: 1440, ...look })
  readers.push(made)
  return made
}
async function withToken(token: string, path: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${university.address}/api${path}`, { headers })).status
}

/** Has an administrator make an account with a password. */
async function addPerson(name: string, email: string, role: string): Promise<void> {
  const headers = {
    ...(await headersOf(university.address, administrator)),
    'content-type': 'application/json',
  }
  const post = async (path: string, body: object) =>
    await fetch(`${university.address}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const made = await post('/accounts', { name, email, teacherId: null, roles: [{ role, unitId: null }] })
  const { link } = (await made.json()) as { link: { address: string } }
  expect((await post('/links/use', { secret: link.address.split('#')[1], password })).status).toBe(204)
}

describe('API tokens', () => {
  test(
    'one makes a token, it works, one revokes it, and it does not',
    async () => {
      const { page, open, complaints } = await reader({ account: university.accounts.aigul })
      await open('/account')
      const tokens = page.getByRole('region', { name: 'API tokens' })
      await tokens.getByText('There are no tokens.').waitFor()
      await tokens.getByRole('button', { name: 'New token' }).click()
      await tokens.getByRole('textbox', { name: /^Name/ }).fill('Statistics')
      await tokens.getByLabel('Valid for').selectOption('7 days')
      expect(await tokens.getByLabel('Start a run').count()).toBe(0)
      await tokens.getByLabel('See runs and what is published of them').check()
      expect(await findFaults(page)).toEqual([])
      await tokens.getByRole('button', { name: 'Make the token' }).click()
      const token = await tokens.getByLabel('Token', { exact: true }).inputValue()
      expect(await withToken(token, '/runs')).toBe(200)
      expect(await withToken(token, '/evidence')).toBe(403)
      await tokens.getByRole('button', { name: 'Close', exact: true }).click()
      await tokens.getByText('What it may do: 1').click()
      await tokens.getByText('Rating runs: See runs and what is published of them').waitFor()
      expect(await page.content()).not.toContain(token)

      await open('/account')
      await tokens.getByText(/Last used/).waitFor()
      await tokens.getByRole('button', { name: 'Revoke the token: Statistics' }).click()
      await tokens.getByText('revoked', { exact: true }).waitFor()
      expect(await withToken(token, '/runs')).toBe(401)
      expect(complaints).toEqual([])
    },
    2 * minutes,
  )

  test(
    'an administrator sees and revokes the token of another',
    async () => {
      const headers = await headersOf(university.address, university.accounts.office)
      const made = await fetch(`${university.address}/api/account/tokens`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Nightly export', actions: ['run.read'], days: 365 }),
      })
      const { token } = (await made.json()) as { token: string }
      const { page, open } = await reader({
        account: administrator,
        language: 'ru',
        width: 390,
        theme: 'dark',
      })
      await open('/accounts?search=Office')
      const card = page.getByRole('article').filter({ hasText: 'Office' })
      await card.getByRole('button', { name: 'Токены API' }).click()
      await card.getByText('Nightly export').waitFor()
      expect(await findFaults(page)).toEqual([])
      await card.getByRole('button', { name: 'Отозвать токен: Nightly export' }).click()
      await card.getByText('отозван', { exact: true }).waitFor()
      expect(await withToken(token, '/runs')).toBe(401)
    },
    2 * minutes,
  )
})

/** The key as the page shows it, as bytes. */
async function keyOn(page: Page): Promise<Buffer> {
  const text = ((await page.locator('[data-key]').textContent()) ?? '').replace(/\s/g, '')
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
}
/** The server's clock stands still; a phone's may be a step off, which makes three codes. */
const codeOf = (key: Buffer, drift: -1 | 0 | 1) => codeAt(key, stepAt(university.context.now()) + drift)

async function typePassword(page: Page, login: string): Promise<void> {
  await page.getByLabel('E-mail').fill(login)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

describe('the second factor', () => {
  test(
    'whose role must have it sets it up first, signs in with code and recovery code, and an administrator takes it away',
    async () => {
      const email = 'rector@university.kz'
      await addPerson('New Rector', email, 'management')
      const { page, open, complaints } = await reader({ account: null })
      await open('/sign-in?to=/people')
      await typePassword(page, email)
      await page.waitForURL('**/account')
      await page.getByText('Your role needs a second factor.').waitFor()
      await open('/people')
      expect(new URL(page.url()).pathname).toBe('/account')

      await page.getByRole('button', { name: 'Set up' }).click()
      await page.getByLabel(/Current password/).fill(password)
      await page.getByRole('button', { name: 'Go on' }).click()
      await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
      expect(await findFaults(page)).toEqual([])
      const key = await keyOn(page)
      expect(key).toHaveLength(20)
      await page.getByLabel(/Code that the app shows/).fill('000000')
      await page.getByRole('button', { name: 'Turn on' }).click()
      await page.getByRole('alert').getByText('The code is wrong').waitFor()
      await page.getByLabel(/Code that the app shows/).fill(codeOf(key, -1))
      await page.getByRole('button', { name: 'Turn on' }).click()
      const shown = page.getByRole('status').getByRole('listitem')
      await shown.first().waitFor()
      const recoveryCodes = await shown.allTextContents()
      expect(recoveryCodes).toHaveLength(10)
      expect(await findFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'I have kept them' }).click()
      await page.waitForURL(`${university.address}/`)
      await settled(page)

      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.waitForURL('**/sign-in')
      await typePassword(page, email)
      await typeCode(page, codeOf(key, -1))
      await page.getByRole('alert').getByText('The code is wrong').waitFor()
      expect(await findFaults(page)).toEqual([])
      await typeCode(page, codeOf(key, 0))
      await page.waitForURL(`${university.address}/`)
      await settled(page)

      await open('/account')
      const own = page.getByRole('region', { name: 'Second factor' })
      await own.getByText('Recovery codes left: 10.').waitFor()
      expect(await findFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.waitForURL('**/sign-in')
      await typePassword(page, email)
      await typeCode(page, recoveryCodes[4]!.toLowerCase())
      await page.waitForURL(`${university.address}/`)
      await open('/account')
      await own.getByText('Recovery codes left: 9.').waitFor()

      const admin = await reader({ account: administrator })
      await admin.open('/accounts?search=rector')
      const card = admin.page.getByRole('article').filter({ hasText: email })
      await card.getByRole('button', { name: 'Take away the second factor' }).click()
      await admin.page.getByText('The second factor is taken away.', { exact: true }).first().waitFor()
      await open('/people')
      await page.getByText('Your role needs a second factor.').waitFor()
      // A refused code is told of in the console, too.
      expect(complaints.filter((text) => !/ 401 | 422 |403/.test(text))).toEqual([])
    },
    3 * minutes,
  )

  test(
    'whose role need not have it turns it on and off again, on a phone in Kazakh',
    async () => {
      const email = 'dean@university.kz'
      await addPerson('New Dean', email, 'dean')
      const { page, open } = await reader({ account: null, language: 'kk', width: 390, theme: 'dark' })
      await open('/sign-in?to=/account')
      await page.getByLabel('Электрондық пошта').fill(email)
      await page.getByLabel('Құпиясөз').fill(password)
      await page.getByRole('button', { name: 'Кіру', exact: true }).click()
      await page.waitForURL('**/account')
      const own = page.getByRole('region', { name: 'Екінші фактор' })
      await own.getByRole('button', { name: 'Баптау' }).click()
      await own.getByLabel(/құпиясөз/i).fill(password)
      await own.getByRole('button', { name: 'Жалғастыру' }).click()
      await own.getByRole('img').waitFor()
      expect(await findFaults(page)).toEqual([])
      const key = await keyOn(page)
      await own.getByLabel(/Қолданба көрсеткен код/).fill(codeOf(key, -1))
      await own.getByRole('button', { name: 'Қосу' }).click()
      await own.getByRole('button', { name: 'Сақтап қойдым' }).click()
      await own.getByText('қосулы', { exact: true }).waitFor()
      await own.getByRole('button', { name: 'Өшіру' }).click()
      await own.getByRole('button', { name: 'Кодпен растау' }).click()
      await own.getByLabel(/Код/).fill(codeOf(key, 0))
      await own.getByRole('button', { name: 'Өшіру' }).click()
      await own.getByText('өшірулі', { exact: true }).waitFor()
      expect(await findFaults(page)).toEqual([])
    },
    2 * minutes,
  )
})

describe('the table of rights', () => {
  test.each([
    { language: 'en', width: 1440, theme: 'light' },
    { language: 'ru', width: 1440, theme: 'dark' },
    { language: 'kk', width: 390, theme: 'dark' },
  ] as const)(
    'is read in $language at $width px without a barrier',
    async (look) => {
      const { page, open, complaints } = await reader({ ...look, account: university.accounts.head })
      await open('/rights')
      expect(await findFaults(page)).toEqual([])
      expect(complaints).toEqual([])
    },
    2 * minutes,
  )

  test(
    'says for each role how far an action reaches, and what the reader may',
    async () => {
      const { page, open } = await reader({ account: university.accounts.head })
      await open('/account')
      await page.getByRole('link', { name: 'What may I do?' }).click()
      await page.waitForURL('**/rights')
      await settled(page)
      const columns = await page.getByRole('columnheader').allTextContents()
      expect(columns.filter((text) => text.includes('your role'))).toHaveLength(2)
      const cells = page.getByRole('row').filter({ hasText: 'Approve evidence' }).getByRole('cell')
      const texts = (await cells.allTextContents()).map((text) => text.trim())
      // Action, you, then teacher, head, dean, verifier, office, management, technician, administrator.
      const none = '–may not'
      expect(texts.slice(1)).toEqual(['unit', none, 'unit', 'unit', 'turn', 'all', none, none, none])
    },
    2 * minutes,
  )

  test(
    'on a phone lists what the chosen role may',
    async () => {
      const { page, open } = await reader({ account: university.accounts.aigul, width: 390 })
      await open('/rights')
      await page.getByText('Appeal against the own result').waitFor()
      expect(await page.getByText('Read the log of every change').count()).toBe(0)
      await page.getByLabel('Rights of').selectOption('Administrator')
      await page.getByText('Read the log of every change').waitFor()
      expect(await page.getByText('Appeal against the own result').count()).toBe(0)
    },
    2 * minutes,
  )
})

/** The path and fragment of the link in the mail that came to an address. */
async function linkTo(address: string): Promise<string> {
  const find = () => mailbox.received.find(({ to }) => to.includes(address))
  await expect.poll(find, { timeout: 20_000 }).toBeDefined()
  return /https?:\/\/[^/]+(\/\S+)/.exec(find()?.text ?? '')?.[1] ?? ''
}

describe('by mail', () => {
  test(
    'a forgotten password: asked for on the page of sign-in, set by the link, signed in',
    async () => {
      const email = 'forgetful@university.kz'
      await addPerson('Forgetful Dean', email, 'dean')
      const { page, open, complaints } = await reader({ account: null, width: 390, theme: 'dark' })
      await open('/sign-in')
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await page.waitForURL('**/forgot-password')
      await settled(page)
      expect(await findFaults(page)).toEqual([])
      await page.getByLabel('E-mail').fill(email)
      await page.getByRole('button', { name: 'Send me a link' }).click()
      await page.getByText(`If somebody signs in by ${email}`).waitFor()
      await open(await linkTo(email))
      await page.getByText('Forgetful Dean, think of a new password.').waitFor()
      await page.getByLabel('New password').fill('another long phrase')
      await page.getByLabel('Once more').fill('another long phrase')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('link', { name: 'Go to sign-in' }).click()
      await page.waitForURL('**/sign-in')
      await page.getByLabel('E-mail').fill(email)
      await page.getByLabel('Password').fill('another long phrase')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.waitForURL(`${university.address}/`)
      expect(complaints).toEqual([])
    },
    2 * minutes,
  )

  test(
    'who has no address enters one, which counts once the link is opened',
    async () => {
      const email = 'marat@university.kz'
      const { page, open, complaints } = await reader({ account: university.accounts.marat })
      await open('/notices')
      await page.getByRole('main').getByRole('link', { name: 'My account' }).click()
      await page.waitForURL('**/account')
      await settled(page)
      const own = page.getByRole('region', { name: 'E-mail' })
      await own.getByLabel(/Your address/).fill(email)
      await own.getByRole('button', { name: 'Send the confirmation' }).click()
      await own.getByText(`A link was sent to ${email}.`).waitFor()
      const link = await linkTo(email)
      await open('/account')
      await own.getByText('No address is known for you.').waitFor()
      await open(link)
      expect(await findFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Confirm' }).click()
      await page.getByText(`The address ${email} is yours now.`).waitFor()
      await open('/account')
      await own.getByText(email, { exact: true }).waitFor()
      expect(complaints).toEqual([])
    },
    2 * minutes,
  )
})

test(
  'an administrator says which teacher an account belongs to and changes the address, and is told what that means',
  async () => {
    await addPerson('Unmatched', 'unmatched@university.kz', 'teacher')
    const { page, open, complaints } = await reader({ account: administrator })
    await open('/accounts?search=unmatched')
    const card = page.getByRole('article').filter({ hasText: 'Unmatched' })
    await card.getByRole('button', { name: 'Name, e-mail, teacher' }).click()
    await card.getByLabel('E-mail').fill('matched@university.kz')
    await card.getByText('Links for a password that were given before stop working').waitFor()
    await card.getByLabel('Find a teacher by name').fill('Ахметов')
    await card.getByRole('button', { name: /Ахметов Марат/ }).click()
    await card.getByText('From the next request on, also in open sessions').waitFor()
    expect(await findFaults(page)).toEqual([])
    await card.getByRole('button', { name: 'Save' }).click()
    // Marat has an account already.
    await card.getByRole('alert').getByText('This teacher has an account already.').waitFor()
    await card.getByRole('button', { name: 'Detach' }).click()
    await card.getByRole('button', { name: 'Save' }).click()
    await card.getByText('matched@university.kz', { exact: true }).waitFor()
    expect(complaints.filter((text) => !text.includes('409'))).toEqual([])
  },
  2 * minutes,
)
