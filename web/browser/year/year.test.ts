import { toLocalTime } from '@ustaz/core/contract'
import { launchChromium } from '@ustaz/core/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastFullPeriod } from '../../logic/periods.ts'
import { findBarriers, findFaults } from '../find-faults.ts'
import { settled } from '../reader.ts'
import type { Reader } from '../reader.ts'
import { bringPeople, seenBy, signIn } from './people.ts'
import type { People } from './people.ts'
import { names, regulation, startYear } from './start-year.ts'
import type { Year } from './start-year.ts'

const minutes = 60_000
/** The year that is over: what is entered now counts in it. */
const period = lastFullPeriod('09-01', toLocalTime(new Date(), 'Asia/Almaty').slice(0, 10))
const pdf = {
  name: 'course.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
}
let year: Year
let browser: Browser
let people: People
beforeAll(async () => {
  ;[year, browser] = await Promise.all([startYear(), launchChromium()])
  people = await bringPeople(browser, year)
}, 4 * minutes)
afterAll(async () => {
  await browser.close()
  await year.stop()
})

/** All who may see anything of anybody's result, published or not. */
const insiders = 'office management'
const seen = async (path: string) => await seenBy(people, year, path)
const idIn = ({ page }: Reader) => Number(/\/(\d+)$/.exec(new URL(page.url()).pathname)?.[1])
/** Anew: without the notice of what was just done. */
async function looksWell({ page, complaints }: Reader): Promise<void> {
  await page.reload()
  await settled(page)
  expect([...(await findFaults(page)), ...(await findBarriers(page)), ...complaints]).toEqual([])
}

test(
  'a year of the rating, by people who each do their part and see no more than it',
  { timeout: 3 * minutes },
  async () => {
    await approveRegulation()
    const evidence = await enterCourse()
    await returnWithComment(evidence)
    await resubmit(evidence)
    await passThroughStages(evidence)
    const run = await rate()
    await publishPreliminary(run)
    const appeal = await appealAgainstLine(run)
    await uphold(appeal)
    const corrected = await correct(run)
    await publishFinally(run, corrected)
    expectNoComplaints()
  },
)

function expectNoComplaints(): void {
  for (const name of names) expect(people[name].complaints, name).toEqual([])
}

/** The office writes, the management approves; nobody approves what they wrote. */
async function approveRegulation(): Promise<void> {
  const { office, management } = people
  const file = {
    name: 'year.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(regulation)),
  }
  const brought = await office.page.request.post(`${year.address}/api/regulations`, {
    headers: { 'x-ustaz-request': '1' },
    multipart: { file },
  })
  const { id } = (await brought.json()) as { id: number }
  await office.open(`/regulations/${id}/approve`)
  await office.page.getByText('You wrote this draft or a part of it').waitFor()
  await management.open(`/regulations/${id}/approve`)
  const approve = management.page.locator('[data-test=decision]').getByRole('button', { name: 'Approve' })
  await management.page.getByLabel('Why it is accepted').first().waitFor()
  for (const reason of await management.page.getByLabel('Why it is accepted').all())
    await reason.fill('The first year')
  await management.page.getByText('Once approved, the version is never changed.').waitFor()
  await approve.click()
  await management.page.waitForURL(`**/regulations/${id}`)
  expect(await seen(`/regulations/${id}`)).toBe(names.join(' '))
}

async function enterCourse(): Promise<number> {
  const { teacher } = people
  const { page } = teacher
  await teacher.open('/evidence/new?kind=methodical.mooc')
  await page.getByLabel('Title').fill('Algebra onlin')
  await page.getByLabel('Platform').selectOption({ label: "The university's own" })
  await page.getByLabel('Date').fill(period.to)
  await page.locator('input[type=file]').setInputFiles(pdf)
  await page.getByText('course.pdf').waitFor()
  await page.getByRole('button', { name: 'Save as a draft' }).click()
  await page.waitForURL(/\/evidence\/\d+$/)
  const evidence = idIn(teacher)
  expect(await seen(`/evidence/${evidence}`)).toBe('teacher head dean office management')
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.locator('main header').getByText('Submitted').waitFor()
  await page.locator('[data-test=entry-points]').getByText('+10').first().waitFor()
  await looksWell(teacher)
  return evidence
}

async function returnWithComment(evidence: number): Promise<void> {
  const { head, dean } = people
  await dean.open('/approval')
  await dean.page.getByText('Nothing waits').waitFor()
  await head.open('/approval')
  await head.page.getByRole('button', { name: 'Return "Algebra onlin"' }).click()
  const dialog = head.page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('A letter is missing in the title.')
  await dialog.getByRole('button', { name: 'Return', exact: true }).click()
  await head.page.getByText('Nothing waits').waitFor()
  expect(await seen(`/evidence/${evidence}`)).toBe('teacher head dean office management')
}

async function resubmit(evidence: number): Promise<void> {
  const { teacher, colleague } = people
  const { page } = teacher
  await teacher.open('/notices')
  await page.getByText('"Algebra onlin" was returned: A letter is missing in the title.').click()
  await page.waitForURL(`**/evidence/${evidence}`)
  await settled(page)
  await page.locator('[data-test=returned]').getByText('A letter is missing in the title.').waitFor()
  await page.getByLabel('Title').fill('Algebra online')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Algebra online' }).waitFor()
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.locator('main header').getByText('Submitted').waitFor()
  await colleague.open('/notices')
  expect(await colleague.page.getByText('Algebra').count()).toBe(0)
}

async function passThroughStages(evidence: number): Promise<void> {
  const { head, dean, library, teacher } = people
  for (const leader of [head, dean]) {
    await leader.open('/approval')
    await leader.page.getByRole('link', { name: 'Algebra online' }).click()
    await leader.page.waitForURL(`**/evidence/${evidence}`)
    expect(await seen(`/evidence/${evidence}`)).toBe('teacher head dean office management')
    await leader.page.getByRole('button', { name: 'Pass on' }).click()
    await leader.page.getByText('Passed on', { exact: true }).first().waitFor()
  }
  // It has come to the unit, which sees it from now on.
  expect(await seen(`/evidence/${evidence}`)).toBe('teacher head dean library office management')
  await library.open('/approval')
  await library.page.getByRole('link', { name: 'Algebra online' }).click()
  await library.page.waitForURL(`**/evidence/${evidence}`)
  await looksWell(library)
  await library.page.getByRole('button', { name: 'Approve', exact: true }).click()
  await library.page.locator('main header').getByText('Approved').waitFor()
  await teacher.open(`/evidence/${evidence}`)
  await teacher.page.locator('main header').getByText('Approved').waitFor()
  expect(await teacher.page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0)
}

async function rate(): Promise<number> {
  const { office } = people
  const { page } = office
  await office.open('/runs')
  await page.getByRole('button', { name: 'Start a run' }).first().click()
  const dialog = page.getByRole('dialog')
  await expect.poll(async () => await dialog.getByLabel('Last day').inputValue()).toBe(period.to)
  await dialog.getByRole('button', { name: 'Start a run' }).click()
  await page.waitForURL(/\/runs\/\d+$/)
  await page.getByRole('link', { name: 'Open the ranking' }).waitFor({ timeout: 30_000 })
  const run = idIn(office)
  expect(await seen(`/runs/${run}/ranking`)).toBe(insiders)
  expect(await seen(`/runs/${run}/teachers/${year.teacherId}`)).toBe(insiders)
  return run
}

async function publishPreliminary(run: number): Promise<void> {
  const { management } = people
  await management.open(`/runs/${run}`)
  await publish(management, 'Publish as preliminary', 'Minutes 4 of the council')
  await looksWell(management)
  expect(await seen(`/runs/${run}/teachers/${year.teacherId}`)).toBe('teacher head dean office management')
  expect(await seen(`/runs/${run}/ranking`)).toBe('teacher colleague head dean office management reviewer')
  const { page, open } = people.colleague
  await open(`/runs/${run}/ranking`)
  expect(await page.locator('main').innerText()).not.toContain('Оразбаева')
}

async function publish({ page }: Reader, button: string, note: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await page.getByLabel('Note').fill(note)
  await page.locator('form').getByRole('button', { name: button }).click()
  await page.getByText(note).waitFor()
}

async function appealAgainstLine(run: number): Promise<number> {
  const { teacher } = people
  const { page } = teacher
  await teacher.open(`/runs/${run}/teachers/${year.teacherId}`)
  await page.locator('[data-test=trace]').getByRole('button', { name: 'Algebra online' }).click()
  await page.getByRole('button', { name: 'Appeal this line' }).click()
  const form = page.locator('[data-test=appeal-line]')
  await form
    .getByLabel('Reason')
    .fill('The second part of the course stands on the platform of the ministry, and is not counted.')
  await form.getByLabel('File').setInputFiles(pdf)
  await page.getByRole('button', { name: 'File the appeal' }).click()
  await page.locator('[data-test=own-appeals]').getByRole('link', { name: /№/ }).first().click()
  await page.waitForURL(/\/appeals\/\d+$/)
  await looksWell(teacher)
  const appeal = idIn(teacher)
  expect(await seen(`/appeals/${appeal}`)).toBe('teacher office management')
  return appeal
}

/** Assigned by the office to somebody independent, who reads it from then on and answers. */
async function uphold(appeal: number): Promise<void> {
  const { office, reviewer, teacher } = people
  await office.open(`/appeals/${appeal}`)
  const candidate = (name: string) => office.page.getByRole('listitem').filter({ hasText: name })
  await candidate('Виктор').getByText('decided about this work').waitFor()
  await candidate('Анна').getByRole('button', { name: 'Assign' }).click()
  await office.page.getByText('in review').first().waitFor()
  expect(await seen(`/appeals/${appeal}`)).toBe('teacher office management reviewer')
  const { page } = reviewer
  await reviewer.open('/appeals')
  await page.getByRole('link', { name: /№/ }).first().click()
  await page.waitForURL(`**/appeals/${appeal}`)
  await page.getByLabel('upheld').check()
  await page.getByLabel('What is corrected').selectOption({ label: 'A fact is put in' })
  const fact = page.getByRole('group', { name: 'The fact that is put in' })
  await fact.getByLabel('Date').fill(period.to)
  await fact.getByLabel('Platform').selectOption({ label: 'Recommended by the ministry' })
  await page.getByLabel('Reason of the answer').fill('The platform confirms the second part.')
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByText('1 field needs correction').waitFor()
  expect([...(await findFaults(page)), ...(await findBarriers(page))]).toEqual([])
  // The browser tells of the refusal too.
  reviewer.complaints.splice(0)
  await fact.getByLabel('Title').fill('Algebra online, part two')
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByText('Upheld', { exact: true }).waitFor()
  await looksWell(reviewer)
  await teacher.open(`/appeals/${appeal}`)
  await teacher.page.getByText('Algebra online, part two').waitFor()
  await teacher.page.getByText('A new run will carry it out').waitFor()
}

async function correct(run: number): Promise<number> {
  const { office } = people
  const { page } = office
  await office.open(`/runs/${run}`)
  await page.getByRole('button', { name: 'New run with the upheld appeals' }).click()
  await page.waitForURL(new RegExp(`/runs/(?!${run}$)\\d+$`))
  await page.locator('[data-test=correction]').waitFor({ timeout: 30_000 })
  await page.getByText('Nobody else’s points changed.').waitFor()
  await looksWell(office)
  const corrected = idIn(office)
  expect(await seen(`/runs/${corrected}/teachers/${year.teacherId}`)).toBe(insiders)
  // The published one stands until another takes its place.
  expect(await seen(`/runs/${run}/teachers/${year.teacherId}`)).toBe('teacher head dean office management')
  return corrected
}

/** When the days for appeals are over; everybody signs in anew. */
async function publishFinally(run: number, corrected: number): Promise<void> {
  const { management, teacher } = people
  await management.open(`/runs/${corrected}`)
  await management.page.getByRole('button', { name: 'Publish as final' }).click()
  await management.page.getByLabel('Note').fill('Too early')
  await management.page.locator('form').getByRole('button', { name: 'Publish as final' }).click()
  await management.page.getByRole('alert').getByText('Appeals may be filed until').waitFor()
  // The browser tells of the refusal too.
  management.complaints.splice(0)
  expectNoComplaints()
  year.passDays(6)
  expect(await seenBySignedOut()).toEqual([401])
  for (const name of names) await signIn(people[name], name)
  // Pages that stood open asked once more, and were told to sign in.
  for (const name of names) people[name].complaints.splice(0)
  await management.open(`/runs/${corrected}`)
  await publish(management, 'Publish as final', 'Minutes 5 of the council')
  await looksWell(management)
  for (const id of [run, corrected])
    expect(await seen(`/runs/${id}/teachers/${year.teacherId}`)).toBe('teacher head dean office management')
  const { page } = teacher
  await teacher.open(`/runs/${corrected}/teachers/${year.teacherId}`)
  await page.locator('dl').getByText('20.00', { exact: true }).first().waitFor()
  await page.getByText('These results are final: no appeal is open any more.').waitFor()
  expect(await page.getByRole('button', { name: 'Appeal this line' }).count()).toBe(0)
  await looksWell(teacher)
}

async function seenBySignedOut(): Promise<number[]> {
  const answers = await Promise.all(
    names.map(async (name) => (await people[name].page.request.get(`${year.address}/api/actor`)).status()),
  )
  return [...new Set(answers)]
}
