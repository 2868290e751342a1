import { sql } from 'kysely'

/** Age at the end of the year of the period's end; null: unknown. Of a frozen teacher t in the snapshot s. */
export const ageGroup = sql<
  string | null
>`(select case when years < 35 then 'under-35' when years < 50 then '35-49'
    when years < 63 then '50-62' when years is not null then '63-and-over' end
  from (select extract(year from s.period_to)::int - t.birth_year as years) age)`

/** A rate below 1 is part time. Of a frozen teacher t. */
export const partTimeGroup = sql<string>`case when t.rate < 1 then 'part-time' else 'full-time' end`
