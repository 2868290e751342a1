import { launchChromium } from '@ustaz/core/testing'
import type { EvidenceDetail } from '@ustaz/core/contract'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

const minutes = 60_000
let university: RunningUniversity
let browser: Browser
const readers: Reader[] = []
const text = (en: string) => ({ kk: en, ru: en, en })
beforeAll(async () => {
  university = await startUniversity()
  browser = await launchChromium()
  await university.inForce({
    code: 'staged',
    version: '1',
    title: text('Rating'),
    description: text('Of the tests'),
    source: 'order 1',
    periodStart: '09-01',
    areas: [{ id: 'A', title: text('All') }],
    criteria: [
      {
        id: '1',
        area: 'A',
        title: text('Media'),
        unit: 'item',
        indicator: 'community.media-publication',
        points: { kind: 'per-unit', points: 1 },
      },
    ],
    leagues: [{ id: 'L', title: text('All') }],
    weighting: { id: 'shares.points' },
    rounding: { digits: 2 },
    approval: {
      stages: [
        { id: 'S1', title: text('Head'), who: 'head', may: ['pass', 'return'], days: 7 },
        { id: 'S2', title: text('Dean'), who: 'dean', may: ['pass', 'return', 'reject'], days: 7 },
      ],
    },
  })
  for (const title of ['First', 'Second', 'Third']) await submitted(title)
}, 5 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
})

async function read(account: number, look: Partial<Look> = {}): Promise<Reader> {
  const reader = await createReader(browser, university.address, {
    language: 'en',
    width: 1440,
    account,
    ...look,
  })
  readers.push(reader)
  return reader
}

async function sendAs(account: number, path: string, body: FormData | object): Promise<EvidenceDetail> {
  const isForm = body instanceof FormData
  const response = await fetch(`${university.address}/api${path}`, {
    method: 'POST',
    headers: {
      'x-ustaz-account': String(account),
      ...(isForm ? {} : { 'content-type': 'application/json' }),
    },
    body: isForm ? body : JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as EvidenceDetail
}

/** A publication of Aigul's, submitted by her. */
async function submitted(title: string): Promise<EvidenceDetail> {
  const { accounts, teachers } = university
  const send = async (path: string, body: FormData | object) => await sendAs(accounts.aigul, path, body)
  const entered = await send('/evidence', {
    indicator: 'community.media-publication',
    data: { medium: 'press', outlet: 'Gazette', title },
    happenedOn: new Date().toISOString().slice(0, 10),
    participants: [{ teacherId: teachers.aigul, name: 'A', role: null, share: null, affiliated: true }],
  })
  const form = new FormData()
  form.append('file', new Blob(['%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n']), 'a.pdf')
  const { revision } = await send(`/evidence/${entered.id}/files`, form)
  return await send(`/evidence/${entered.id}/moves`, { action: 'submit', revision, reason: null })
}

test(
  'a head returns one entry with a comment and passes the others on; the teacher is told, the dean approves',
  { timeout: 2 * minutes },
  async () => {
    const head = await read(university.accounts.head)
    await head.open('/approval')
    const rows = head.page.locator('main li').filter({ has: head.page.getByRole('checkbox') })
    expect(await rows.count()).toBe(3)
    await head.page.getByRole('button', { name: 'Return "First (Gazette)"' }).click()
    const dialog = head.page.getByRole('dialog')
    const send = dialog.getByRole('button', { name: 'Return', exact: true })
    expect(await send.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('Which page?')
    await send.click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(async () => await rows.count()).toBe(2)
    await head.page.getByRole('button', { name: 'Choose all here' }).click()
    await head.page.getByRole('button', { name: 'Pass on the chosen (2)' }).click()
    await head.page.getByText('Nothing waits').waitFor()

    const aigul = await read(university.accounts.aigul)
    await aigul.open('/')
    await aigul.page.getByRole('link', { name: 'Notices, unread: 1' }).first().click()
    await settled(aigul.page)
    await aigul.page.getByText('"First (Gazette)" was returned: Which page?').click()
    await aigul.page.waitForURL(/\/evidence\/\d+/)
    await settled(aigul.page)
    expect(await aigul.page.locator('section[aria-labelledby=history]').innerText()).toContain('Which page?')

    const dean = await read(university.accounts.dean)
    await dean.open('/approval')
    await dean.page.getByRole('link', { name: 'Second (Gazette)' }).click()
    await dean.page.waitForURL(/\/evidence\/\d+/)
    await settled(dean.page)
    const stages = dean.page.locator('section[aria-labelledby=stages]')
    expect(await stages.innerText()).toMatch(/Head\s+passed[^]*Dean\s+now[^]*since/)
    await dean.page.getByRole('button', { name: 'Approve', exact: true }).click()
    await dean.page.locator('main header').getByText('Approved').waitFor()
    for (const { complaints } of readers) expect(complaints).toEqual([])
  },
)

test(
  'somebody is named who stands in, and a relative; each is on the page afterwards',
  { timeout: minutes },
  async () => {
    const { page, open, complaints } = await read(university.accounts.head)
    await open('/approval/absence')
    await page.getByRole('searchbox', { name: 'Who stands in: name' }).fill('Марат')
    await page.getByRole('button', { name: 'Марат' }).click()
    const today = new Date().toISOString().slice(0, 10)
    await page.getByLabel('From').fill(today)
    await page.getByLabel('Until').fill(today)
    await page.getByRole('button', { name: 'Have them stand in' }).click()
    await page.getByText('Виктор → Марат').waitFor()
    await page.getByRole('searchbox', { name: 'Name a relative: name' }).fill('Семёнова')
    await page.getByRole('button', { name: 'Семёнова' }).click()
    await page.locator('section[aria-labelledby=relatives] li').filter({ hasText: 'Семёнова' }).waitFor()
    expect(complaints).toEqual([])
  },
)

test(
  'the office names who stands in for a dean on leave whose queue nobody works off, and a relative of another',
  { timeout: minutes },
  async () => {
    const { db } = university.context
    const today = new Date().toISOString().slice(0, 10)
    const [code, post] = [
      'D 1',
      { rate: '1', starts_on: '2020-09-01', unit_id: university.units.engineering },
    ]
    const teacher = { code, family_name: 'Дин', given_name: 'Дина' }
    const { id } = await db.insertInto('teacher').values(teacher).returning('id').executeTakeFirstOrThrow()
    await db
      .insertInto('appointment')
      .values({ teacher_id: id, ...post })
      .execute()
    await db
      .updateTable('account')
      .set({ teacher_id: id })
      .where('id', '=', university.accounts.dean)
      .execute()
    await db.insertInto('leave').values({ teacher_id: id, kind: 'sick', starts_on: today }).execute()
    const { id: entry, revision } = await submitted('Waits for the dean')
    const approve = { action: 'approve', revision, reason: null }
    await sendAs(university.accounts.head, `/evidence/${entry}/moves`, approve)

    const { page, open, complaints } = await read(university.accounts.office)
    await open('/approval/absence')
    const absent = page.locator('section[aria-labelledby=absent] li').filter({ hasText: 'Dean' })
    expect(await absent.innerText()).toMatch(/on leave, no end recorded · waiting: \d, the oldest for 0 d/)
    await page.getByRole('button', { name: 'Name a stand-in for Dean' }).click()
    await page.getByRole('searchbox', { name: 'Who stands in: name' }).fill('Анна')
    await page.getByRole('button', { name: 'Анна', exact: true }).press('Enter')
    await page.locator('section[aria-labelledby=delegations] form').getByText('Анна').waitFor()
    await page.getByLabel('From').fill(today)
    await page.getByLabel('Until').fill(today)
    await page.getByRole('button', { name: 'Have them stand in' }).click()
    await page.getByText('Dean → Анна').waitFor()
    await page.getByText('Every queue has somebody.').waitFor()
    const relatives = page.locator('section[aria-labelledby=relatives]')
    await relatives.getByRole('searchbox', { name: 'Whose relative' }).fill('Dean')
    await relatives.getByRole('button', { name: 'Dean', exact: true }).press('Enter')
    await relatives.getByRole('searchbox', { name: 'Name a relative: name' }).fill('Ахметов')
    await relatives.getByRole('button', { name: /Ахметов/ }).press('Enter')
    await relatives.locator('li').filter({ hasText: 'Ахметов' }).filter({ hasText: 'Dean' }).waitFor()
    expect(complaints).toEqual([])
  },
)

const looks = [
  { language: 'kk', width: 1440, theme: 'light' },
  { language: 'ru', width: 390, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const
test.each(looks)(
  'queue, way of approval, absence and notices are whole in $language at $width pixels, $theme',
  { timeout: 2 * minutes },
  async (look) => {
    const { id } = await submitted(`Fourth ${look.language} ${look.theme}`)
    const { page, open, complaints } = await read(university.accounts.head, look)
    const found: Record<string, unknown> = {}
    for (const path of ['/approval', `/evidence/${id}`, '/approval/absence', '/notices']) {
      await open(path)
      const faults = [...(await findFaults(page)), ...(await findBarriers(page))]
      if (faults.length + complaints.length > 0) found[path] = [...faults, ...complaints.splice(0)]
    }
    expect(found).toEqual({})
  },
)
