import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { banded } from '../rank/bands.ts'
import { paid } from '../rank/money.ts'
import { placed } from '../rank/places.ts'
import type { Source } from './source.ts'
import type { Query } from '../query.ts'

/** Writes league, status, total, place, band, money and what there is to say of them, for every rated teacher. */
export async function writeTeachers(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const { document, runId, snapshotId } = source
  const teachers = paid(document, snapshotId, banded(document, await placed(trx, source)))
  const unmet = document.requirements.some(({ effect }) => effect.kind !== 'exclude')
  await sql`
    insert into core.run_teacher (run_id, teacher_id, league, status, reasons, total, total_rounded, place, band, money, notes)
    select ${runId}, s.teacher_id, s.league, s.status, s.reasons, s.total,
      round(s.total, ${sql.lit(document.rounding.digits)}::int), s.place, s.band, s.money,
      ${moneyNote(document)} || ${unmet ? sql`coalesce(n.notes, '[]')` : sql`'[]'`}
    from (${teachers}) s ${unmet ? sql`left join (${requirementNotes}) n on n.teacher_id = s.teacher_id` : sql``}
    order by s.teacher_id`.execute(trx)
}

/** Money that cannot be told of a row called s. */
function moneyNote({ money }: RegulationDocument): Query {
  if (money?.kind !== 'base') return sql`'[]'::jsonb`
  return sql`case when s.no_rate then jsonb_build_array(jsonb_build_object('code', 'money-rate-missing', 'clause', ${money.id}::text,
    'params', jsonb_build_object('position', s.position))) else '[]' end`
}

/** Requirements that are not met and do not exclude, with what follows. */
const requirementNotes: Query = sql`select teacher_id, jsonb_agg(jsonb_build_object('code', 'requirement-' || effect,
      'clause', clause, 'params', params) order by 'requirement-' || effect, clause) as notes
    from rating_requirement where effect <> 'exclude' and not met group by teacher_id`
