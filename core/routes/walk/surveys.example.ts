/** For route-walk.test.ts: surveys about Anna, one in each state that there is something to ask about, and what students wrote to her. */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { formOf } from './forms.example.ts'
import type { Making } from './making.example.ts'

export interface SurveyBelongings {
  questionnaire: number
  /** No campaign asks it. */
  version: number
  /** `draft` and `spare` are not released; `open` and `closed` are about her history group; of `closed` there are results. */
  campaigns: { draft: number; spare: number; open: number; closed: number }
  /** What a student wrote and nobody has looked at. */
  remark: string
  /** Links about her: not used and used ones of the open campaign, and one of the closed. */
  links: { fresh: string; used: string; closed: string }
}

export const annasWords = { kk: 'Анна', ru: 'Анна', en: 'Anna' }
export const annasQuestions = [
  {
    id: 'clear',
    kind: 'scale',
    text: annasWords,
    steps: 5,
    low: { kk: 'x', ru: 'x', en: 'x' },
    high: { kk: 'x', ru: 'x', en: 'x' },
    weight: 1,
  },
  { id: 'more', kind: 'text', text: annasWords },
]
/** Of a campaign that is open today, asking a version. */
export const annasPlan = (versionId: number) => ({
  title: annasWords,
  versionId,
  periodFrom: '2026-01-01',
  periodTo: '2026-06-30',
  opensAt: '2026-06-01T00:00:00Z',
  closesAt: '2026-07-20T00:00:00Z',
})
export const annasGroups = 'group,course,title,teacher,students\nH1,H1,History by Anna,Semenova Anna,9\n'

const address = '/plugins/surveys'
const answers = 6

export async function surveysOf(making: Making): Promise<SurveyBelongings> {
  const asked = await questionnaireOf(making, 'asked')
  const campaigns = {
    draft: await campaignOf(making, asked.id),
    spare: await campaignOf(making, asked.id),
    open: await releasedOf(making, asked.id),
    closed: await releasedOf(making, asked.id),
  }
  const [closed = ''] = await answerAll(making, campaigns.closed)
  await closeNow(making, campaigns.closed)
  const [used = ''] = await answerAll(making, campaigns.open)
  const [fresh = ''] = await linksOf(making, campaigns.open, 1)
  const unasked = await questionnaireOf(making, 'unasked')
  return {
    questionnaire: unasked.questionnaire.id,
    version: unasked.id,
    campaigns,
    remark: await remarkOf(making, campaigns.closed),
    links: { fresh, used, closed },
  }
}

async function questionnaireOf({ ask, accounts }: Making, code: string) {
  return await ask<{ id: number; questionnaire: { id: number } }>(
    accounts.office,
    'POST',
    `${address}/questionnaires`,
    { code, title: annasWords, questions: annasQuestions },
  )
}

async function campaignOf({ ask, accounts }: Making, version: number): Promise<number> {
  const { id } = await ask<{ id: number }>(
    accounts.office,
    'POST',
    `${address}/campaigns`,
    annasPlan(version),
  )
  const groups = formOf(annasGroups, 'groups.csv', { dryRun: 'false' })
  await ask(accounts.office, 'POST', `${address}/campaigns/${id}/groups`, groups)
  return id
}

async function releasedOf(making: Making, version: number): Promise<number> {
  const id = await campaignOf(making, version)
  await making.ask(making.accounts.office, 'POST', `${address}/campaigns/${id}/release`)
  return id
}

/** Links as a slip or a mail holds them: kept are their hashes only. */
async function linksOf({ there }: Making, campaign: number, count: number): Promise<string[]> {
  const links = Array.from({ length: count }, () => randomBytes(16).toString('base64url'))
  const hashes = links.map((link) => createHash('sha256').update(link).digest())
  await sql`insert into plugin_surveys.token (hash, cell_id, way)
    select hash, c.id, 'mail' from plugin_surveys.cell c, unnest(${hashes}::bytea[]) hash where c.campaign_id = ${campaign}`.execute(
    there.server.database.db,
  )
  return links
}

/** As phones do; answers the links that were used. */
async function answerAll(making: Making, campaign: number): Promise<string[]> {
  const links = await linksOf(making, campaign, answers)
  for (const [index, token] of links.entries()) {
    const response = await making.there.server.app.inject({
      method: 'POST',
      url: `/api${address}/answers`,
      headers: { 'x-ustaz-request': '1' },
      payload: {
        token,
        answerId: crypto.randomUUID(),
        answer: { clear: 4, ...(index < 2 ? { more: 'Anna tells it well' } : {}) },
      },
    })
    expect(response.statusCode, response.body).toBe(200)
  }
  return links
}

/** As if its end had been yesterday. */
async function closeNow({ there }: Making, campaign: number): Promise<void> {
  const { host, now, db } = there.server.context
  const yesterday = new Date(now().getTime() - 86_400_000)
  await sql`update plugin_surveys.campaign set closes_at = ${yesterday} where id = ${campaign}`.execute(db)
  const close = host.jobs().find(({ plugin, name }) => plugin === 'surveys' && name === 'close')
  await close!.job.work(host.contextOf('surveys'), {}, new AbortController().signal)
}

/** Of two texts one is let through, so that she has something to read; answers the other. */
async function remarkOf({ ask, accounts }: Making, campaign: number): Promise<string> {
  const { items } = await ask<{ items: { id: string }[] }>(accounts.office, 'GET', `${address}/remarks`)
  expect(items).toHaveLength(2)
  const decision = { decision: 'shown', text: 'Anna tells it well' }
  await ask(accounts.office, 'POST', `${address}/remarks/${items[1]!.id}`, decision)
  const read = await ask<{ items: object[] }>(accounts.anna, 'GET', `${address}/closed/${campaign}/remarks`)
  expect(read.items).toMatchObject([{ text: 'Anna tells it well' }])
  return items[0]!.id
}
