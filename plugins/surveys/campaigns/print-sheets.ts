import { UstazError } from '@ustaz/core/contract'
import { FileAnswer } from '@ustaz/core/plugin'
import type { PluginContext } from '@ustaz/core/plugin'
import { linkOf, makeToken } from '../answers/tokens.ts'
import type { SurveyTables } from '../tables.ts'
import { lockCampaign } from './change-campaign.ts'
import { drawSheets } from './draw-sheets.ts'
import { issueTokens, lockCells, takeBackPrinted } from './issue-tokens.ts'

type Context = Pick<PluginContext<SurveyTables>, 'db' | 'now' | 'mail'>

/**
 * Sheets of groups as a PDF: for each course and teacher as many slips to cut off as there are students without a link. Slips that were printed before
 * and not used are void. The links stand in this file and nowhere else. Throws `surveys.nothing-to-print` (409) and what the state of
 * the campaign forbids.
 */
export async function printSheets(
  { db, now, mail }: Context,
  campaignId: number,
  groups: readonly string[],
): Promise<FileAnswer> {
  const { title, cells } = await db.transaction().execute(async (trx) => {
    await lockCampaign(trx, campaignId, { now: now(), among: ['planned', 'open'] })
    await takeBackPrinted(trx, campaignId, groups)
    const found = await lockCells(trx, campaignId, groups)
    const tokens = new Map(
      found.map((cell) => [cell, Array.from({ length: Math.max(0, cell.students - cell.out) }, makeToken)]),
    )
    await issueTokens(trx, tokens, 'paper')
    const row = trx.selectFrom('campaign').select('title').where('id', '=', campaignId)
    return { ...(await row.executeTakeFirstOrThrow()), cells: tokens }
  })
  const sheets = [...cells].flatMap(([cell, tokens]) =>
    tokens.length === 0
      ? []
      : {
          group: cell.group_code,
          course: cell.course_title,
          teacher: cell.teacher_name,
          links: tokens.map((token) => linkOf(mail.address, token)),
        },
  )
  if (sheets.length === 0) throw new UstazError('surveys.nothing-to-print', { status: 409 })
  const content = await drawSheets({ title, sheets })
  return new FileAnswer({ name: `survey-${campaignId}.pdf`, mediaType: 'application/pdf', content })
}
