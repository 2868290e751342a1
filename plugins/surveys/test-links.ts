import type { Kysely } from 'kysely'
import { makeToken } from './answers/tokens.ts'
import { issueBundles, issueTokens, lockCells } from './campaigns/issue-tokens.ts'
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

/** Links of a linked campaign about groups, as many as are asked for, or for everybody of the first group. */
export async function giveOutBundle(
  { tables }: { tables: Kysely<SurveyTables> },
  campaignId: number,
  { groups, count }: { groups: readonly string[]; count?: number },
): Promise<string[]> {
  return await tables.transaction().execute(async (trx) => {
    const cells = await lockCells(trx, campaignId, groups)
    const tokens = Array.from({ length: count ?? cells[0]!.students }, makeToken)
    await issueBundles(trx, [{ groups: [...groups].sort(), tokens }], { campaignId, cells, way: 'paper' })
    return tokens
  })
}
