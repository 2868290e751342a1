import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { decimal } from '../compile/value.ts'
import type { Query } from '../query.ts'

type Ranking = RegulationDocument['ranking']

/**
 * Places of candidates (teacher_id, league, key) where totals not further than `tiedWithin` below the best of their place share it: each is
 * compared with the best, not with the neighbour, so that no chain of small steps ties a high total to a low one. The next
 * place begins with the first total that is further away. Answers a query with teacher_id, league, place.
 */
export async function chainPlaces(
  trx: Transaction<CoreTables>,
  candidates: Query,
  { tiedWithin, ties }: { tiedWithin: string; ties: Ranking['ties'] },
): Promise<Query> {
  await sql`drop table if exists rating_chain, rating_start`.execute(trx)
  await sql`create temporary table rating_chain on commit drop as
    select s.teacher_id, s.league, row_number() over (partition by s.league order by s.key desc) as n,
      count(*) over (partition by s.league order by s.key desc range between unbounded preceding and ${decimal(tiedWithin)} following) as reach
    from (${candidates}) s`.execute(trx)
  await sql`create index on rating_chain (league, n)`.execute(trx)
  await sql`analyze rating_chain`.execute(trx)
  await findStarts(trx)
  const start = ties === 'dense' ? sql`count(b.start)` : sql`max(b.start)`
  return sql`select c.teacher_id, c.league, ${start} over (partition by c.league order by c.n) as place
    from rating_chain c left join rating_start b on b.league = c.league and b.start = c.n`
}

/** The first row of each place, found one after the other: a look-up each, for which the index is to be used. */
async function findStarts(trx: Transaction<CoreTables>): Promise<void> {
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(trx)
  await sql`create temporary table rating_start on commit drop as
    with recursive starts as (
      select league, 1::bigint as start from (select distinct league from rating_chain) l
      union all
      select s.league, c.reach + 1 from starts s join rating_chain c on c.league = s.league and c.n = s.start
      where exists (select from rating_chain f where f.league = s.league and f.n = c.reach + 1)
    ) select league, start from starts`.execute(trx)
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(trx)
}
