import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CampaignTimes } from '../campaigns/state.ts'
import type { Question } from '../questions/question.ts'
import type { SurveyTables } from '../tables.ts'

export interface OpenCampaign extends CampaignTimes {
  id: number
  questions: Question[]
}

/** Campaigns with their questions; until the transaction ends none of them is closed. */
export async function lockCampaigns(
  trx: Transaction<SurveyTables>,
  ids: readonly number[],
): Promise<Map<number, OpenCampaign>> {
  const { rows } = await sql<OpenCampaign>`
    select c.id, c.opens_at as "opensAt", c.closes_at as "closesAt", c.released_at as "releasedAt", c.closed_at as "closedAt", v.questions
    from plugin_surveys.campaign c join plugin_surveys.questionnaire_version v on v.id = c.version_id
    where c.id = any(${[...new Set(ids)]}::bigint[]) order by c.id for share of c`.execute(trx)
  return new Map(rows.map((row) => [row.id, row]))
}
