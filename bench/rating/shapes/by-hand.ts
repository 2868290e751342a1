import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../../core/database/tables.ts'
import { approvedFrom, freezeByHand } from '../hand/freeze.ts'
import type { HandTables } from '../hand/tables.ts'
import { period } from '../people.ts'

/** What the 30 criteria give for a fact f with columns kind, type, attributes, participants: all 30 in one expression. */
const points = sql`case f.type
  when 't0' then 45 * (f.attributes -> 'sheets')::numeric
  when 't1' then case (f.attributes -> 'quartile')::int when 1 then 200 when 2 then 150 when 3 then 100 when 4 then 50 else 0 end
  when 't2' then case (f.attributes -> 'place')::int when 1 then 70 when 2 then 50 when 3 then 30 else 0 end
  when 't3' then case when (f.attributes -> 'percent')::numeric between 96 and 100 then 2
    when (f.attributes -> 'percent')::numeric >= 80 and (f.attributes -> 'percent')::numeric < 96 then 1 else 0 end
  when 't4' then (f.attributes -> 'amount')::numeric * 5 / 1000
  when 't5' then 50 when 't6' then 60 when 't7' then 70 when 't8' then 80 when 't9' then 90 end`
const shared = sql`case when f.participants > 1 and f.type in ('t0', 't5', 't6', 't7', 't8', 't9')
  then round(f.points / f.participants, 12) else f.points end`
const awarded = sql`case when f.type = 't0' and f.participants > 1
  and (f.attributes -> 'sheets')::numeric < 2.5 * f.participants then 0 else f.shared end`
const norm = sql`case t.position when 'professor' then 1000 when 'associate-professor' then 800
  when 'senior-lecturer' then 600 when 'lecturer' then 500 end`
const league = sql`case when t.position in ('professor', 'associate-professor') then 'L1' else 'L2' end`

export async function rateByHand(trx: Transaction<CoreTables>, tables: HandTables): Promise<void> {
  await freezeByHand(trx, tables)
  await sql`create temporary table hand_match on commit drop as
      select f.teacher_id, f.fact_no, f.kind, f.type, f.kind || '.' || 1 + substr(f.type, 2)::int as clause, f.points, f.shared, ${awarded} as awarded from (
        select f.*, ${shared} as shared from (
          select f.*, ${points} as points from (
            select teacher_id, fact_no, participants, attributes, attributes ->> 'type' as type,
              case indicator when 'bench.work' then 1 when 'bench.project' then 2 else 3 end as kind
            from hand.snapshot_fact where snapshot_id = 1 offset 0) f
          where f.type in ('t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 't9') offset 0) f offset 0) f`.execute(
    trx,
  )
  await sql`analyze hand_match`.execute(trx)
  await sql`create temporary table hand_sum on commit drop as
      select teacher_id, kind, type, clause, awarded, case when type = 't2' then least(awarded, 140) else awarded end as capped
      from (select teacher_id, kind, type, clause, sum(awarded) as awarded from hand_match group by 1, 2, 3, 4) s`.execute(
    trx,
  )
  await tables.write(
    trx,
    'run_area',
    sql`select 1::bigint as run_id, t.teacher_id, 'K' || k as area, s.points, 1::numeric as weight, s.points as score,
        null::numeric as normalised
      from hand.snapshot_teacher t cross join generate_series(1, 3) k
      join (select t.teacher_id, k as kind,
              case when k = 3 then least(coalesce(sum(s.capped), 0), 900) else coalesce(sum(s.capped), 0) end as points
            from hand.snapshot_teacher t cross join generate_series(1, 3) k
            left join hand_sum s on s.teacher_id = t.teacher_id and s.kind = k group by 1, 2) s
        on s.teacher_id = t.teacher_id and s.kind = k order by 2, 3`,
  )
  await tables.write(
    trx,
    'run_line',
    sql`select 1::bigint as run_id, l.teacher_id, row_number() over (partition by l.teacher_id
          order by l.k, l.type, l.fact_no, l.n)::int as line_no,
        l.kind, 'K' || l.k as area, l.clause, l.fact_no, l.amount, null::bigint as fact_teacher_id
      from (
        select teacher_id, kind as k, type, clause, fact_no, 1 as n, 'points' as kind, points as amount from hand_match
        union all select teacher_id, kind, type, clause, fact_no, 2, 'split', shared - points from hand_match where shared <> points
        union all select teacher_id, kind, type, clause, fact_no, 3, 'minimum', awarded - shared from hand_match where awarded <> shared
        union all select teacher_id, kind, type, clause, null, 4, 'cap', capped - awarded from hand_sum where capped < awarded
        union all select s.teacher_id, 3, 'z', 'K3', null, 5, 'cap', 900 - sum(capped) from hand_sum s where kind = 3
          group by s.teacher_id having sum(capped) > 900
        union all select t.teacher_id, null, 'z', 'N', null, 7, 'norm', -${norm} from hand.snapshot_teacher t
      ) l order by l.teacher_id`,
  )
  await tables.write(
    trx,
    'run_teacher',
    sql`select 1::bigint as run_id, teacher_id, league, status, '[]'::jsonb as reasons, total, round(total, 2) as total_rounded,
        case when status = 'ranked' then rank() over (partition by league, status order by total desc)::int end as place,
        case when total < 400 then 'low' else 'high' end as band, null::numeric as money, '[]'::jsonb as notes
      from (select t.teacher_id, ${league} as league, case when t.rate < 1 then 'excluded' else 'ranked' end as status,
              a.score - ${norm} as total
            from hand.snapshot_teacher t
            join (select teacher_id, sum(score) as score from hand.run_area group by 1) a on a.teacher_id = t.teacher_id
      ) s order by 2`,
  )
}

/** The least a rating can do: totals and places straight from the evidence, nothing frozen, no lines, no caps per fact. */
export async function totalsByHand(trx: Transaction<CoreTables>): Promise<void> {
  await sql`create temporary table totals on commit drop as
      select *, rank() over (partition by league order by total desc) as place from (
        select t.id, ${league} as league, coalesce(s.total, 0) - ${norm} as total
        from (select t.id, a.position from core.teacher t join core.appointment a on a.teacher_id = t.id) t
        left join (
          select teacher_id, sum(case when kind = 3 then least(points, 900) else points end) as total from (
            select teacher_id, kind, sum(case when type = 't2' then least(points, 140) else points end) as points from (
              select f.teacher_id, f.kind, f.type, sum(${awarded}) as points from (
                select f.*, ${shared} as shared from (
                  select f.*, ${points} as points from (
                    select p.teacher_id, e.participant_count as participants, e.data as attributes,
                      e.data ->> 'type' as type,
                      case e.indicator when 'bench.work' then 1 when 'bench.project' then 2 else 3 end as kind
                    from core.evidence e join core.evidence_participant p on p.evidence_id = e.id
                    where ${approvedFrom(period.from)} and p.affiliated and p.teacher_id is not null offset 0) f
                  where f.type in ('t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 't9') offset 0) f offset 0) f
              group by 1, 2, 3) c group by 1, 2) a group by 1) s on s.teacher_id = t.id) r`.execute(trx)
}
