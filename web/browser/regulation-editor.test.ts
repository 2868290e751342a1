import { launchChromium } from '@ustaz/core/testing'
import type { RegulationDetail, TeacherResult } from '@ustaz/core/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { headersOf } from './sign-in.ts'
import { startDemo } from './start-demo.ts'
import type { RunningDemo } from './start-demo.ts'

const minutes = 60_000
let demo: RunningDemo
let browser: Browser
let office: number
let management: number
const readers: Reader[] = []
beforeAll(async () => {
  demo = await startDemo(60)
  browser = await launchChromium()
  const first = async (role: string) =>
    (await ask<{ items: { id: number }[] }>(demo.address, `/demo/people?role=${role}`)).items[0]!.id
  office = await first('office')
  management = await first('management')
}, 5 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await demo.stop()
})

async function read(account: number, look: Partial<Look> = {}): Promise<Reader> {
  const reader = await createReader(browser, demo.address, { language: 'en', width: 1440, account, ...look })
  readers.push(reader)
  return reader
}
const versionOf = async (id: number) => await ask<RegulationDetail>(demo.address, `/regulations/${id}`)

async function send(method: 'POST' | 'PUT', path: string, body: object): Promise<{ id: number }> {
  const response = await fetch(`${demo.address}/api${path}`, {
    method,
    headers: { ...(await headersOf(demo.address, office)), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as { id: number }
}

/** The version in force, and a draft copied from it in the name of the office. */
async function copyDraft(version: string): Promise<{ approved: RegulationDetail; id: number }> {
  const { items } = await ask<{ items: { id: number; code: string }[] }>(
    demo.address,
    '/regulations?state=approved',
  )
  const approved = await versionOf(items.find(({ code }) => code === 'kazutb-teacher')!.id)
  const { id } = await send('POST', `/regulations/${approved.id}/drafts`, { version })
  return { approved, id }
}

/** A ranked teacher with lines by a clause that gives so many points for each fact and nothing else. */
async function findPlainLine({ document }: RegulationDetail) {
  const { items: runs } = await ask<{ items: { id: number }[] }>(
    demo.address,
    '/runs?purpose=official&state=done',
  )
  const run = runs[0]!.id
  const { items: rows } = await ask<{ items: { teacherId: number }[] }>(
    demo.address,
    `/runs/${run}/ranking?status=ranked&pageSize=60`,
  )
  const plain = document.criteria.filter(
    ({ points, split, cap }) => points.kind === 'per-unit' && !split && cap === null,
  )
  for (const { teacherId } of rows) {
    const result = await ask<TeacherResult>(demo.address, `/runs/${run}/teachers/${teacherId}`)
    for (const criterion of plain) {
      const lines = result.lines.filter(({ clause, kind }) => clause === criterion.id && kind === 'points')
      if (lines.length > 0)
        return {
          teacherId,
          code: result.result.code,
          criterion,
          count: lines.length,
          total: result.exactTotal!,
        }
    }
  }
  throw new Error('no teacher has such a line')
}

const status = (page: Page) => page.locator('[data-test=editor-status]')
const preview = (page: Page) => page.locator('[data-test=editor-preview]')
const clause = (page: Page, id: string) => page.locator(`[data-clause="${id}"]`)

describe('a regulation from one version to the next', { timeout: 4 * minutes }, () => {
  test('the office edits and sees what a teacher gets, may not approve its own; the management sees the difference and approves', async () => {
    const { approved, id } = await copyDraft('next')
    const { code, criterion, count } = await findPlainLine(approved)
    const points = criterion.points.kind === 'per-unit' ? criterion.points.points : ''
    const { page, open, complaints } = await read(office)

    await open(`/regulations/${id}/edit?part=criteria`)
    await preview(page).getByLabel('Teacher: name').fill(code)
    await preview(page).getByRole('listitem').getByRole('button').first().click()
    await preview(page).getByText('Nothing changes for this teacher.').waitFor()
    const official = await page.locator('[data-test=official-total]').innerText()
    expect(await page.locator('[data-test=preview-total]').innerText()).toBe(official)

    await clause(page, criterion.id).getByRole('button', { expanded: false }).first().click()
    await clause(page, criterion.id)
      .getByRole('textbox', { name: 'Points' })
      .fill(`${Number(points) + 7},50`)
    await page.keyboard.press('Tab')
    const difference = `+${(count * 7.5).toLocaleString('en')} to the official total`
    await page.locator('[data-test=preview-difference]', { hasText: difference }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await preview(page).getByText('Nothing changes for this teacher.').waitFor()
    await page.getByRole('button', { name: 'Redo' }).click()
    await page.locator('[data-test=preview-difference]', { hasText: difference }).waitFor()

    await page.getByRole('button', { name: 'Add: Criteria' }).click()
    const last = page.locator('[data-clause]').last()
    for (const language of ['Kazakh', 'Russian', 'English']) {
      await last.getByLabel(`Title, ${language}`).fill(`A textbook of the republican council, ${language}`)
    }
    await last.getByLabel('What is counted').fill('item')
    await last.getByLabel('Kind of fact').selectOption({ label: 'Textbook or manual' })
    await last.getByRole('textbox', { name: 'Points' }).fill('5')
    await last.getByRole('button', { name: 'Add: Conditions' }).click()
    await last.getByRole('combobox', { name: 'Say more…' }).first().selectOption({ label: 'Value' })
    await last.getByLabel('Value', { exact: true }).selectOption({ label: 'Recommended by' })
    await last.getByRole('combobox', { name: 'Say more…' }).first().selectOption({ label: 'Is one of' })
    await last.getByLabel('Is one of 1', { exact: true }).selectOption({ index: 1 })

    await status(page).filter({ hasText: 'kept in this browser' }).waitFor()
    await page.waitForTimeout(400)
    await page.reload()
    await settled(page)
    await page.getByText('Unsaved changes of an earlier visit are back.').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await status(page).filter({ hasText: 'Saved, revision 2' }).waitFor()
    const saved = await versionOf(id)
    expect(saved.document.criteria.find((one) => one.id === criterion.id)?.points).toMatchObject({
      points: `${Number(points) + 7}.50`,
    })
    expect(saved.document.criteria.at(-1)).toMatchObject({
      indicator: 'methodical.textbook',
      where: [{ value: 'stamp', is: [expect.any(String)] }],
    })
    expect(saved.document.criteria).toHaveLength(approved.document.criteria.length + 1)

    await page.getByRole('link', { name: 'To approval' }).click()
    await page.locator('[data-test=decision]', { hasText: 'somebody else must approve it' }).waitFor()
    expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true)
    expect(complaints).toEqual([])

    // The worked examples of the table still say what the clause gave before.
    const manager = await read(management)
    await manager.open(`/regulations/${id}/approve`)
    await manager.page.locator('[data-test=decision]', { hasText: 'The draft has errors' }).waitFor()
    await manager.page.getByText(`the example says`).first().waitFor()
    const { document } = await versionOf(id)
    await send('PUT', `/regulations/${id}`, { document: { ...document, examples: [] }, revision: 2 })
    await manager.open(`/regulations/${id}/approve`)
    const changes = manager.page.locator('[data-test=clause-diff]')
    await changes
      .filter({ hasText: 'Changed' })
      .filter({ hasText: criterion.id })
      .filter({ hasText: `${Number(points) + 7}.5` })
      .waitFor()
    await changes
      .filter({ hasText: 'Added' })
      .filter({ hasText: 'A textbook of the republican council, English' })
      .waitFor()
    const approve = manager.page.getByRole('button', { name: 'Approve' })
    const warnings = manager.page.locator('[data-test=warning]:visible')
    if ((await warnings.count()) > 0) {
      expect(await approve.isDisabled()).toBe(true)
      await warnings.first().getByLabel('Why it is accepted').fill('the senate decided so on 3 March')
      const rest = manager.page.getByRole('button', { name: /^The same reason/ })
      if ((await rest.count()) > 0) await rest.first().click()
    }
    await approve.click()
    await manager.page.getByText('The regulation is approved', { exact: true }).waitFor()
    const { state, history } = await versionOf(id)
    expect(state).toBe('approved')
    expect(history.map(({ action }) => action)).toEqual(['create', 'edit', 'edit', 'approve'])
    expect(history.at(-1)?.accepted.every(({ reason }) => reason !== '')).toBe(true)
    expect(manager.complaints).toEqual([])
  })

  test('of two who edit at once the second is shown what differs, and nothing is overwritten unasked', async () => {
    const { id } = await copyDraft('two')
    const [one, other] = [await read(office), await read(office)]
    for (const reader of [one, other]) await reader.open(`/regulations/${id}/edit`)
    await one.page.getByLabel('Source').fill('order of the first')
    await other.page.getByLabel('Source').fill('order of the second')
    await one.page.getByRole('button', { name: 'Save', exact: true }).click()
    await status(one.page).filter({ hasText: 'Saved, revision 2' }).waitFor()
    await other.page.getByRole('button', { name: 'Save', exact: true }).click()
    const conflict = other.page.locator('[data-test=editor-conflict]')
    await conflict.waitFor()
    expect((await versionOf(id)).document.source).toBe('order of the first')
    await conflict.getByText('What yours would change').click()
    await conflict.getByText('order of the first').waitFor()
    await conflict.getByText('order of the second').waitFor()
    await conflict.getByRole('button', { name: 'Save mine' }).click()
    await status(other.page).filter({ hasText: 'Saved, revision 3' }).waitFor()
    expect((await versionOf(id)).document.source).toBe('order of the second')
  })

  test('as text the same draft is checked with lines in the reader’s language, and comments stay', async () => {
    const { id } = await copyDraft('text')
    const { page, open } = await read(office, { language: 'kk' })
    await open(`/regulations/${id}/edit?view=text`)
    const text = page.getByRole('textbox', { name: 'Мәтінмен (YAML)' })
    const before = await text.inputValue()
    const lines = before.split('\n')
    const place = lines.findIndex((line) => line.startsWith('rounding:'))
    await text.fill(lines.with(place, 'rounding: { digits: 9 }').join('\n'))
    await page.getByText(`${place + 1}-жол:`).waitFor()
    expect(await page.getByRole('button', { name: 'Сақтау' }).isDisabled()).toBe(true)
    await text.fill(lines.with(place, 'rounding: { digits: 3 } # three').join('\n'))
    await page.getByRole('button', { name: 'Сақтау' }).click()
    await status(page).filter({ hasText: '2-редакция' }).waitFor()
    await page.getByRole('button', { name: 'Пішінмен' }).click()
    await page
      .getByRole('navigation', { name: 'Ереже бөліктері' })
      .getByRole('button', { name: 'Дөңгелектеу' })
      .click()
    expect(await page.getByLabel('Үтірден кейінгі таңба').inputValue()).toBe('3')
    const file = await (
      await fetch(`${demo.address}/api/regulations/${id}/document?format=yaml`, {
        headers: await headersOf(demo.address),
      })
    ).text()
    expect(file).toContain('rounding: { digits: 3 } # three')
    expect(file).toContain('# What the table leaves open is decided beside the clause')
  })
})

test.each([
  { language: 'ru', width: 390, theme: 'dark' },
  { language: 'kk', width: 1440, theme: 'light' },
] as const)(
  'every part of the editor in $language at $width pixels is whole',
  { timeout: 4 * minutes },
  async (look) => {
    const { id } = await copyDraft(`whole-${look.width}`)
    const { page, open, complaints } = await read(office, look)
    await open(`/regulations/${id}/edit`)
    const outline = page
      .getByRole('navigation')
      .filter({ has: page.locator('select') })
      .locator('select')
    const parts = await outline
      .locator('option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value))
    expect(parts.length).toBeGreaterThan(15)
    const found: Record<string, unknown> = {}
    for (const name of parts) {
      await open(`/regulations/${id}/edit?part=${name}&clause=0`)
      const faults = [...(await findFaults(page)), ...(await findBarriers(page))]
      if (faults.length + complaints.length > 0) found[name] = [...faults, ...complaints.splice(0)]
    }
    expect(found).toEqual({})
  },
)
