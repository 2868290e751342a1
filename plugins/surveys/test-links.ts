import type { Kysely } from 'kysely'
import { makeToken } from './answers/tokens.ts'
import { issueTokens, lockCells } from './campaigns/issue-tokens.ts'
import type { SurveyTables } from './tables.ts'

/** Links for everybody of a group: as many tokens as there are students, of its first cell. */
export async function giveOut(
  { tables }: { tables: Kysely<SurveyTables> },
  campaignId: number,
  group: string,
): Promise<string[]> {
  return await tables.transaction().execute(async (trx) => {
    const [cell] = await lockCells(trx, campaignId, [group])
    const tokens = Array.from({ length: cell!.students }, makeToken)
    await issueTokens(trx, new Map([[cell!, tokens]]), 'paper')
    return tokens
  })
}
