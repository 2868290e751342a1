import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { weighedAreas } from '../write/source.ts'
import type { Source } from '../write/source.ts'
import type { Query } from '../query.ts'
import { hasEffect, judged } from './judged.ts'
import { chainPlaces } from './tied.ts'

/** Judged teachers with their places. Places compare totals at 9 decimals within a league, before any rounding for showing. */
export async function placed(trx: Transaction<CoreTables>, source: Source): Promise<Query> {
  const { document } = source
  const { ranking } = document
  if (ranking.tiedWithin === null && !hasEffect(document, 'place')) {
    const place = sql`case when s.status = 'ranked' then ${rankBy(document, sql`s.league, s.status`)} end`
    return sql`select s.*, ${place} as place from (${withTieBreakers(source)}) s`
  }
  await fillPlaces(trx, source)
  return sql`select s.*, p.place from (${withTieBreakers(source)}) s
    left join rating_place p on p.teacher_id = s.teacher_id`
}

/** Judged teachers with `key`, the total as it is compared, and the scores tie1, ... that decide between equal ones. */
function withTieBreakers(source: Source): Query {
  const { areas, ranking } = source.document
  const key = sql`round(j.total, 9) as key`
  if (ranking.tieBreakers.length === 0) return sql`select j.*, ${key} from (${judged(source.document)}) j`
  const scores = ranking.tieBreakers.map((id, index) => {
    const areaNo = areas.findIndex((area) => area.id === id) + 1
    return sql`, max(round(r.value * r.weight, 9)) filter (where r.area_no = ${sql.lit(areaNo)}) as ${tie(index)}`
  })
  const ties = ranking.tieBreakers.map((_, index) => sql`, b.${tie(index)}`)
  return sql`select j.*, ${key} ${sql.join(ties, sql``)} from (${judged(source.document)}) j
    left join (select r.teacher_id ${sql.join(scores, sql``)} from ${weighedAreas(source)} group by r.teacher_id) b
      on b.teacher_id = j.teacher_id`
}

const tie = (index: number) => sql.ref(`tie${index + 1}`)

function rankBy({ ranking }: RegulationDocument, partition: Query): Query {
  const ties = ranking.tieBreakers.map((_, index) => sql`, s.${tie(index)} desc nulls last`)
  const rank = ranking.ties === 'dense' ? sql`dense_rank()` : sql`rank()`
  return sql`${rank} over (partition by ${partition} order by s.key desc ${sql.join(ties, sql``)})`
}

/**
 * Fills `rating_place` (teacher_id, league, place) stage by stage. Stage by stage those get their places who may stand there: the
 * places before the first limit of a requirement are for teachers with no limit, the ones before the next limit for what is left of them
 * and teachers with the first limit, and so on; each keeps the order of totals. No place is better than a teacher's limit.
 */
async function fillPlaces(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const { document } = source
  const limits = [...new Set(placeRequirements(document).map(({ notAbove }) => notAbove))].sort(
    (a, b) => a - b,
  )
  await sql`create temporary table rating_candidate on commit drop as
    select s.*, coalesce(l.lowest, 1) as lowest from (${withTieBreakers(source)}) s
    left join (${limitsOf(document)}) l on l.teacher_id = s.teacher_id
    where s.status = 'ranked'`.execute(trx)
  await sql`create temporary table rating_place (teacher_id bigint, league text, place integer) on commit drop`.execute(
    trx,
  )
  const starts = [1, ...limits]
  for (const [stage, from] of starts.entries())
    await fillStage(trx, document, { from, before: starts[stage + 1] ?? null })
}

function placeRequirements({ requirements }: RegulationDocument): { clause: string; notAbove: number }[] {
  return requirements.flatMap(({ id, effect }) =>
    effect.kind === 'place' ? [{ clause: id, notAbove: effect.notAbove }] : [],
  )
}

/** The best place a teacher may have who does not meet a requirement. */
function limitsOf(document: RegulationDocument): Query {
  const rows = placeRequirements(document).map(
    ({ clause, notAbove }) => sql`when ${sql.lit(clause)} then ${sql.lit(notAbove)}`,
  )
  if (rows.length === 0) return sql`select null::bigint as teacher_id, 1 as lowest where false`
  return sql`select teacher_id, max(case clause ${sql.join(rows, sql` `)} end) as lowest from rating_requirement
    where effect = 'place' and not met group by teacher_id`
}

/** Gives the places from `from` (or after those that are given) up to, not including, `before`; null: all that are left. */
async function fillStage(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  { from, before }: { from: number; before: number | null },
): Promise<void> {
  const candidates = sql`select s.* from rating_candidate s
    where s.lowest <= ${sql.lit(from)} and s.teacher_id not in (select teacher_id from rating_place)`
  const { tiedWithin } = document.ranking
  const ranked =
    tiedWithin === null
      ? sql`select s.teacher_id, s.league, ${rankBy(document, sql`s.league`)} as place from (${candidates}) s`
      : await chainPlaces(trx, candidates, { tiedWithin, ties: document.ranking.ties })
  const next =
    document.ranking.ties === 'dense'
      ? sql`max(place) + 1`
      : sql`max(place) + count(*) filter (where place = best)`
  const place = sql`r.place + greatest(coalesce(n.next, 1), ${sql.lit(from)}) - 1`
  await sql`insert into rating_place
    select r.teacher_id, r.league, ${place} from (${ranked}) r
    left join (select league, ${next} as next from (select *, max(place) over (partition by league) as best from rating_place) p
               group by league) n on n.league = r.league
    ${before === null ? sql`` : sql`where ${place} < ${sql.lit(before)}`}`.execute(trx)
}
