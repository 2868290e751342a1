import { mkdirSync } from 'node:fs'
import type { PluginContext } from '@ustaz/core/plugin'
import { launchChromium } from '@ustaz/core/testing'
import type { TestAccount } from '@ustaz/core/testing'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { storeAnswers } from '../../plugins/surveys/answers/store-answers.ts'
import { createQuestionnaire } from '../../plugins/surveys/questions/questionnaires.ts'
import { closeCampaigns } from '../../plugins/surveys/results/close-campaigns.ts'
import type { SurveyTables } from '../../plugins/surveys/tables.ts'
import { giveOutBundle } from '../../plugins/surveys/test-links.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

/** A survey with linked answers from its preparation to what the office and a teacher read; every test goes on where the one before ended. */
const minutes = 60_000
let university: RunningUniversity
let browser: Browser
let surveys: PluginContext<SurveyTables>
const readers: Reader[] = []
const words = (text: string) => ({ kk: text, ru: text, en: text })
beforeAll(async () => {
  university = await startUniversity()
  surveys = university.context.host.contextOf('surveys') as unknown as PluginContext<SurveyTables>
  const ends = { low: words('no'), high: words('yes') }
  await createQuestionnaire(surveys.db, {
    code: 'teaching',
    title: words('Teaching'),
    questions: [{ id: 'clear', kind: 'scale', text: words('Clear?'), steps: 5, ...ends, weight: 1 }],
  })
  browser = await launchChromium()
}, 4 * minutes)
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})
afterAll(async () => {
  await browser.close()
  await university.stop()
})

const read = async (account: TestAccount, look: Partial<Look> = {}): Promise<Reader> => {
  const reader = await createReader(browser, university.address, {
    language: 'en',
    width: 1440,
    account: university.accounts[account],
    ...look,
  })
  readers.push(reader)
  return reader
}
const pictures = process.env['USTAZ_SCREENSHOTS']
const looksRight = async (reader: Reader, name: string) => {
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true })
    await reader.page.screenshot({ path: `${pictures}/linked-${name}.png`, fullPage: true })
  }
  expect(await findFaults(reader.page)).toEqual([])
  expect(await findBarriers(reader.page)).toEqual([])
  expect(reader.complaints).toEqual([])
}
const campaignId = async () =>
  (await surveys.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id
const day = (after: number) => new Date(Date.now() + after * 24 * 60 * minutes).toISOString().slice(0, 10)
const teachers = ['Orazbayeva Aigul', 'Kim Viktor', 'Semenova Anna']

test(
  'the office prepares a linked survey only with its ground, and cannot release uneven groups',
  { timeout: 2 * minutes },
  async () => {
    const office = await read('office')
    const { page } = office
    await office.open('/surveys/campaigns/new')
    for (const language of ['Kazakh', 'Russian', 'English'])
      await page.getByLabel(`Name (${language})`).fill('Spring')
    await page.getByLabel('Questionnaire').selectOption({ label: 'Teaching, version 1' })
    await page.getByLabel('Opens').fill(`${day(-1)}T08:00`)
    await page.getByLabel('Linked answers').check()
    await page.getByRole('button', { name: 'Prepare' }).click()
    expect(await surveys.db.selectFrom('campaign').selectAll().execute()).toEqual([])
    for (const language of ['Kazakh', 'Russian', 'English'])
      await page.getByLabel(`The ground for it (${language})`).fill('Rules of the university, clause 7')
    // A button under the mouse changes its colour for a moment.
    await page.getByLabel('Questionnaire').hover()
    await settled(page)
    await looksRight(office, 'new')
    await page.getByRole('button', { name: 'Prepare' }).click()
    await page.waitForURL(/campaigns\/\d+$/)
    await settled(page)
    await page.getByText('Rules of the university, clause 7').waitFor()
    const bring = async (students: readonly number[]) => {
      const lines = students.map((count, index) => `A,CS-101,Algorithms,${teachers[index]!},${count}`)
      const text = ['group,course,title,teacher,students', ...lines].join('\n')
      const file = { name: 'groups.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
      const form = page.getByRole('region', { name: 'Who is asked about whom' })
      await form.locator('input[type=file]').setInputFiles(file)
      await page.getByRole('button', { name: 'Bring in' }).click()
    }
    await bring([20, 20, 9])
    await page.getByText('every line of it must have the same number of students').waitFor()
    // The browser tells of the refusal as well.
    expect(office.complaints.splice(0)).toEqual([expect.stringContaining('409')])
    await bring([20, 20, 20])
    await page.getByRole('cell', { name: 'A', exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Release' }).click()
    await page.getByText('open', { exact: true }).waitFor()
    await looksRight(office, 'open')
  },
)

test(
  'at the end the office sees what answers differ by, and a teacher that the score is corrected',
  { timeout: 2 * minutes },
  async () => {
    const id = await campaignId()
    const cells = await surveys.db.selectFrom('cell').select('id').orderBy('id').execute()
    const tokens = await giveOutBundle({ tables: surveys.db }, id, { groups: ['A'] })
    const sent = tokens.slice(0, 16).map((token, index) => ({
      token,
      answerId: crypto.randomUUID(),
      // Strict and mild ones, who differ by a step now and then.
      answers: cells.map((cell, teacher) => ({
        about: cell.id,
        answer: { clear: (index % 2 === 0 ? 1 : 4) + ((index + teacher) % 3 === 0 ? 1 : 0) },
      })),
    }))
    const outcomes = await storeAnswers(surveys.db, sent, surveys.now())
    expect(new Set(outcomes)).toEqual(new Set(['received']))
    await closeCampaigns({ ...surveys, now: () => new Date(`${day(30)}T00:00:00Z`) })

    const office = await read('office')
    await office.open(`/surveys/campaigns/${id}`)
    await office.page.getByRole('row', { name: /How strictly a student judges everybody \d/ }).waitFor()
    await looksRight(office, 'components')
    await office.open('/surveys')
    await office.page.getByText('Corrected for how strictly the students who answered judge').waitFor()
    await looksRight(office, 'results')
    const teacher = await read('aigul', { language: 'ru', width: 390, theme: 'dark' })
    await teacher.open(`/surveys/results/${id}/${university.teachers.aigul}`)
    await teacher.page.getByText('С поправкой на то, насколько строго').waitFor()
    await looksRight(teacher, 'result-ru')
    const phone = await read('office', { language: 'kk', width: 390, theme: 'dark' })
    for (const path of [`campaigns/${id}`, 'campaigns/new']) {
      await phone.open(`/surveys/${path}`)
      if (path === 'campaigns/new') await phone.page.getByLabel('Байланыстырылған жауаптар').check()
      await looksRight(phone, `kk-${path.replaceAll(/\W/g, '-')}`)
    }
  },
)
