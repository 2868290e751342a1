import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../../core/database/tables.ts'

export const journalCount = 1000

/** Lists rank three of four journals: some by the percentile too, some by Web of Science. */
export async function enterJournals(db: Kysely<CoreTables>): Promise<void> {
  await sql`create schema bench`.execute(db)
  // 2000-abcX with the check digit of ISO 3297: 8 x 2 + 4a + 3b + 2c + X is divisible by 11.
  await sql`create function bench.issn(no bigint) returns text language sql immutable as $$
    select '2000-' || lpad(no::text, 3, '0') ||
      (array['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X'])[1 + (11 - (16 + 4 * (no / 100) + 3 * (no / 10 % 10) + 2 * (no % 10)) % 11) % 11]
  $$`.execute(db)
  await sql`insert into plugin_publications.journal_standing
      (issn, from_year, until_year, quartile, quartile_list, wos_quartile, percentile, recommended)
    select replace(bench.issn(no), '-', ''), 2024, 9999, 1 + no % 4, 'sjr-2024', case when no % 3 = 0 then 1 + no % 4 end,
      case when no % 5 > 0 then 20 + no % 80 end, case when no % 7 = 0 then true end
    from generate_series(0, ${journalCount}::bigint - 1) no where no % 4 > 0`.execute(db)
  await sql`analyze plugin_publications.journal_standing`.execute(db)
}
