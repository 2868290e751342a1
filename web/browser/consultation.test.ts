import { launchChromium } from '@ustaz/core/testing'
import type { TestAccount } from '@ustaz/core/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
let university: RunningUniversity
let browser: Browser
let draft: number
const readers: Reader[] = []
beforeAll(async () => {
  university = await startUniversity()
  browser = await launchChromium()
  draft = await university.draft(regulation)
}, 4 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
})

const read = async (account: TestAccount, look: Partial<Look> = {}): Promise<Reader> => {
  const whole = { language: 'en', width: 1440, account: university.accounts[account], ...look } as const
  const reader = await createReader(browser, university.address, whole)
  readers.push(reader)
  return reader
}
const text = (en: string) => ({ kk: en, ru: en, en })
const regulation = {
  code: 'pay',
  version: '2027',
  title: text('Pay of teachers'),
  description: text('For tests'),
  source: 'order 1',
  periodStart: '09-01',
  areas: [
    { id: 'K1', title: text('Teaching') },
    { id: 'K2', title: text('Research') },
    { id: 'K3', title: text('Service') },
  ],
  criteria: [
    {
      id: '1.1',
      area: 'K1',
      title: text('Textbooks'),
      unit: 'item',
      indicator: 'methodical.textbook',
      points: { kind: 'per-unit', points: '1' },
    },
  ],
  leagues: [{ id: 'L', title: text('All'), positions: ['professor'] }],
  weighting: { id: 'shares.mean', params: {} },
  rounding: { digits: 2 },
}

/** Opens a consultation by the API in the name of the office, and answers its address. */
async function openConsultation(experts: TestAccount[], more: Record<string, unknown> = {}): Promise<string> {
  const day = 86_400_000
  const response = await fetch(`${university.address}/api/plugins/expert/consultations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-ustaz-account': String(university.accounts.office) },
    body: JSON.stringify({
      title: text('Asked again'),
      method: 'ahp',
      versionId: draft,
      opensAt: new Date(Date.now() - day).toISOString(),
      closesAt: new Date(Date.now() + day).toISOString(),
      experts: experts.map((name) => university.accounts[name]),
      ...more,
    }),
  })
  if (!response.ok) throw new Error(await response.text())
  return `/consultations/${((await response.json()) as { id: number }).id}`
}
const say = async (page: Page, words: string) =>
  await page.getByRole('radio', { name: words }).check({ force: true })
const saved = async (page: Page) =>
  await page.locator('[data-test=saved]').filter({ hasText: 'Saved on' }).waitFor()
const consistency = async (page: Page) => await page.locator('[data-test=consistency]').innerText()
/** A day before now, as a field of the type datetime-local takes it. */
const yesterday = () => {
  const date = new Date(Date.now() - 86_400_000)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

test(
  'the office asks, one expert answers, another contradicts himself and mends it, and the draft gets the weights',
  { timeout: 3 * minutes },
  async () => {
    const office = await read('office')
    await office.open('/consultations')
    await office.page.getByRole('link', { name: 'Ask experts', exact: true }).click()
    await office.page.getByLabel('Draft regulation').selectOption({ label: 'Pay of teachers, pay 2027' })
    for (const language of ['Kazakh', 'Russian', 'English'])
      await office.page.getByLabel(`in ${language}`).fill('Weights for 2027')
    await office.page.getByLabel('Opens').fill(yesterday())
    for (const name of ['Айгүл', 'Марат']) {
      await office.page.getByLabel('Invite an expert: name').fill(name)
      await office.page.getByRole('listitem').getByRole('button', { name, exact: true }).click()
    }
    await office.page.getByRole('button', { name: 'Ask experts' }).click()
    await office.page.waitForURL(/\/consultations\/\d+$/)
    const address = new URL(office.page.url()).pathname
    await office.page.getByText('No answer was submitted yet').waitFor()

    const aigul = await read('aigul', { width: 390 })
    await aigul.open('/consultations')
    await aigul.page.getByRole('link', { name: 'Weights for 2027' }).click()
    await say(aigul.page, 'K1 Teaching is 2 times as important as K2 Research')
    await say(aigul.page, 'K2 Research is 2 times as important as K3 Service')
    expect(await consistency(aigul.page)).toContain('Known once three areas are compared')
    await say(aigul.page, 'K1 Teaching is 4 times as important as K3 Service')
    expect(await consistency(aigul.page)).toMatch(/Consistency ratio\s+0\.000\s+consistent/)
    await aigul.page.getByRole('button', { name: 'Submit' }).click()
    await aigul.page.getByText(/Submitted on/).waitFor()

    const marat = await read('marat')
    await marat.open(`${address}/answer`)
    await say(marat.page, 'K1 Teaching is 3 times as important as K2 Research')
    await say(marat.page, 'K2 Research is 3 times as important as K3 Service')
    await say(marat.page, 'K3 Service is 3 times as important as K1 Teaching')
    // lambda_max = 1 + 3 + 1/3, CI = 2/3, CR = .6667 / .58
    expect(await consistency(marat.page)).toMatch(/1\.149\s+contradicts itself/)
    const aside = marat.page.getByRole('complementary', { name: 'Consistency' })
    expect(await aside.innerText()).toContain(
      'From this it follows: K1 Teaching is 9 times as important as K3 Service',
    )
    expect(await aside.innerText()).toContain(
      'But your answer is: K3 Service is 3 times as important as K1 Teaching',
    )
    expect(await aside.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true)
    await aside.getByRole('button', { name: /K1 Teaching is 9 times as important as K3 Service/ }).click()
    expect(await consistency(marat.page)).toMatch(/0\.000\s+consistent/)
    await aside.getByRole('button', { name: 'Submit' }).click()
    await marat.page.getByText(/Submitted on/).waitFor()
    await marat.open(address)
    expect(await marat.page.locator('main').innerText()).toContain('once the consultation is closed')

    await office.page.reload()
    await settled(office.page)
    const rows = async () => await office.page.locator('[data-test=weights] tbody tr').allInnerTexts()
    // Judgements of both: sqrt(2 x 3), sqrt(2 x 3), sqrt(4 x 9) = 6, so 6 : sqrt 6 : 1 of 9.449
    const weights = ['63.5%', '25.9%', '10.6%']
    expect((await rows()).map((row) => row.split('\t')[1])).toEqual(weights)
    expect(await office.page.locator('[data-test=agreement]').innerText()).toMatch(
      /1\.000\s*almost perfect agreement/,
    )
    await office.page.getByRole('button', { name: 'Close the consultation' }).click()
    await office.page.getByRole('button', { name: 'Close for good' }).click()
    await office.page.getByLabel('Reason').fill('Decision of the council, minutes 5')
    await office.page.getByRole('button', { name: 'Save as weighting' }).click()
    await office.page.getByRole('link', { name: 'Open the draft' }).click()
    await office.page.getByRole('heading', { name: 'How much each area counts' }).waitFor()
    const drafted = await office.page.locator('[data-test=weights] tbody tr').allInnerTexts()
    expect(drafted.map((row) => row.split('\t')[1])).toEqual(['0.635', '0.2592', '0.1058'])
    expect(await office.page.locator('main').innerText()).toContain('Decision of the council, minutes 5')

    await marat.open(address)
    expect(await marat.page.locator('[data-test=weights]').innerText()).toContain('Айгүл')
    expect([...office.complaints, ...aigul.complaints]).toEqual([])
  },
)

test(
  'what is answered is saved at once and found again; by keyboard the scale is walked with arrows',
  { timeout: minutes },
  async () => {
    const address = `${await openConsultation(['aigul'])}/answer`
    const { page, open } = await read('aigul')
    await open(address)
    await say(page, 'K1 Teaching and K2 Research are equally important')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await saved(page)
    await page.reload()
    await settled(page)
    expect(
      await page
        .getByRole('radio', { name: 'K2 Research is 3 times as important as K1 Teaching' })
        .isChecked(),
    ).toBe(true)
    await page.getByRole('button', { name: 'Take the answer back: Teaching, Research' }).click()
    await page.getByText('0 of 3 comparisons').first().waitFor()
  },
)

test(
  'out of the network nothing is lost: it says so, and saves by itself afterwards',
  { timeout: minutes },
  async () => {
    const address = `${await openConsultation(['aigul'])}/answer`
    const { page, open } = await read('aigul')
    await open(address)
    await page.getByText('Answers are saved as you give them.').waitFor()
    await page.context().setOffline(true)
    await say(page, 'K1 Teaching is 5 times as important as K2 Research')
    await page.getByText(/^Not saved:/).waitFor()
    await page.context().setOffline(false)
    await saved(page)
    await page.reload()
    await settled(page)
    expect(
      await page
        .getByRole('radio', { name: 'K1 Teaching is 5 times as important as K2 Research' })
        .isChecked(),
    ).toBe(true)
  },
)

test(
  'answers given in two windows do not overwrite each other: the person chooses',
  { timeout: minutes },
  async () => {
    const address = `${await openConsultation(['aigul'])}/answer`
    const [one, other] = [await read('aigul'), await read('aigul')]
    await one.open(address)
    await other.open(address)
    await say(one.page, 'K1 Teaching is 2 times as important as K2 Research')
    await saved(one.page)
    await say(other.page, 'K2 Research is 7 times as important as K1 Teaching')
    await other.page.getByText('Your answers were changed elsewhere').waitFor()
    await other.page.getByRole('button', { name: 'The others' }).click()
    expect(
      await other.page
        .getByRole('radio', { name: 'K1 Teaching is 2 times as important as K2 Research' })
        .isChecked(),
    ).toBe(true)
    await say(other.page, 'K1 Teaching is 3 times as important as K2 Research')
    await saved(other.page)
    await say(one.page, 'K1 Teaching is 8 times as important as K2 Research')
    await one.page.getByRole('button', { name: 'These here' }).click()
    await saved(one.page)
    await other.page.reload()
    await settled(other.page)
    expect(
      await other.page
        .getByRole('radio', { name: 'K1 Teaching is 8 times as important as K2 Research' })
        .isChecked(),
    ).toBe(true)
  },
)

test(
  'by best and worst: named, compared, mended, submitted with a warning only',
  { timeout: minutes },
  async () => {
    const address = `${await openConsultation(['aigul'], { method: 'best-worst', whenInconsistent: 'warn' })}/answer`
    const { page, open } = await read('aigul', { width: 390 })
    await open(address)
    await page.getByLabel('The most important area').selectOption('K1')
    await page.getByLabel('The least important area').selectOption('K3')
    await say(page, 'K1 Teaching is 2 times as important as K2 Research')
    await say(page, 'K1 Teaching is 8 times as important as K3 Service')
    await say(page, 'K2 Research is 8 times as important as K3 Service')
    // |2 x 8 - 8| / 56 = .143, above .1309
    expect(await consistency(page)).toMatch(/0\.143\s+contradicts itself/)
    await page.getByRole('button', { name: 'Submit with the contradiction' }).waitFor()
    await page.getByRole('button', { name: /^K2 Research is 4 times as important as K3 Service/ }).click()
    expect(await consistency(page)).toMatch(/0\.000\s+consistent/)
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText(/Submitted on/).waitFor()
  },
)

test(
  'a draft whose areas changed since then takes no weights, and the page says which',
  { timeout: minutes },
  async () => {
    const versionId = await university.draft({ ...regulation, code: 'moved' })
    const address = await openConsultation(['aigul'], { versionId })
    const id = address.split('/').at(-1)
    const call = async (account: TestAccount, method: string, path: string, body?: object) =>
      await fetch(`${university.address}/api/plugins/expert${path}`, {
        method,
        headers: {
          'x-ustaz-account': String(university.accounts[account]),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    const judgements = [['K1', 'K2'], ['K2', 'K3'], ['K1', 'K3']].map(([area, over]) => ({ area, over, times: 1 })) // prettier-ignore
    await call('aigul', 'PUT', `/sheets/${id}`, { answer: { method: 'ahp', judgements }, revision: 1 })
    await call('aigul', 'POST', `/sheets/${id}/moves`, { action: 'submit', revision: 2 })
    await call('office', 'POST', `/consultations/${id}/close`)
    await university.draft({
      ...regulation,
      code: 'moved',
      areas: [...regulation.areas.slice(0, 2), { id: 'K4', title: text('Sport') }],
    })
    const { page, open } = await read('office')
    await open(address)
    const alert = page.getByRole('alert').filter({ hasText: 'other areas than experts compared' })
    expect(await alert.innerText()).toMatch(/New in the draft: K4\.\s+No longer in the draft: K3\./)
    await page.getByLabel('Reason').fill('none')
    expect(await page.getByRole('button', { name: 'Save as weighting' }).isDisabled()).toBe(true)
  },
)

const looks = [
  { language: 'kk', width: 1440, theme: 'light' },
  { language: 'en', width: 1440, theme: 'dark' },
  { language: 'ru', width: 390, theme: 'light' },
] as const
test.each(looks)(
  'every page in $language at $width pixels, $theme, is whole: no barrier, no error, no sideways scrolling, no untranslated text',
  { timeout: 2 * minutes },
  async (look) => {
    const address = await openConsultation(['marat'])
    const pages: [TestAccount, string][] = [
      ['office', '/consultations'],
      ['office', '/consultations/new'],
      ['office', '/consultations/1'],
      ['office', address],
      ['marat', '/consultations'],
      ['marat', '/consultations/1'],
      ['marat', '/consultations/1/answer'],
      ['marat', `${address}/answer`],
      ['elsewhere', '/consultations'],
      ['elsewhere', `${address}/answer`],
      ['office', `/regulations/${draft}`],
    ]
    const found: Record<string, unknown> = {}
    for (const [account, path] of pages) {
      const { page, complaints, open } = await read(account, look)
      await open(path)
      const faults = [...(await findFaults(page)), ...(await findBarriers(page))]
      // A sheet that is not one's own is answered by 404, which the browser reports too.
      const errors = complaints.filter((complaint) => !complaint.includes('404'))
      if (faults.length + errors.length > 0) found[`${account} ${path}`] = [...faults, ...errors]
    }
    expect(found).toEqual({})
  },
)
