import type { Kysely, RawBuilder } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'
import type { PublicationTables } from '../tables.ts'

/** What the dated lists say about the journal of a work. Every part null: no list of that or an earlier year says. */
export const standingSchema = z.object({
  quartile: z.enum(['Q1', 'Q2', 'Q3', 'Q4']).nullable().describe('best quartile any list gives'),
  quartileList: z.string().nullable().describe('the list that gives it, such as sjr-2023'),
  wosQuartile: z
    .enum(['Q1', 'Q2', 'Q3', 'Q4'])
    .nullable()
    .describe('best quartile the list of Web of Science gives'),
  percentile: z.number().min(0).max(100).nullable().describe('best percentile any list gives'),
  recommended: z.boolean().nullable().describe('true: in the list of journals that KOKSNVO recommends'),
})
export type Standing = z.infer<typeof standingSchema>

// Raw SQL names the plugin's schema in full: it also runs inside core's statements, whose search path is another.

/** A year after every year of publication. */
const endOfTime = 9999

/**
 * Works the lists into one table of standings. The rule: of each source the list of the year of publication counts, else the
 * latest one before it; a later list never counts. Within a list the best row of the journal counts. A list without ISSNs
 * names a journal by its title, and takes part where other lists join that title to one journal only.
 */
export async function rebuildStandings(db: Kysely<PublicationTables>): Promise<void> {
  await sql`delete from plugin_publications.journal_standing`.execute(db)
  await sql`
    insert into plugin_publications.journal_standing (issn, from_year, until_year, quartile, quartile_list, wos_quartile, percentile, recommended)
    with span as (
      select year as from_year, coalesce(lead(year) over (order by year), ${sql.lit(endOfTime)}) as until_year
      from (select distinct year from plugin_publications.journal_list) as years
    ),
    valid as (
      select distinct on (span.from_year, list.source) span.from_year, span.until_year, list.id, list.source, list.year
      from span join plugin_publications.journal_list as list on list.year <= span.from_year
      order by span.from_year, list.source, list.year desc
    ),
    ambiguous as (
      select title_key from plugin_publications.journal_list_entry where issn is not null
      group by list_id, title_key having count(distinct line) > 1
    ),
    titled as (
      select distinct title_key, issn from plugin_publications.journal_list_entry
      where issn is not null and title_key not in (select title_key from ambiguous)
    ),
    ranked as (
      select list_id, issn, quartile, percentile from plugin_publications.journal_list_entry where issn is not null
      union all
      select entry.list_id, titled.issn, entry.quartile, entry.percentile
      from plugin_publications.journal_list_entry as entry join titled on titled.title_key = entry.title_key where entry.issn is null
    )
    select issn, from_year, max(until_year), min(quartile),
      (array_agg(valid.source || '-' || valid.year order by quartile, valid.source) filter (where quartile is not null))[1],
      min(quartile) filter (where valid.source = 'wos'), max(percentile), case when bool_or(valid.source = 'koksnvo') then true end
    from ranked join valid on valid.id = ranked.list_id
    group by issn, from_year`.execute(db)
}

/**
 * The standing of the journals of many works at once. `evidence` is a subquery with evidence_id, happened_on and data (a work);
 * the answer has a row for each work with an ISSN that a list names. Of several ISSNs the best standing counts.
 */
export function journalStandings(
  evidence: RawBuilder<unknown>,
): RawBuilder<{ evidence_id: number; attributes: Standing }> {
  return sql`
    select evidence_id, jsonb_build_object(
      'quartile', 'Q' || left(best, 1), 'quartileList', substr(best, 2), 'wosQuartile', 'Q' || wos_quartile,
      'percentile', percentile, 'recommended', recommended
    ) as attributes
    from (
      select work.evidence_id, min((standing.quartile || standing.quartile_list) collate "C") as best,
        min(standing.wos_quartile) as wos_quartile, max(standing.percentile) as percentile, bool_or(standing.recommended) as recommended
    from ${evidence} as work
    cross join lateral jsonb_array_elements_text(nullif(work.data -> 'issns', 'null')) as issn (value)
    join plugin_publications.journal_standing as standing on standing.issn = replace(issn.value, '-', '')::char(8)
      and coalesce((work.data ->> 'year')::int, extract(year from work.happened_on)::int) >= standing.from_year
      and coalesce((work.data ->> 'year')::int, extract(year from work.happened_on)::int) < standing.until_year
      group by work.evidence_id
    ) as standings`
}
