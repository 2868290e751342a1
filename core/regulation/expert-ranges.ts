import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { LocalizedText } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'

/** A clause that leaves points of a kind of evidence to judgement, between these two, both inclusive. */
export interface ExpertRange {
  clause: string
  title: LocalizedText
  from: string
  to: string
}

/** What the approved regulations leave to judgement for evidence of an indicator; each clause once, of the version approved last. */
export async function expertRanges(db: Kysely<CoreTables>, indicator: string): Promise<ExpertRange[]> {
  const { rows } = await sql<ExpertRange>`
    select distinct on (c.clause ->> 'id') c.clause ->> 'id' as clause, c.clause -> 'title' as title,
      c.clause -> 'points' ->> 'from' as "from", c.clause -> 'points' ->> 'to' as "to"
    from core.regulation_version v
    cross join lateral jsonb_array_elements(v.document -> 'criteria') c (clause)
    where v.state = 'approved' and c.clause ->> 'indicator' = ${indicator}
      and c.clause -> 'points' ->> 'kind' = 'expert'
    order by c.clause ->> 'id', v.approved_at desc`.execute(db)
  return rows
}
