import { UstazError } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { SurveyTables } from '../tables.ts'

/** Groups about whose teachers one link is, in order. */
export type Groups = readonly string[]

/** Number of links by which one may answer about a cell, whose row `cell` is: those of its own, and those of bundles with its group. */
export function linksTo(cell: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`((select count(*) from plugin_surveys.token t where t.cell_id = ${cell}.id) + (
    select count(*) from plugin_surveys.bundle b join plugin_surveys.token t on t.bundle_id = b.id
    where b.campaign_id = ${cell}.campaign_id and ${cell}.group_code = any(b.groups)))::integer`
}

/**
 * A link of a linked campaign is about all teachers of a group, so all of them must have the same students: else more could answer about one than
 * were taught. Throws `surveys.group-uneven` (409); where answers are not linked, nothing.
 */
export async function refuseUneven(trx: Transaction<SurveyTables>, campaignId: number): Promise<void> {
  const uneven = await trx
    .selectFrom('cell as l')
    .innerJoin('campaign as c', 'c.id', 'l.campaign_id')
    .select('l.group_code as group')
    .where('c.id', '=', campaignId)
    .where('c.linked_ground', 'is not', null)
    .groupBy('l.group_code')
    .having(({ fn }) => sql`${fn.min('l.students')} <> ${fn.max('l.students')}`)
    .orderBy('l.group_code')
    .executeTakeFirst()
  if (uneven) throw new UstazError('surveys.group-uneven', { status: 409, params: { group: uneven.group } })
}

/** The bundles of these groups, by groups (`keyOf`); those that are not there are made. */
export async function findBundles(
  trx: Transaction<SurveyTables>,
  campaignId: number,
  all: readonly Groups[],
): Promise<Map<string, number>> {
  const wanted = JSON.stringify([...new Map(all.map((groups) => [keyOf(groups), groups])).values()])
  const texts = sql`array(select jsonb_array_elements_text(w.groups))`
  await sql`
    insert into plugin_surveys.bundle (campaign_id, groups)
    select ${campaignId}, ${texts} from jsonb_array_elements(${wanted}::jsonb) w (groups) order by 2
    on conflict do nothing`.execute(trx)
  const bundles = await trx
    .selectFrom('bundle')
    .select(['id', 'groups'])
    .where('campaign_id', '=', campaignId)
    .execute()
  return new Map(bundles.map(({ id, groups }) => [keyOf(groups), id]))
}

export function keyOf(groups: Groups): string {
  return JSON.stringify(groups)
}

/** Several groups that too few people have a link for. */
export class RareBundle extends Error {
  readonly key: string
  constructor(key: string) {
    super(`too few people have links for ${key}`)
    this.key = key
  }
}

/** Throws RareBundle where several groups together would have fewer links than the threshold, those that are out counted. */
export async function refuseRare(
  trx: Transaction<SurveyTables>,
  issued: readonly { groups: Groups; tokens: readonly string[] }[],
  { campaignId, threshold }: { campaignId: number; threshold: number },
): Promise<void> {
  const several = issued.filter(({ groups }) => groups.length > 1)
  if (several.length === 0) return
  const rows = await trx
    .selectFrom('bundle as b')
    .innerJoin('token as t', 't.bundle_id', 'b.id')
    .select(['b.groups', ({ fn }) => fn.countAll<number>().as('links')])
    .where('b.campaign_id', '=', campaignId)
    .groupBy('b.groups')
    .execute()
  const out = new Map(rows.map(({ groups, links }) => [keyOf(groups), links]))
  const rare = several.find(({ groups, tokens }) => tokens.length + (out.get(keyOf(groups)) ?? 0) < threshold)
  if (rare) throw new RareBundle(keyOf(rare.groups))
}

/**
 * For each address the bundles that it gets a link for. All its groups are one bundle if at least `threshold` addresses have just these groups;
 * else each group is one: a link for groups that hardly anybody has together would tell whose it is, and so would what was answered by it.
 */
export function bundlesOf(
  people: ReadonlyMap<string, Groups>,
  threshold: number,
  apart: ReadonlySet<string> = new Set(),
): Map<string, readonly Groups[]> {
  const sorted = [...people].map(([address, groups]) => [address, [...groups].sort()] as const)
  const alike = Map.groupBy(sorted, ([, groups]) => keyOf(groups))
  return new Map(
    sorted.map(([address, groups]) => {
      const key = keyOf(groups)
      const isCommon = alike.get(key)!.length >= threshold && !apart.has(key)
      return [address, isCommon ? [groups] : groups.map((group) => [group])]
    }),
  )
}
