import { createHash } from 'node:crypto'
import { UstazError } from '@ustaz/core/contract'
import type { Language } from '@ustaz/core/contract'
import type { PluginContext } from '@ustaz/core/plugin'
import type { Transaction } from 'kysely'
import { linkOf, makeToken } from '../answers/tokens.ts'
import type { SurveyTables } from '../tables.ts'
import { textOf } from '../texts.ts'
import { lockCampaign } from './change-campaign.ts'
import { bundlesOf, keyOf, RareBundle, refuseRare } from './bundles.ts'
import type { Groups } from './bundles.ts'
import { issueBundles, issueTokens, lockCells } from './issue-tokens.ts'
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
 * Mails every address of a list its links, one for each course and teacher of its groups; where answers are linked one for all of them, if
 * enough addresses have just these groups (`bundlesOf`), else one for each group. The mail is in
 * the three languages. All or nothing. Who got a mail for the campaign gets no other: nobody knows its links any more, and others would be a
 * second voice. The list is kept nowhere. Throws `surveys.mail-off`, `surveys.more-than-students`, and what the state of the campaign forbids.
 */
export async function sendInvitations(
  context: Context,
  campaignId: number,
  { content, dryRun, language }: { content: Buffer; dryRun: boolean; language: Language },
): Promise<InvitationReport> {
  if (!dryRun && !context.mail.canSend) throw new UstazError('surveys.mail-off', { status: 409 })
  const { rows } = await context.tables.read(content)
  return await sendUntilNoneIsRare(context, campaignId, { rows, dryRun, language, apart: new Set() })
}

/** Where some of those who have the same groups had their mail before, the others are too few for a bundle: it is not made. */
async function sendUntilNoneIsRare(
  context: Context,
  campaignId: number,
  list: List,
): Promise<InvitationReport> {
  try {
    return await sendList(context, campaignId, list)
  } catch (error) {
    if (!(error instanceof RareBundle)) throw error
    const apart = new Set([...list.apart, error.key])
    return await sendUntilNoneIsRare(context, campaignId, { ...list, apart })
  }
}

interface List {
  rows: readonly (readonly string[])[]
  dryRun: boolean
  language: Language
  /** Bundles (`keyOf`) that are not made. */
  apart: ReadonlySet<string>
}

/** Throws the same, and RareBundle where a bundle would have too few links. */
async function sendList(
  { db, mail, now }: Context,
  campaignId: number,
  { rows, dryRun, language, apart }: List,
): Promise<InvitationReport> {
  return await db.transaction().execute(async (trx) => {
    const { isLinked, threshold } = await lockCampaign(trx, campaignId, {
      now: now(),
      among: ['planned', 'open'],
    })
    const named = [...new Set(rows.slice(1).flat())].filter((text) => text !== '')
    const cells = await lockCells(trx, campaignId, named)
    const groups = Map.groupBy(cells, ({ group_code: group }) => group)
    const { people, refused } = readAddresses(rows, new Set(groups.keys()), language)
    const cellsOf = (own: Groups) => own.flatMap((group) => groups.get(group) ?? [])
    const bundles = isLinked ? bundlesOf(people, threshold, apart) : null
    const letters = [...people].map(([address, own]) => ({
      address,
      links: bundles
        ? bundles
            .get(address)!
            .map((bundle) => ({ groups: bundle, cells: cellsOf(bundle), token: makeToken() }))
        : cellsOf(own).map((cell) => ({ groups: [cell.group_code], cells: [cell], token: makeToken() })),
    }))
    const isTried = dryRun || refused.length > 0
    const sent = isTried ? letters : await queueAll(trx, letters, { mail, campaignId, isLinked })
    if (!isTried && isLinked) {
      const issued = tokensOfBundles(sent)
      await refuseRare(trx, issued, { campaignId, threshold })
      await issueBundles(trx, issued, { campaignId, cells, way: 'mail' })
    } else if (!isTried) await issueTokens(trx, tokensOf(sent), 'mail')
    const links = sent.reduce((sum, letter) => sum + letter.links.length, 0)
    return { dryRun, canSend: mail.canSend, refused, mails: sent.length, links }
  })
}

interface Letter {
  address: string
  links: { groups: Groups; cells: readonly CellToFill[]; token: string }[]
}

/** The letters that are sent: those whose address had none before. */
async function queueAll(
  trx: Transaction<SurveyTables>,
  letters: readonly Letter[],
  { mail, campaignId, isLinked }: { mail: Context['mail']; campaignId: number; isLinked: boolean },
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
    const text = textOfLetter(letter, mail.address, isLinked ? 'letterLinked' : 'letter')
    if (await mail.queue(trx, { key, to: letter.address, subject: `${title.kk} · ${title.ru}`, text }))
      sent.push(letter)
  }
  return sent
}

function textOfLetter({ links }: Letter, address: string, beginning: 'letter' | 'letterLinked'): string {
  const list = links.map(({ cells, token }) =>
    [...cells.map((cell) => `${cell.course_title}, ${cell.teacher_name}`), linkOf(address, token)].join('\n'),
  )
  const said = (['kk', 'ru', 'en'] as const).map((language) => textOf(language, beginning))
  return `${[...said, ...list].join('\n\n')}\n`
}

function tokensOf(letters: readonly Letter[]): Map<CellToFill, string[]> {
  const all = letters.flatMap(({ links }) => links)
  return new Map(
    [...Map.groupBy(all, ({ cells }) => cells[0]!)].map(([cell, own]) => [
      cell,
      own.map(({ token }) => token),
    ]),
  )
}

function tokensOfBundles(letters: readonly Letter[]): { groups: Groups; tokens: string[] }[] {
  const all = letters.flatMap(({ links }) => links)
  return [...Map.groupBy(all, ({ groups }) => keyOf(groups)).values()].map((own) => ({
    groups: own[0]!.groups,
    tokens: own.map(({ token }) => token),
  }))
}
