import { launchChromium } from '@ustaz/core/testing'
import type { TestAccount } from '@ustaz/core/testing'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../core/commands/build-web.ts'
import { createRatedUniversity } from '../../core/routes/rated-university.example.ts'
import type { RatedUniversity } from '../../core/routes/rated-university.example.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'

const minutes = 60_000
let there: RatedUniversity
let browser: Browser
let address: string
let run: number
const readers: Reader[] = []
beforeAll(async () => {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const webFolder = await buildWeb(quiet)
  there = await createRatedUniversity(null, { webFolder, now: new Date().toISOString() })
  await there.enter('aigul', 'A course that counts')
  await there.enter('aigul', 'A doubtful course')
  await there.enter('marat', 'A course of Marat')
  run = (await there.rate()).id
  address = await there.server.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await launchChromium()
}, 4 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await there.server.close()
})

const read = async (account: TestAccount, look: Partial<Look> = {}): Promise<Reader> => {
  const whole = { language: 'en', width: 1440, account: there.university.accounts[account], ...look } as const
  const reader = await createReader(browser, address, whole)
  readers.push(reader)
  return reader
}
/** The page has no barrier, no fault, and the browser nothing to complain about; anew: without the notice of what was just done. */
async function looksWell({ page, complaints }: Reader, how: 'anew' | 'as it is' = 'anew'): Promise<void> {
  if (how === 'anew') await page.reload()
  await settled(page)
  expect([...(await findFaults(page)), ...(await findBarriers(page)), ...complaints]).toEqual([])
}

test(
  'a result is published, appealed against, reviewed, and the new run changes the appellant alone',
  { timeout: 4 * minutes },
  async () => {
    const { aigul } = there.university.teachers
    const early = await read('aigul', { width: 390, language: 'kk' })
    await early.page.goto(`${address}/runs/${run}/teachers/${aigul}`)
    await early.page.getByText('жарияланбаған').first().waitFor()

    const office = await read('office')
    await office.open(`/runs/${run}`)
    await office.page.getByText('Now only the academic office and the management see this run.').waitFor()
    await office.page.getByRole('button', { name: 'Publish as preliminary' }).click()
    await office.page.getByLabel('Days to file').fill('7')
    await office.page.getByLabel('Note').fill('Minutes 4 of the council')
    await office.page.locator('form').getByRole('button', { name: 'Publish as preliminary' }).click()
    await office.page.getByText('Minutes 4 of the council').waitFor()
    await looksWell(office)

    const teacher = await read('aigul', { width: 390 })
    await teacher.open(`/runs/${run}/teachers/${aigul}`)
    await teacher.page.getByText('Fewer than five people are in the league').waitFor()
    await teacher.page.locator('[data-test=trace]').getByRole('button', { name: 'A doubtful course' }).click()
    await teacher.page.getByRole('button', { name: 'Appeal this line' }).click()
    await teacher.page
      .locator('[data-test=appeal-line]')
      .getByLabel('Reason')
      .fill('This course is a colleague’s.')
    await teacher.page.getByRole('button', { name: 'File the appeal' }).click()
    await teacher.page.locator('[data-test=own-appeals]').getByRole('link', { name: /№/ }).first().waitFor()
    await looksWell(teacher)

    await office.open('/appeals')
    await office.page.getByRole('link', { name: /№/ }).first().click()
    await office.page.getByText('decided about this work').waitFor()
    await office.page
      .getByRole('listitem')
      .filter({ hasText: 'Анна' })
      .getByRole('button', { name: 'Assign' })
      .click()
    await office.page.getByText('in review').first().waitFor()
    await looksWell(office)

    const reviewer = await read('elsewhere', { width: 390, theme: 'dark', language: 'ru' })
    await reviewer.open('/appeals')
    await reviewer.page.getByRole('link', { name: /№/ }).first().click()
    await reviewer.page.getByLabel('удовлетворена').check()
    await reviewer.page.getByLabel('Что исправляется').selectOption({ label: 'Факт исключается' })
    await reviewer.page.getByLabel('Обоснование ответа').fill('Курс принадлежит другому преподавателю.')
    await looksWell(reviewer, 'as it is')
    await reviewer.page.getByRole('button', { name: 'Ответить' }).click()
    await reviewer.page.getByText('Удовлетворена', { exact: true }).waitFor()

    await office.open(`/runs/${run}`)
    await office.page.getByRole('button', { name: 'New run with the upheld appeals' }).click()
    await office.page.waitForURL(new RegExp(`/runs/(?!${run}$)\\d+$`))
    await office.page.locator('[data-test=correction]').waitFor({ timeout: 30_000 })
    await office.page.getByText('Nobody else’s points changed.').waitFor()
    await office.page.getByRole('button', { name: 'Publish as preliminary' }).click()
    await office.page.getByText(`It takes the place of the published run ${run}.`).waitFor()
    await office.page.getByLabel('Note').fill('After appeals')
    await office.page.locator('form').getByRole('button', { name: 'Publish as preliminary' }).click()
    await office.page.getByText('After appeals').waitFor()
    await looksWell(office)

    await office.open(`/runs/${run}/appeals`)
    await office.page.getByText('100 %').waitFor()
    await looksWell(office)
  },
)

test(
  'a correction that changed what nothing explains is published only with the reason',
  { timeout: 2 * minutes },
  async () => {
    await there.enter('marat', 'A course that came later')
    const other = (await there.rate()).id
    const { db } = there.server.database
    await sql`insert into core.run_correction (run_id, base_run_id) values (${other}, ${run})`.execute(db)
    const { page, open, complaints } = await read('management', { width: 390, language: 'kk' })
    await open(`/runs/${other}`)
    await page.getByText('Түсіндірілмейтін өзгеріс бар').waitFor()
    await page.getByRole('button', { name: 'Алдын ала жариялау' }).click()
    await page.getByLabel('Ескертпе').fill('7-хаттама')
    const send = page.locator('form').getByRole('button', { name: 'Алдын ала жариялау' })
    expect(await send.isDisabled()).toBe(true)
    await page.getByLabel('Неге сонда да жарияланады').fill('Екінші курс кеш бекітілді')
    expect([...(await findFaults(page)), ...(await findBarriers(page)), ...complaints]).toEqual([])
    await send.click()
    await page.getByText('себебі: Екінші курс кеш бекітілді').waitFor()
  },
)
