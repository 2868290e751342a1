import type { Page } from '@ustaz/core/contract'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Journal, JournalList } from '../contract.ts'
import { fold } from '../fold.ts'
import { checkIssn } from '../identifiers.ts'
import type { PublicationTables } from '../tables.ts'

type Db = Kysely<PublicationTables>

/** The lists that are loaded, newest year first. */
export async function readJournalLists(db: Db): Promise<JournalList[]> {
  const rows = await db
    .selectFrom('journal_list')
    .select(['source', 'year', 'rows', 'loaded_at', 'sha256'])
    .orderBy('year', 'desc')
    .orderBy('source')
    .execute()
  return rows.map(({ loaded_at, ...row }) => ({ ...row, loadedAt: loaded_at.toISOString() }))
}

interface FoundJournal {
  journal: string
  title: string
  issns: string[]
  title_keys: string[]
  total: number
}

/**
 * Journals whose title holds the words or that have the ISSN. Lines of all lists that share an ISSN are one journal; lines
 * without ISSN are the journal of that title, where only one has it.
 */
async function findJournals(db: Db, search: string, page: number, pageSize: number): Promise<FoundJournal[]> {
  const checked = checkIssn(search)
  const issn = checked.ok ? checked.value.replace('-', '') : null
  const key = fold(search)
  const entry = sql.table('plugin_publications.journal_list_entry')
  const { rows } = await sql<FoundJournal>`
    with hit as (
      select distinct list_id, line from ${entry}
      where issn = ${issn} or (${issn}::text is null and title_key like ${`%${key}%`})
    ), member as (
      select distinct e.issn from ${entry} e join hit using (list_id, line) where e.issn is not null
    ), sibling as (
      select m.issn, min(other.issn) as first from member m
      join ${entry} own on own.issn = m.issn
      join ${entry} other on other.list_id = own.list_id and other.line = own.line
      group by m.issn
    ), identified as (
      select e.issn, e.title, e.title_key, s.first as journal
      from ${entry} e join hit using (list_id, line) join sibling s on s.issn = e.issn
    ), titled as (
      select title_key, min(journal) as journal from identified
      group by title_key having count(distinct journal) = 1
    ), named as (
      select issn, title, title_key, journal::text from identified
      union all
      select null, e.title, e.title_key, coalesce(t.journal::text, e.title_key)
      from ${entry} e join hit using (list_id, line) left join titled t on t.title_key = e.title_key
      where e.issn is null
    )
    select journal, (array_agg(title order by length(title), title))[1] as title,
      coalesce(array_agg(distinct issn order by issn) filter (where issn is not null), '{}') as issns,
      array_agg(distinct title_key) as title_keys, (count(*) over ())::int as total
    from named group by journal
    order by min(length(title_key)), min(title_key), journal
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  return rows
}

interface Ranked {
  issn: string | null
  title_key: string
  source: Journal['standings'][number]['source']
  year: number
  quartile: number | null
  percentile: string | null
  category: string | null
}

async function readRanks(db: Db, journals: readonly FoundJournal[]): Promise<Ranked[]> {
  const issns = journals.flatMap((journal) => journal.issns)
  const titles = journals.flatMap((journal) => journal.title_keys)
  return await db
    .selectFrom('journal_list_entry as e')
    .innerJoin('journal_list as l', 'l.id', 'e.list_id')
    .select(['e.issn', 'e.title_key', 'l.source', 'l.year', 'e.quartile', 'e.percentile', 'e.category'])
    .where((eb) =>
      eb.or([
        eb('e.issn', '=', sql<string>`any(${issns}::text[])`),
        eb.and([eb('e.issn', 'is', null), eb('e.title_key', '=', sql<string>`any(${titles}::text[])`)]),
      ]),
    )
    .orderBy('l.source')
    .orderBy('l.year')
    .orderBy('e.quartile')
    .orderBy('e.category')
    .execute()
}

const best = (values: readonly (number | null)[], choose: (...known: number[]) => number) => {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? choose(...known) : null
}

function categoriesOf(ranks: readonly Ranked[]) {
  const byName = new Map<string, number | null>()
  for (const { category, quartile } of ranks) {
    if (category !== null && !byName.has(category)) byName.set(category, quartile)
  }
  return [...byName].map(([category, quartile]) => ({ category, quartile }))
}

/** Each list's word on the journal: the best of its categories, and each category with its own quartile. */
function standingsOf(ranks: readonly Ranked[]): Journal['standings'] {
  const lists = Map.groupBy(ranks, ({ source, year }) => `${source} ${year}`)
  return [...lists.values()].map((rows) => ({
    source: rows[0]!.source,
    year: rows[0]!.year,
    quartile: best(
      rows.map(({ quartile }) => quartile),
      Math.min,
    ),
    percentile: best(
      rows.map(({ percentile }) => (percentile === null ? null : Number(percentile))),
      Math.max,
    ),
    categories: categoriesOf(rows),
  }))
}

/** Journals by ISSN or a part of their title, with what every list says of them, by source and year. */
export async function searchJournals(
  db: Db,
  { search, page, pageSize }: { search: string; page: number; pageSize: number },
): Promise<Page<Journal>> {
  const found = await findJournals(db, search, page, pageSize)
  const ranks = await readRanks(db, found)
  const items = found.map(({ title, issns, title_keys }) => {
    const own = ranks.filter(({ issn, title_key }) =>
      issn === null ? title_keys.includes(title_key) : issns.includes(issn),
    )
    return {
      title,
      issns: issns.map((issn) => `${issn.slice(0, 4)}-${issn.slice(4)}`),
      standings: standingsOf(own),
    }
  })
  return { items, total: found[0]?.total ?? 0, page, pageSize }
}
