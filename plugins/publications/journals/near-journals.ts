import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { PublicationTables } from '../tables.ts'
import { keyOf, latinForms } from './title-features.ts'
import type { JournalCandidate } from './title-features.ts'

/** Candidates for one title. */
const limit = 12
/** Similarity by trigrams from which a title is near. */
const nearEnough = 0.4

/**
 * Journals with an ISSN whose title is nearly this one, in its letters or in Latin ones, or has the same first letters of words; nearest first,
 * at most 12. By two indexes.
 */
export async function findNearJournals(
  db: Kysely<PublicationTables>,
  title: string,
): Promise<JournalCandidate[]> {
  const keys = [...new Set([keyOf(title), ...latinForms(title)])].filter((key) => key !== '')
  if (keys.length === 0) return []
  const entry = sql.table('plugin_publications.journal_list_entry')
  return await db.transaction().execute(async (trx) => {
    await sql`select set_config('pg_trgm.similarity_threshold', ${String(nearEnough)}, true)`.execute(trx)
    const { rows } = await sql<JournalCandidate>`
      with asked as (select key from unnest(${keys}::text[]) as given (key)), hit as (
        select distinct e.title_key from asked join ${entry} e on e.title_key operator(public.%) asked.key and e.issn is not null
        union
        select e.title_key from ${entry} e where e.title_key = any(${keys}::text[]) and e.issn is not null
        union
        select e.title_key from ${entry} e where plugin_publications.initials(e.title) in (
            plugin_publications.initials(${title}), lower(${title})) and length(plugin_publications.initials(e.title)) > 1
          and e.issn is not null
      ), near as (
        select title_key, (select max(public.similarity(hit.title_key, asked.key)) from asked) as nearness from hit
      ), row as (
        select e.list_id, e.line, min(e.issn) as journal, array_agg(e.issn) as issns, min(e.title) as title, max(n.nearness) as nearness
        from near n join ${entry} e using (title_key) where e.issn is not null group by e.list_id, e.line
      ), journal as (
        select r.journal, max(r.nearness) as nearness, array_agg(distinct r.title order by r.title) as titles,
          array_agg(distinct l.year order by l.year)::int[] as years
        from row r join plugin_publications.journal_list l on l.id = r.list_id group by r.journal
        order by max(r.nearness) desc, r.journal limit ${limit}
      )
      select j.titles, j.years, (
        select array_agg(distinct left(i.issn, 4) || '-' || right(i.issn, 4) order by left(i.issn, 4) || '-' || right(i.issn, 4))
        from row r cross join lateral unnest(r.issns) as i (issn) where r.journal = j.journal) as issns
      from journal j order by j.nearness desc, j.journal`.execute(trx)
    return rows
  })
}
