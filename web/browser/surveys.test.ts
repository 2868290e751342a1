import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { PluginContext } from '@ustaz/core/plugin'
import { launchChromium } from '@ustaz/core/testing'
import type { TestAccount } from '@ustaz/core/testing'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { storeAnswers } from '../../plugins/surveys/answers/store-answers.ts'
import { closeCampaigns } from '../../plugins/surveys/results/close-campaigns.ts'
import type { SurveyTables } from '../../plugins/surveys/tables.ts'
import { giveOut } from '../../plugins/surveys/test-links.ts'
import { findBarriers, findFaults } from './find-faults.ts'
import { readCodes } from './read-codes.ts'
import { createReader, settled } from './reader.ts'
import type { Look, Reader } from './reader.ts'
import { startUniversity } from './start-university.ts'
import type { RunningUniversity } from './start-university.ts'

/** A survey from its questions to what a teacher reads, each step by who takes it; every test goes on where the one before ended. */
const minutes = 60_000
let university: RunningUniversity
let browser: Browser
let surveys: PluginContext<SurveyTables>
const readers: Reader[] = []
beforeAll(async () => {
  university = await startUniversity()
  surveys = university.context.host.contextOf('surveys') as unknown as PluginContext<SurveyTables>
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
const photograph = async (page: Page, name: string) => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/surveys-${name}.png`, fullPage: true })
}
const looksRight = async (reader: Reader, name: string) => {
  await photograph(reader.page, name)
  expect(await findFaults(reader.page)).toEqual([])
  expect(await findBarriers(reader.page)).toEqual([])
  expect(reader.complaints).toEqual([])
}
const languages = ['Kazakh', 'Russian', 'English']
/** What the slips of group A2 say, read off the printed sheet. */
let slips: string[] = []
/** Of group A1; the phone takes the first. */
let links: string[] = []
const campaignId = async () =>
  (await surveys.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id
const day = (after: number) => new Date(Date.now() + after * 24 * 60 * minutes).toISOString().slice(0, 10)

test('the office makes a questionnaire and a version of it', { timeout: minutes }, async () => {
  const office = await read('office')
  const { page } = office
  await office.open('/surveys/campaigns')
  await page.getByText('No surveys yet').waitFor()
  await page.getByRole('link', { name: 'Questionnaires' }).click()
  await page.waitForURL('**/surveys/questionnaires')
  await settled(page)
  await page.getByLabel('Code').fill('teaching')
  for (const language of languages) await page.getByLabel(`Name (${language})`).fill('Teaching')
  await looksRight(office, 'questionnaires')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.waitForURL(/questionnaires\/\d+$/)
  await settled(page)
  await page.getByRole('button', { name: 'In one’s own words' }).click()
  const second = page.getByRole('region', { name: 'Question 2' })
  for (const language of languages) await second.getByLabel(`Question (${language})`).fill('What else?')
  await looksRight(office, 'version')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The questions are saved').waitFor()
  await looksRight(office, 'version-saved')
  const { questions } = await surveys.db
    .selectFrom('questionnaire_version')
    .select('questions')
    .executeTakeFirstOrThrow()
  expect(questions.map(({ kind }) => kind)).toEqual(['scale', 'text'])
})

test(
  'the office prepares a survey, brings in who is asked, releases it and prints sheets',
  { timeout: minutes },
  async () => {
    const office = await read('office')
    const { page } = office
    await office.open('/surveys/campaigns/new')
    for (const language of languages) await page.getByLabel(`Name (${language})`).fill('Spring')
    await page.getByLabel('Questionnaire').selectOption({ label: 'Teaching, version 1' })
    await page.getByLabel('Opens').fill(`${day(-1)}T08:00`)
    await looksRight(office, 'new-campaign')
    await page.getByRole('button', { name: 'Prepare' }).click()
    await page.waitForURL(/campaigns\/\d+$/)
    await settled(page)
    expect(await page.getByRole('button', { name: 'Release' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByLabel('Threshold').fill('6')
    await page.getByLabel('Ends').fill(`${day(-2)}T08:00`)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: 'The end must lie after the beginning' }).waitFor()
    expect(await page.getByLabel('Threshold').inputValue()).toBe('6')
    await looksRight({ ...office, complaints: [] }, 'change-campaign')
    await page.getByLabel('Ends').fill(`${day(14)}T08:00`)
    await page.getByLabel('Threshold').fill('5')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The survey is changed').waitFor()
    office.complaints.splice(0)
    const lines = ['A1,Orazbayeva Aigul,8', 'A2,Orazbayeva Aigul,12', 'M,Akhmetov Marat,8', 'H,Kim Viktor,9', 'E,Semenova Anna,9', 'Z,Semenova Anna,9'] // prettier-ignore
    const text = [
      'group,course,title,teacher,students',
      ...lines.map((line) => line.replace(',', ',CS-101,Algorithms,')),
    ]
    const file = { name: 'groups.csv', mimeType: 'text/csv', buffer: Buffer.from(text.join('\n')) }
    await page
      .getByRole('region', { name: 'Who is asked about whom' })
      .locator('input[type=file]')
      .setInputFiles(file)
    await page.getByRole('button', { name: 'Bring in' }).waitFor()
    expect(await surveys.db.selectFrom('cell').selectAll().execute()).toEqual([])
    await page.getByRole('button', { name: 'Bring in' }).click()
    await page.getByRole('cell', { name: 'A1', exact: true }).waitFor()
    await page.getByLabel('Choose group Z').check()
    await photograph(page, 'draft')
    await page.getByRole('button', { name: 'Take out (1)' }).click()
    await page.getByRole('cell', { name: 'Z', exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Release' }).click()
    await page.getByText('open', { exact: true }).waitFor()
    await page.getByLabel('Choose group A2').check()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Print sheets (1)' }).click()
    const sheets = await download
    expect(sheets.suggestedFilename()).toBe(`survey-${await campaignId()}.pdf`)
    const content = await readFile(await sheets.path())
    slips = await readCodes(content)
    // A slip for each student of the group, each with a link of its own, to the address that people open.
    expect(new Set(slips).size).toBe(12)
    for (const slip of slips) expect(slip).toMatch(/^http:.*\/s\/surveys\/#[\w-]{22}$/)
    // As many links are out as the group has students.
    await page.getByRole('row', { name: /^.*A2 Algorithms Оразбаева Айгүл 12 12/ }).waitFor()
    await page.getByLabel('Ends').fill(`${day(1)}T20:00`)
    await page.getByRole('button', { name: 'Move the end' }).click()
    await page
      .getByRole('region', { name: 'About the survey' })
      .getByText(/8:00.PM/)
      .waitFor()
    await page.reload()
    await settled(page)
    await looksRight(office, 'campaign')
  },
)

const same = (en: string) => ({ kk: en, ru: en, en })
const fromSeptember = {
  code: 'september',
  version: '1',
  title: same('Rating'),
  description: same('Of the tests'),
  source: 'order 1',
  periodStart: '09-01',
  areas: [{ id: 'A', title: same('All') }],
  criteria: [
    {
      id: '1.1',
      area: 'A',
      title: same('Media'),
      unit: 'item',
      indicator: 'community.media-publication',
      points: { kind: 'per-unit', points: 1 },
    },
  ],
  leagues: [{ id: 'L', title: same('All') }],
  weighting: { id: 'shares.points' },
  rounding: { digits: 2 },
}

test('a survey that was prepared in error is deleted, once more asked', { timeout: minutes }, async () => {
  const office = await read('office', { language: 'ru', width: 390, theme: 'dark' })
  const { page } = office
  await university.inForce(fromSeptember)
  await office.open('/surveys/campaigns/new')
  // The rated year that goes on, by the regulation: from September to August.
  const year = Number(day(0).slice(0, 4)) - (day(0).slice(5) < '09-01' ? 1 : 0)
  expect(await page.locator('input[type=date]').first().inputValue()).toBe(`${year}-09-01`)
  expect(await page.locator('input[type=date]').last().inputValue()).toBe(`${year + 1}-08-31`)
  for (const language of ['казахский', 'русский', 'английский'])
    await page.getByLabel(new RegExp(`\\(${language}\\)`)).fill('По ошибке')
  await page.getByLabel('Анкета').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Подготовить' }).click()
  await page.waitForURL(/campaigns\/\d+$/)
  await settled(page)
  await page.getByRole('button', { name: 'Удалить опрос' }).click()
  await page.getByText('На него ещё никто не отвечал.').waitFor()
  await looksRight(office, 'delete-draft')
  await page.getByRole('button', { name: 'Удалить опрос' }).click()
  await page.waitForURL('**/surveys/campaigns')
  await settled(page)
  expect(await page.getByText('По ошибке').count()).toBe(0)
})

test('a student scans a printed slip and answers by what it says, once', { timeout: minutes }, async () => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ru-RU' })
  const page = await phone.newPage()
  page.setDefaultTimeout(15_000)
  const { publicUrl } = university.context.config
  const slip = slips[0]!.replace(publicUrl, university.address)
  await page.goto(slip)
  await page.getByRole('radio', { name: '4', exact: true }).check({ force: true })
  await page.getByRole('button', { name: 'Отправить' }).click()
  await page.getByRole('heading', { name: 'Спасибо!' }).waitFor()
  const { rows } = await sql<{ answers: number }>`
    select sum(t.answers)::integer as answers from plugin_surveys.tally t join plugin_surveys.cell c on c.id = t.cell_id
    where c.group_code = 'A2'`.execute(surveys.db)
  expect(rows).toEqual([{ answers: 1 }])
  await page.goto('about:blank')
  await page.goto(slip)
  await page.getByRole('heading', { name: 'Ответ уже дан' }).waitFor()
  await phone.close()
})

test('a student answers by the link on a phone', { timeout: minutes }, async () => {
  links = await giveOut({ tables: surveys.db }, await campaignId(), 'A1')
  const token = links.shift()!
  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'kk-KZ',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  })
  const page = await phone.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${university.address}/s/surveys/#${token}`)
  await page.getByRole('heading', { name: 'Оразбаева Айгүл' }).waitFor()
  await page.getByRole('radio', { name: '5, толық келісемін' }).check({ force: true })
  await page.getByRole('textbox', { name: 'What else?' }).fill('Thank you, says Dana of A1')
  await photograph(page, 'phone')
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Жіберу' }).click()
  await page.getByRole('heading', { name: 'Рақмет!' }).waitFor()
  await phone.close()
})

test(
  'nothing is shown before the end; then a score, or that too few answered',
  { timeout: minutes },
  async () => {
    const id = await campaignId()
    for (const [group, steps] of Object.entries({
      A1: [4, 5, 5, 4],
      M: [1, 2],
      H: [3, 4, 4, 3, 4],
      E: [2, 3, 2, 3, 2, 4],
    })) {
      const tokens = group === 'A1' ? links : await giveOut({ tables: surveys.db }, id, group)
      const sent = steps.map((q1, index) => ({
        token: tokens[index]!,
        answerId: crypto.randomUUID(),
        answer: { q1 },
      }))
      const outcomes = await storeAnswers(surveys.db, sent, surveys.now())
      expect(new Set(outcomes)).toEqual(new Set(['received']))
    }
    const early = await read('aigul')
    await early.open('/surveys')
    await early.page.getByText('No results yet').waitFor()
    await closeCampaigns({ ...surveys, now: () => new Date(`${day(3)}T00:00:00Z`) })

    const teacher = await read('aigul')
    const { page } = teacher
    await teacher.open('/surveys')
    await page.getByRole('row', { name: /6 of 20 \(30 %\)/ }).waitFor()
    await looksRight(teacher, 'own-results')
    await page.getByRole('link', { name: /Оразбаева|Orazbayeva/ }).click()
    await page.waitForURL(/results\/\d+\/\d+$/)
    await settled(page)
    // 5, 4, 5, 5, 4 and the 4 of the slip: 4.5 of 5, so 87.5 of 100.
    await page.locator('[data-test=score]').getByText('87.5', { exact: true }).waitFor()
    await page.getByText('none: fewer than 5 teachers of the department have a result').first().waitFor()
    await page.locator('[data-test=years]').getByText('nothing to compare with yet').waitFor()
    await page.getByText('Nothing was written, or nothing of it is reviewed yet.').waitFor()
    await looksRight(teacher, 'result')

    const other = await read('marat')
    await other.open(`/surveys/results/${id}/${university.teachers.marat}`)
    await other.page.getByText('fewer than 5 of 8').first().waitFor()
    await looksRight(other, 'too-few')
    await other.open(`/surveys/results/${id}/${university.teachers.aigul}`)
    await other.page.getByText('There is no such result, or you may not see it.').waitFor()
  },
)

test(
  'a reviewer masks a name and lets the text through; the teacher reads the rest',
  { timeout: minutes },
  async () => {
    const office = await read('office')
    await office.open('/surveys/remarks')
    const text = office.page.getByLabel('What else?')
    await text.evaluate((area: HTMLTextAreaElement) => {
      area.setSelectionRange(area.value.indexOf('Dana'), area.value.length)
    })
    await office.page.getByRole('button', { name: 'Mask what is selected' }).click()
    expect(await text.inputValue()).toBe('Thank you, says […]')
    await looksRight(office, 'remarks')
    await office.page.getByRole('button', { name: 'Let through' }).click()
    await office.page.getByText('Nothing waits').waitFor()
    const teacher = await read('aigul', { language: 'kk', width: 390, theme: 'dark' })
    await teacher.open(`/surveys/results/${await campaignId()}/${university.teachers.aigul}`)
    await teacher.page.getByText('Thank you, says […]').waitFor()
    await looksRight(teacher, 'result-kk')
  },
)

test('every page fits a phone in Kazakh, dark', { timeout: minutes }, async () => {
  const id = await campaignId()
  const { id: version } = await surveys.db
    .selectFrom('questionnaire_version')
    .select('id')
    .executeTakeFirstOrThrow()
  const office = await read('office', { language: 'kk', width: 390, theme: 'dark' })
  const pages = ['', '/campaigns', '/campaigns/new', `/campaigns/${id}`, '/questionnaires', `/questionnaires/${version}`, '/remarks'] // prettier-ignore
  for (const path of pages) {
    await office.open(`/surveys${path}`)
    await looksRight(office, `kk${path.replaceAll(/\W/g, '-')}`)
  }
})
