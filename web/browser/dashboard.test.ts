import { launchChromium } from '@ustaz/core/testing'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ask, headOf, listPages } from './ask.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startDemo } from './start-demo.ts'
import type { RunningDemo } from './start-demo.ts'

const minutes = 60_000
let demo: RunningDemo
let browser: Browser
let reader: Reader
beforeAll(async () => {
  demo = await startDemo(60)
  browser = await launchChromium()
}, 5 * minutes)
afterAll(async () => {
  await browser.close()
  await demo.stop()
})
const read = async (look: Look) => (reader = await createReader(browser, demo.address, look))
afterEach(async () => {
  await reader.close()
})

const looks = [
  { language: 'kk', width: 1440, theme: 'light', axe: true },
  { language: 'en', width: 1440, theme: 'dark', axe: true },
  { language: 'ru', width: 390, theme: 'light', axe: true },
  { language: 'kk', width: 390, theme: 'light', axe: false },
] as const
test.each(looks)(
  'every page in $language at $width pixels, $theme, is whole: no barrier, no error, no sideways scrolling, no untranslated text',
  { timeout: 4 * minutes },
  async (look) => {
    const { page, complaints, open } = await read(look)
    const found: Record<string, unknown> = {}
    for (const path of await listPages(demo.address)) {
      await open(path)
      const faults = [...(await findFaults(page)), ...(look.axe ? await findBarriers(page) : [])]
      if (faults.length + complaints.length > 0) found[path] = [...faults, ...complaints.splice(0)]
    }
    expect(found).toEqual({})
  },
)

describe('from the rating to where a point came from', { timeout: minutes }, () => {
  test('overview, ranking of a league, a teacher, the sum of the lines, a line, its evidence', async () => {
    const { page, complaints, open } = await read({ language: 'en', width: 1440 })
    await open('/')
    await page.getByRole('link', { name: 'Open the ranking', exact: true }).click()
    await page
      .getByRole('group', { name: 'League' })
      .getByRole('button', { name: 'Lecturers', exact: true })
      .click()
    await page.waitForURL(/league=lecturers/)
    await settled(page)
    await page.locator('tbody tr').first().getByRole('link').click()
    await page.waitForURL(/\/teachers\/\d+/)
    await settled(page)
    expect(await page.locator('[data-test=trace-check]').innerText()).toMatch(
      /^Sum of \d+ lines\s+(\S+)\s+= total\s+\1$/,
    )
    await page.locator('[data-test=trace] li button').first().click()
    await page.getByRole('link', { name: 'See it in the regulation' }).waitFor()
    await page.locator('[data-test=trace-detail] a[href^="/evidence/"]').click()
    await page.waitForURL(/\/evidence\/\d+/)
    await settled(page)
    expect(await page.locator('main').innerText()).toContain('Approved')
    expect(complaints).toEqual([])
  })

  test('a teacher begins with the own result, and is shown no league as if nobody were in it', async () => {
    const answer = await fetch(`${demo.address}/api/demo/people?role=teacher&pageSize=100`)
    const { items } = (await answer.json()) as { items: { id: number; roles: unknown[] }[] }
    const teacher = items.find(({ roles }) => roles.length === 1)
    const { page, complaints, open } = await read({ language: 'en', width: 390, account: teacher!.id })
    await open('/')
    await page.getByRole('heading', { name: 'Your result' }).waitFor()
    expect(await page.getByRole('heading', { name: 'Leagues' }).count()).toBe(0)
    expect(await page.getByRole('heading', { name: 'Faculties' }).count()).toBe(0)
    await page.getByRole('link', { name: 'See every point' }).click()
    await page.waitForURL(/\/teachers\/\d+/)
    await settled(page)
    await page.locator('[data-test=trace-check]').waitFor()
    expect(complaints).toEqual([])
  })

  test.each([
    ['Runs', /assets\/RunsPage-/],
    ['Rooms now', /assets\/RoomsPanel-/],
  ])(
    'a tab from before an upgrade, which asks for files of %s that are gone, opens the page anew',
    async (name, file) => {
      const { page, open } = await read({ language: 'en', width: 1440 })
      await open('/')
      // The route stays: taking it off while the page is opened anew may leave that request waiting in the browser.
      let answered = 0
      await page.route(file, async (route) => {
        answered += 1
        await (answered === 1 ? route.fulfill({ status: 404 }) : route.continue())
      })
      let loads = 0
      page.on('domcontentloaded', () => (loads += 1))
      await page.getByRole('navigation', { name: 'Main sections' }).getByRole('link', { name }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
      expect(loads).toBe(1)
      expect(answered).toBe(2)
    },
  )

  test('a page that cannot be loaded because there is no network says so, and the open one stays', async () => {
    const { page, open } = await read({ language: 'en', width: 1440 })
    await open('/')
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Teachers', exact: true }).click()
    await page.getByText('The server could not be reached').first().waitFor()
    await page.getByRole('heading', { level: 1, name: /^Rating for/ }).waitFor()
    await page.context().setOffline(false)
  })

  test('filters, sorting and the page stand in the address and survive a reload; the export has a name', async () => {
    const { page, open } = await read({ language: 'ru', width: 1440 })
    const { items } = await ask<{ items: { id: number }[] }>(
      demo.address,
      '/runs?purpose=official&state=done',
    )
    await open(`/runs/${items[0]?.id ?? 0}/ranking`)
    await page.getByRole('button', { name: 'K2' }).click()
    await page.getByLabel('Статус').selectOption('ranked')
    await page.waitForURL(/sort=K2.*status=ranked/)
    await page.reload()
    await settled(page)
    expect(await page.getByRole('columnheader', { name: 'K2' }).getAttribute('aria-sort')).toBe('descending')
    expect(await page.getByLabel('Статус').inputValue()).toBe('ranked')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Скачать в XLSX' }).click()
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/)
  })

  test('a blocked teacher is told why, in words', async () => {
    const { page, open } = await read({ language: 'en', width: 1440 })
    const { items } = await ask<{ items: { id: number; counts: { blocked: number } }[] }>(
      demo.address,
      '/runs?purpose=official',
    )
    const run = items.find(({ counts }) => counts.blocked > 0)
    await open(`/runs/${run?.id ?? 0}/ranking?status=blocked`)
    await page.locator('tbody tr').first().getByRole('link').click()
    await page.getByRole('heading', { name: 'The result waits: something is not known' }).waitFor()
  })
})

test(
  'from a run to how it differs from another, to a mover whose changed lines add up',
  { timeout: minutes },
  async () => {
    const { page, complaints, open } = await read({ language: 'en', width: 1440 })
    const { items } = await ask<{ items: { id: number }[] }>(
      demo.address,
      '/runs?purpose=official&state=done',
    )
    await open(`/runs/${items[0]?.id ?? 0}`)
    await page.getByRole('link', { name: 'Comparison of runs' }).click()
    await page.getByLabel(/^Compare run \d+ with$/).selectOption({ index: 1 })
    await page.waitForURL(/\/compare\/\d+$/)
    await page.getByRole('button', { name: /^Fell/ }).click()
    await page.waitForURL(/move=fell/)
    await settled(page)
    await page.locator('tbody tr').first().getByRole('link').click()
    await page.waitForURL(/\/compare\/\d+\/teachers\/\d+/)
    await settled(page)
    expect(await page.locator('[data-test=lines-check]').innerText()).toContain('= change of the total')
    expect(await page.locator('[data-test=own-points]').innerText()).toMatch(/changed by −|is unchanged/)
    expect(complaints).toEqual([])
  },
)

describe('how certain the order is', { timeout: minutes }, () => {
  const officialRun = async () => {
    const path = '/runs?purpose=official&state=done'
    const { items } = await ask<{ items: { id: number }[] }>(demo.address, path)
    const run = items[0]?.id ?? 0
    const certainty = async () => await ask<{ state: string }>(demo.address, `/runs/${run}/certainty`)
    await expect.poll(async () => (await certainty()).state, { timeout: minutes }).toBe('done')
    return run
  }

  test('the ranking shows group and interval, and leads to the groups; a group shows its teachers, in the address too', async () => {
    const { page, complaints, open } = await read({ language: 'en', width: 1440 })
    await open(`/runs/${await officialRun()}/ranking?league=lecturers&status=ranked`)
    expect(await page.locator('tbody tr').first().innerText()).toMatch(/^1\s+1\s+90 %: 1/)
    await page.getByRole('link', { name: 'How certain is the order' }).click()
    await page.waitForURL(/\/certainty/)
    await settled(page)
    await page.getByRole('button', { name: /^Lecturers/ }).click()
    await page.waitForURL(/league=lecturers/)
    expect(await page.locator('[data-test=most-moving]').innerText()).toMatch(
      /^Most places are moved by: Weights of the areas\..* [\d.]+ places on average\. /,
    )
    await page.getByRole('button', { name: 'Show the teachers of group 2' }).click()
    await page.waitForURL(/band=2/)
    await page.reload()
    await settled(page)
    await page.getByRole('heading', { name: 'Teachers of group 2' }).waitFor()
    const teachers = page.getByRole('group', { name: 'Teachers', exact: true }).locator('tbody tr')
    for (const row of await teachers.all()) expect(await row.innerText()).toMatch(/^2\s/)
    expect(complaints).toEqual([])
  })

  test('management sees groups before places', async () => {
    const { items } = await ask<{ items: { id: number; roles: { role: string }[] }[] }>(
      demo.address,
      '/demo/people?pageSize=200',
    )
    const rector = items.find(({ roles }) => roles.some(({ role }) => role === 'management'))!
    const { page, open } = await read({ language: 'ru', width: 390, account: rector.id })
    await open(`/runs/${await officialRun()}`)
    const tabs = await page
      .getByRole('navigation', { name: 'Страницы расчёта' })
      .getByRole('link')
      .allInnerTexts()
    expect(tabs.slice(1, 3)).toEqual(['Надёжность порядка', 'Таблица рейтинга'])
    await open('/')
    await page.getByRole('link', { name: 'Посмотреть группы равных' }).click()
    await page.getByRole('heading', { name: 'Группы равных' }).waitFor()
  })
})

describe('entering work', { timeout: minutes }, () => {
  test('faults stand beside their fields, what is missing is listed, then it is submitted and returned with a reason', async () => {
    const { page, open } = await read({ language: 'en', width: 1440 })
    await open('/evidence/new?kind=methodical.textbook')
    await page.getByLabel('Type').selectOption({ label: 'Textbook' })
    await page.getByLabel('Title').fill('Numerical methods for engineers')
    await page.getByLabel('Recommended by').selectOption({ index: 1 })
    await page.getByLabel('Size, printed sheets').fill('12,5')
    await page.getByLabel('ISBN').fill('9786010400000')
    await page.getByLabel('Add a teacher: name').fill('SAMAL-00045')
    await page.getByRole('listitem').filter({ hasText: '·' }).getByRole('button').first().click()
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await page.getByText('1 field needs correction').waitFor()
    expect(await page.getByLabel('ISBN').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('ISBN').fill('')
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await page.getByText('A file must be attached.').waitFor()
    expect(await page.getByLabel('Size, printed sheets').inputValue()).toBe('12.5')

    await page.getByLabel('Date').fill('2026-03-05')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const scan = { name: 'title.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') }
    await page.locator('input[type=file]').setInputFiles(scan)
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('button', { name: 'Submit' }).waitFor({ state: 'detached' })
    const path = new URL(page.url()).pathname
    await reader.close()

    const account = await headOf(demo.address, 'SAMAL-00045')
    const head = await read({ language: 'en', width: 1440, account })
    await head.open(path)
    await head.page.getByRole('button', { name: 'Return' }).click()
    await head.page.getByLabel('What is to be corrected?').fill('The title page is missing')
    await head.page.locator('form').getByRole('button', { name: 'Return' }).click()
    await head.page.getByText('The title page is missing', { exact: true }).waitFor()
  })

  test('publications are read from a file, a person says who an author is, and only then are they entered', async () => {
    const { page, open } = await read({ language: 'en', width: 1440 })
    const { items } = await ask<{ items: { latinName: string }[] }>(demo.address, '/teachers?pageSize=1')
    const [family = '', given = ''] = (items[0]?.latinName ?? '').split(' ')
    const entry = `@article{a, title={Barley of the northern steppe}, author={${family}, ${given} and Weber, K.}, year={2026}}`
    await open('/evidence/import')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.bib', mimeType: 'text/plain', buffer: Buffer.from(entry) })
    await page.getByText('Barley of the northern steppe').waitFor()
    expect(await page.getByRole('button', { name: /^Enter 0/ }).isDisabled()).toBe(true)
    await page
      .getByRole('button', { name: /same family name/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Enter 1 work as a draft' }).click()
    await page.getByText('1 draft entered.').waitFor()
    await page.getByRole('link', { name: 'Barley of the northern steppe' }).click()
    await page.getByRole('heading', { name: 'Barley of the northern steppe' }).waitFor()
  })
})

test(
  'rules are tried on the frozen data of an official run, which is shown to be untouched beside who gains and who loses',
  { timeout: 3 * minutes },
  async () => {
    const { page, complaints, open } = await read({ language: 'en', width: 1440 })
    const { items } = await ask<{ items: { id: number }[] }>(
      demo.address,
      '/runs?purpose=official&state=done',
    )
    const official = items[0]?.id ?? 0
    await open(`/runs/${official}`)
    await page.getByRole('button', { name: 'Try other rules' }).click()
    await page.getByLabel('Version of a regulation to try').selectOption({ index: 0 })
    await page.getByRole('button', { name: 'Compute the trial' }).click()
    await page.waitForURL(new RegExp(`/compare/${official}\\?view=groups`))
    const untouched = page.locator('[data-test=untouched]')
    await untouched.waitFor({ timeout: minutes })
    expect(await untouched.innerText()).toBe(`The official run ${official} is untouched`)
    expect(await page.getByRole('heading', { name: 'Full or part time' }).count()).toBe(1)
    expect(complaints).toEqual([])
  },
)

test('a run is asked for, shows how far it is, and ends in results', { timeout: 2 * minutes }, async () => {
  const { page, open } = await read({ language: 'kk', width: 390 })
  await open('/runs')
  await page.getByRole('button', { name: 'Есептеуді бастау' }).click()
  await page.getByRole('dialog').getByLabel('Сынақ').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Есептеуді бастау' }).click()
  await page.waitForURL(/\/runs\/\d+$/)
  await page.getByText('Нәтиженің хеші').waitFor({ timeout: minutes })
})

test('by keyboard one skips to the content; the language is kept', { timeout: minutes }, async () => {
  const { page, open } = await read({ language: 'en', width: 1440 })
  await open('/people')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toBe('Skip to content')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  await page.getByRole('button', { name: 'Қаз' }).click()
  await page.getByRole('heading', { name: 'Оқытушылар' }).waitFor()
  expect(
    await page.evaluate(() => [document.documentElement.lang, localStorage.getItem('ustaz.language')]),
  ).toEqual(['kk', 'kk'])
})
