import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { placeCount } from '../questions/places.ts'
import type { SurveyTables } from '../tables.ts'
import { stateOf } from '../campaigns/state.ts'
import { hashOf } from './tokens.ts'
import { keepVoices } from './keep-voices.ts'
import { lockCampaigns } from './lock-campaigns.ts'
import type { OpenCampaign } from './lock-campaigns.ts'
import { readSent } from './read-sent.ts'
import type { Aim, CellAnswer, SentContent } from './read-sent.ts'

export type SentAnswer = SentContent & {
  token: string
  /** Made by the phone for this answer; the same with each try. */
  answerId: string
}

/**
 * received: it is in, now or since an earlier try of the same phone. used: another answer came by this link before. unknown: no such link,
 * or its campaign is worked out. invalid: it does not fit the questions.
 */
export type Outcome = 'received' | 'used' | 'early' | 'over' | 'unknown' | 'invalid'

interface Asked {
  sent: SentAnswer
  hash: Buffer
  key: string
  receipt: Buffer
}
interface Taken {
  bundle: number | null
  campaign: OpenCampaign
  answers: readonly CellAnswer[]
}
type Database = Transaction<SurveyTables>

/**
 * Takes answers in, in one transaction: a token is used up and what was answered is added to the sums of its cells and, where the campaign links
 * answers, to the voices of its bundle, all or nothing. What joins them is in this function's memory alone. Locks are taken in one order,
 * campaigns, tokens, sums, bundles: so does closing.
 */
export async function storeAnswers(
  db: Kysely<SurveyTables>,
  sent: readonly SentAnswer[],
  now: Date,
): Promise<Outcome[]> {
  const asked = sent.map((one): Asked => {
    const hash = hashOf(one.token)
    return { sent: one, hash, key: hash.toString('hex'), receipt: hashOf(one.answerId) }
  })
  return await db.transaction().execute(async (trx) => {
    const aims = await findAims(trx, asked)
    const campaigns = await lockCampaigns(
      trx,
      [...aims.values()].map(({ campaign }) => campaign),
    )
    const receipts = await lockTokens(trx, asked)
    const taken = new Map<string, Taken & Asked>()
    const outcomes = asked.map((one): Outcome => {
      const aim = aims.get(one.key)
      const campaign = aim && campaigns.get(aim.campaign)
      if (!aim || !campaign || !receipts.has(one.key)) return 'unknown'
      const before = receipts.get(one.key) ?? taken.get(one.key)?.receipt
      if (before) return before.equals(one.receipt) ? 'received' : 'used'
      const state = stateOf(campaign, now)
      if (state !== 'open') return state === 'planned' ? 'early' : 'over'
      const answers = readSent(aim, one.sent, campaign.questions)
      if (!answers) return 'invalid'
      taken.set(one.key, { ...one, bundle: aim.bundle, campaign, answers })
      return 'received'
    })
    if (taken.size > 0) {
      await useTokens(trx, [...taken.values()])
      await addUp(trx, [...taken.values()])
      await keepVoices(trx, [...taken.values()])
    }
    return outcomes
  })
}

async function findAims(trx: Database, asked: readonly Asked[]): Promise<Map<string, Aim>> {
  const { rows } = await sql<Aim & { key: string }>`
    select encode(t.hash, 'hex') as key, coalesce(c.campaign_id, b.campaign_id) as campaign, t.bundle_id as bundle,
      case when c.id is not null then array[c.id] else array(
        select l.id from plugin_surveys.cell l where l.campaign_id = b.campaign_id and l.group_code = any(b.groups)) end as cells
    from plugin_surveys.token t left join plugin_surveys.cell c on c.id = t.cell_id
    left join plugin_surveys.bundle b on b.id = t.bundle_id
    where t.hash = any(${asked.map(({ hash }) => hash)}::bytea[])`.execute(trx)
  return new Map(rows.map(({ key, ...aim }) => [key, aim]))
}

/** What is noted of the answer that used a token; null: none did. */
async function lockTokens(trx: Database, asked: readonly Asked[]): Promise<Map<string, Buffer | null>> {
  const { rows } = await sql<{ key: string; receipt: Buffer | null }>`
    select encode(hash, 'hex') as key, receipt from plugin_surveys.token
    where hash = any(${asked.map(({ hash }) => hash)}::bytea[]) order by hash for update`.execute(trx)
  return new Map(rows.map(({ key, receipt }) => [key, receipt]))
}

async function useTokens(trx: Database, taken: readonly Asked[]): Promise<void> {
  await sql`
    update plugin_surveys.token t set receipt = x.receipt
    from unnest(${taken.map(({ hash }) => hash)}::bytea[], ${taken.map(({ receipt }) => receipt)}::bytea[]) x (hash, receipt)
    where t.hash = x.hash`.execute(trx)
}

/** What written answers of one cell there are is put in another random order each time one comes. */
async function addUp(trx: Database, taken: readonly Taken[]): Promise<void> {
  const sums = sumsOf(taken)
  const cells = sums.map(({ cell_id: id }) => id)
  await sql`select from plugin_surveys.tally where cell_id = any(${cells}::bigint[]) order by cell_id for update`.execute(
    trx,
  )
  await sql`
    update plugin_surveys.tally t set answers = t.answers + x.answers,
      counts = (select array_agg(old + new order by place) from unnest(t.counts, x.counts) with ordinality u (old, new, place)),
      texts = case when x.texts = '[]' then t.texts else (
        select jsonb_agg(text order by gen_random_uuid()) from jsonb_array_elements(t.texts || x.texts) text) end
    from jsonb_to_recordset(${JSON.stringify(sums)}::jsonb) x (cell_id bigint, answers integer, counts integer[], texts jsonb)
    where t.cell_id = x.cell_id`.execute(trx)
}

function sumsOf(taken: readonly Taken[]) {
  const sums = new Map<number, { cell_id: number; answers: number; counts: number[]; texts: object[] }>()
  const single = taken.flatMap(({ answers, campaign }) => answers.map((one) => ({ ...one, campaign })))
  for (const { cell, campaign, counted } of single) {
    const counts = () => Array.from({ length: placeCount(campaign.questions) }, () => 0)
    const sum = sums.get(cell) ?? { cell_id: cell, answers: 0, counts: counts(), texts: [] }
    sum.answers += 1
    for (const place of counted.places) sum.counts[place] = (sum.counts[place] ?? 0) + 1
    sum.texts.push(...counted.texts)
    sums.set(cell, sum)
  }
  return [...sums.values()]
}
