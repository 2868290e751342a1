import { createHash } from 'node:crypto'
import { UstazError } from '@ustaz/core/contract'
import type { Language } from '@ustaz/core/contract'
import type { PluginContext } from '@ustaz/core/plugin'
import type { Transaction } from 'kysely'
import { linkOf, makeToken } from '../answers/tokens.ts'
import type { SurveyTables } from '../tables.ts'
import { textOf } from '../texts.ts'
import { lockCampaign } from './change-campaign.ts'
import { issueTokens, lockCells } from './issue-tokens.ts'
import type { CellToFill } from './issue-tokens.ts'
import { readAddresses } from './read-addresses.ts'

type Context = Pick<PluginContext<SurveyTables>, 'db' | 'now' | 'mail' | 'tables'>

export interface InvitationReport {
  dryRun: boolean
  mails: number
  links: number
  canSend: boolean
  refused: { line: number; message: string }[]
}

/**
 * Mails every address of a list its links, one for each course and teacher of its groups; the mail is in the three languages. All or nothing. Who
 * got a mail for the campaign gets no other: nobody knows its links any more, and others would be a second voice. The list is kept
 * nowhere. Throws `surveys.mail-off`, `surveys.more-than-students`, and what the state of the campaign forbids.
 */
export async function sendInvitations(
  { db, mail, now, tables }: Context,
  campaignId: number,
  { content, dryRun, language }: { content: Buffer; dryRun: boolean; language: Language },
): Promise<InvitationReport> {
  if (!dryRun && !mail.canSend) throw new UstazError('surveys.mail-off', { status: 409 })
  const { rows } = await tables.read(content)
  return await db.transaction().execute(async (trx) => {
    await lockCampaign(trx, campaignId, { now: now(), among: ['planned', 'open'] })
    const named = [...new Set(rows.slice(1).flat())].filter((text) => text !== '')
    const cells = await lockCells(trx, campaignId, named)
    const groups = Map.groupBy(cells, ({ group_code: group }) => group)
    const { people, refused } = readAddresses(rows, new Set(groups.keys()), language)
    const letters = [...people].map(([address, own]) => {
      return {
        address,
        links: own.flatMap((group) => groups.get(group) ?? []).map((cell) => ({ cell, token: makeToken() })),
      }
    })
    const isTried = dryRun || refused.length > 0
    const sent = isTried ? letters : await queueAll(trx, letters, { mail, campaignId })
    if (!isTried) await issueTokens(trx, tokensOf(sent), 'mail')
    const links = sent.reduce((sum, letter) => sum + letter.links.length, 0)
    return { dryRun, canSend: mail.canSend, refused, mails: sent.length, links }
  })
}

interface Letter {
  address: string
  links: { cell: CellToFill; token: string }[]
}

/** The letters that are sent: those whose address had none before. */
async function queueAll(
  trx: Transaction<SurveyTables>,
  letters: readonly Letter[],
  { mail, campaignId }: { mail: Context['mail']; campaignId: number },
): Promise<Letter[]> {
  const { title } = await trx
    .selectFrom('campaign')
    .select('title')
    .where('id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const sent: Letter[] = []
  for (const letter of letters) {
    // The key does not tell the address; the queue of mail knows for half a year to whom mail went, and its text until it is sent.
    const key = `surveys/${campaignId}/${createHash('sha256').update(letter.address).digest('hex')}`
    const text = textOfLetter(letter, mail.address)
    if (await mail.queue(trx, { key, to: letter.address, subject: `${title.kk} · ${title.ru}`, text }))
      sent.push(letter)
  }
  return sent
}

function textOfLetter({ links }: Letter, address: string): string {
  const list = links.map(
    ({ cell, token }) => `${cell.course_title}, ${cell.teacher_name}\n${linkOf(address, token)}`,
  )
  const said = (['kk', 'ru', 'en'] as const).map((language) => textOf(language, 'letter'))
  return `${[...said, ...list].join('\n\n')}\n`
}

function tokensOf(letters: readonly Letter[]): Map<CellToFill, string[]> {
  const all = letters.flatMap(({ links }) => links)
  return new Map(
    [...Map.groupBy(all, ({ cell }) => cell)].map(([cell, own]) => [cell, own.map(({ token }) => token)]),
  )
}
