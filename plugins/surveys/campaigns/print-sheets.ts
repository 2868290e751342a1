import { UstazError } from '@ustaz/core/contract'
import { FileAnswer } from '@ustaz/core/plugin'
import type { PluginContext } from '@ustaz/core/plugin'
import { linkOf, makeToken } from '../answers/tokens.ts'
import type { Transaction } from 'kysely'
import type { SurveyTables } from '../tables.ts'
import { lockCampaign } from './change-campaign.ts'
import { drawSheets } from './draw-sheets.ts'
import { issueBundles, issueTokens, lockCells, takeBackPrinted } from './issue-tokens.ts'
import type { CellToFill } from './issue-tokens.ts'

type Context = Pick<PluginContext<SurveyTables>, 'db' | 'now' | 'mail'>

/**
 * Sheets of groups as a PDF: for each course and teacher, or where answers are linked for each group, as many slips to cut off as there are students
 * without a link. Slips that were printed before and not used are void. The links stand in this file and nowhere else. Throws
 * `surveys.nothing-to-print` (409) and what the state of the campaign forbids.
 */
export async function printSheets(
  { db, now, mail }: Context,
  campaignId: number,
  groups: readonly string[],
): Promise<FileAnswer> {
  const { title, slips } = await db.transaction().execute(async (trx) => {
    const { isLinked } = await lockCampaign(trx, campaignId, { now: now(), among: ['planned', 'open'] })
    await takeBackPrinted(trx, campaignId, groups)
    const found = await lockCells(trx, campaignId, groups)
    const made = isLinked ? await fillGroups(trx, campaignId, found) : await fillCells(trx, found)
    const row = trx.selectFrom('campaign').select('title').where('id', '=', campaignId)
    return { ...(await row.executeTakeFirstOrThrow()), slips: made }
  })
  const sheets = slips.flatMap(({ cells, tokens }) =>
    tokens.length === 0
      ? []
      : {
          group: cells[0]!.group_code,
          about: cells.map((cell) => ({ course: cell.course_title, teacher: cell.teacher_name })),
          links: tokens.map((token) => linkOf(mail.address, token)),
        },
  )
  if (sheets.length === 0) throw new UstazError('surveys.nothing-to-print', { status: 409 })
  const content = await drawSheets({ title, sheets })
  return new FileAnswer({ name: `survey-${campaignId}.pdf`, mediaType: 'application/pdf', content })
}

/** Links to be printed, and what each of them is about. */
interface Slips {
  cells: readonly CellToFill[]
  tokens: string[]
}
type Database = Transaction<SurveyTables>

const tokensFor = ({ students, out }: CellToFill) =>
  Array.from({ length: Math.max(0, students - out) }, makeToken)

async function fillCells(trx: Database, cells: readonly CellToFill[]): Promise<Slips[]> {
  const tokens = new Map(cells.map((cell) => [cell, tokensFor(cell)]))
  await issueTokens(trx, tokens, 'paper')
  return [...tokens].map(([cell, own]) => ({ cells: [cell], tokens: own }))
}

async function fillGroups(trx: Database, campaignId: number, cells: readonly CellToFill[]): Promise<Slips[]> {
  const groups = Map.groupBy(cells, ({ group_code: group }) => group)
  const slips = [...groups].map(([group, own]) => ({
    groups: [group],
    cells: own,
    // All cells of a group have the same students, and so the same links.
    tokens: tokensFor(own[0]!),
  }))
  await issueBundles(trx, slips, { campaignId, cells, way: 'paper' })
  return slips
}
