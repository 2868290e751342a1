import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../../core/database/tables.ts'
import { freezeByHand } from '../hand/freeze.ts'
import type { HandTables } from '../hand/tables.ts'
import { clauses, first, league, points, second, standingIn } from '../kazutb/by-hand.ts'
import { surveyFacts } from '../kazutb/surveys.ts'

/** Certificates count two years back. */
const factsFrom = '2024-09-01'

/** The post held last, leave, and days employed, of people some of whom changed their post or came within the period. */
const people = sql`select 1::bigint as snapshot_id, t.id as teacher_id, t.code, t.family_name, t.given_name, t.patronymic, a.unit_id,
    u.parent_id as faculty_id, a.position, a.degree, a.rate, b.starts_on as service_from, coalesce(l.days, 0)::int as leave_days,
    t.sex, t.birth_year, a.field, t.citizenship, date '2026-08-31' - greatest(b.starts_on, date '2025-09-01') + 1 as employed_days
  from core.teacher t
  join (select distinct on (teacher_id) * from core.appointment order by teacher_id, starts_on desc) a on a.teacher_id = t.id
  join (select teacher_id, min(starts_on) as starts_on from core.appointment group by 1) b on b.teacher_id = t.id
  join core.unit u on u.id = a.unit_id
  left join (select teacher_id, sum(ends_on - starts_on + 1) as days from core.leave group by 1) l on l.teacher_id = t.id
  order by t.id`

/** Only certificates count from before the period; television and surveys count nowhere. */
const counted = sql`(f.happened_on >= '2025-09-01' or f.indicator = 'qualification.language-certificate')
  and not (f.indicator = 'community.media-publication' and f.attributes ->> 'medium' = 'television') and f.indicator <> 'surveys.rating'`
const percent = sql`(f.attributes -> 'percent')::numeric`
const richPoints = sql`case f.no when 55 then 0 when 56 then 0 when 64 then round(15 / 50.0, 12) * ${percent} - 15 else ${points} end`
const factor = sql`case
  when f.no between 20 and 26 then case f.role when 'executor' then 0.5 else 1 end
  when f.no in (28, 29) then case f.attributes ->> 'quartile' when 'Q1' then 1.5 when 'Q2' then 1.25 when 'Q3' then 1 when 'Q4' then 0.75 else 0.5 end
  when f.no in (60, 61) then case when f.happened_on <= date '2025-08-31' then 0.5 else 1 end else 1 end`
const shared = sql`case
  when f.no between 8 and 11 and f.participants > 1 then round(f.factored / f.participants, 12)
  when f.no in (28, 29) then case f.participants when 1 then f.factored when 2 then f.factored * 0.8 else round(f.factored / f.participants, 12) end
  when f.no = 33 then f.factored * case f.ordinal when 1 then 0.7 when 2 then 0.3 else 0 end
  when f.no in (35, 36) then f.factored * greatest(0.6, round(1.0 / f.affiliated, 12)) else f.factored end`
const enough = sql`case when f.no in (8, 9) and f.participants > 1
  and (f.attributes -> 'sheets')::numeric < 2.5 * f.participants then 0 else f.shared end`
const awarded = sql`case f.no when 16 then least(f.enough, 25) when 58 then least(f.enough, 150) else f.enough end`

/** Every fact with the clauses that count it, step by step; then of two clauses one, and the best of some. */
async function matchByHand(trx: Transaction<CoreTables>): Promise<void> {
  const facts = sql`select f.*, f.attributes ->> 'type' as type from hand.snapshot_fact f where ${counted}`
  await sql`create temporary table hand_match on commit drop as
    select f.teacher_id, f.fact_no, f.no, f.points, f.factored, f.shared, f.enough, ${awarded} as awarded, null::text as dropped,
      case f.no when 31 then f.attributes ->> 'container' end as container, f.happened_on,
      case when f.no in (55, 56) then (f.attributes -> 'applicants')::numeric end as figure
    from (select f.*, ${enough} as enough from (select f.*, ${shared} as shared from (select f.*, f.points * ${factor} as factored
      from (select f.*, ${richPoints}::numeric as points from (
        (select f.*, ${first} as no from (${facts} offset 0) f offset 0)
        union all
        (select f.*, ${second} from (${facts} and f.indicator in ('publications.work', 'research.intellectual-property',
          'research.student-research') offset 0) f offset 0)
      ) f where f.no is not null offset 0) f offset 0) f offset 0) f offset 0) f`.execute(trx)
  const drop = async (clause: string, among: number[], within: string, order: string, most: number) => {
    await sql`update hand_match m set dropped = ${clause} from (
        select ctid as id, row_number() over (partition by teacher_id, ${sql.raw(within)} order by ${sql.raw(order)}) as place
        from hand_match where no in (${sql.join(among.map((no) => sql.lit(no)))}) and dropped is null) x
      where m.ctid = x.id and x.place > ${sql.lit(most)}`.execute(trx)
  }
  await drop('students', [28, 32], 'fact_no', 'awarded desc, no', 1)
  await drop('prize', [43, 45], 'fact_no', 'no', 1)
  await drop('best', [28], 'no', 'awarded desc, fact_no', 3)
  await drop('journal', [31], 'container', 'happened_on desc, fact_no', 1)
  await drop('certificate', [60], 'no', 'awarded desc, fact_no', 1)
  await drop('toefl', [61], 'no', 'awarded desc, fact_no', 1)
  await sql`analyze hand_match`.execute(trx)
}

/** Sums of clauses, groups and areas; leave made up for; what heads get; shares of the total; scales within the league. */
async function sumByHand(trx: Transaction<CoreTables>): Promise<void> {
  await sql`create temporary table hand_sum on commit drop as
    select s.*, case when no = 58 then least(summed, 400) else summed end as capped
    from (select teacher_id, no, count(*) filter (where dropped is null) as matches,
            coalesce(sum(awarded) filter (where dropped is null), 0)
              + case no when 55 then div(sum(figure), 10) * 30 when 56 then div(sum(figure), 10) * 20 else 0 end as summed
          from hand_match group by 1, 2) s`.execute(trx)
  await sql`create temporary table hand_group on commit drop as
    select teacher_id, sum(capped) filter (where no in (6, 7)) as olympiads, sum(capped) filter (where no between 8 and 11) as books,
      sum(capped) filter (where no between 35 and 37) as property
    from hand_sum where no between 6 and 11 or no between 35 and 37 group by 1`.execute(trx)
  await sql`create temporary table hand_raw on commit drop as
    select s.*, coalesce(g.books, 0) as books, g.olympiads, g.property, t.leave_days > 0 as stretch, t.employed_days, t.leave_days,
      s.k1 - greatest(coalesce(g.olympiads, 0) - 120, 0) as raw1, s.k2 - greatest(coalesce(g.property, 0) - 500, 0) as raw2
    from (select t.teacher_id, coalesce(sum(s.capped) filter (where c.area = 1), 0) as k1, coalesce(sum(s.capped) filter (where c.area = 2), 0) as k2,
            coalesce(sum(s.capped) filter (where c.area = 3), 0) as k3, coalesce(sum(s.capped) filter (where c.area = 4), 0) as k4
          from hand.snapshot_teacher t left join hand_sum s on s.teacher_id = t.teacher_id left join ${clauses} on c.no = s.no group by 1) s
    join hand.snapshot_teacher t on t.teacher_id = s.teacher_id
    left join hand_group g on g.teacher_id = s.teacher_id`.execute(trx)
  const stretched = (points: string) =>
    sql.raw(
      `case when stretch then round(${points} * employed_days / (employed_days - leave_days), 12) else ${points} end`,
    )
  await sql`create temporary table hand_stretched on commit drop as
    select r.*, ${stretched('raw1')} as due1, ${stretched('raw2')} as due2, ${stretched('books')} as due_books from hand_raw r`.execute(
    trx,
  )
  await sql`create temporary table hand_rolled on commit drop as
    select x.*, least(x.gathered4, 700) as limited4 from (
      select s.*, h.amount, s.k4 + coalesce(h.amount, 0) as gathered4
      from hand_stretched s
      left join (
        select l.teacher_id, sum(l.value) * 0.05 as amount from (
          select l.teacher_id, l.unit_id, round(sum(s.due1 + s.due2) / count(*), 12) as value
          from core.leadership l
          join hand.snapshot_teacher t on t.unit_id = l.unit_id and t.teacher_id <> l.teacher_id
          join hand_stretched s on s.teacher_id = t.teacher_id group by 1, 2) l group by 1) h on h.teacher_id = s.teacher_id) x`.execute(
    trx,
  )
  // The largest total T of which books are at most 0.2 and K3 at most 0.25: with both, either or none of them cut.
  const step = (rows: string) => `select teacher_id, whole, due_books, k3,
      greatest(whole - case when due_books * divisor > 0.2 * rest then due_books else 0 end - case when k3 * divisor > 0.25 * rest then k3 else 0 end, 0) as rest,
      1 - case when due_books * divisor > 0.2 * rest then 0.2 else 0 end - case when k3 * divisor > 0.25 * rest then 0.25 else 0 end as divisor
    from (${rows}) x`
  const start = `select teacher_id, due1 + due2 + k3 + limited4 as whole, due_books, k3, greatest(due1 + due2 + k3 + limited4, 0) as rest, 1 as divisor from hand_rolled`
  await sql`create temporary table hand_area on commit drop as
    select r.*, t.ceiling, greatest(r.due_books - 0.2 * t.ceiling, 0) as cut_books, greatest(r.k3 - 0.25 * t.ceiling, 0) as cut3,
      r.due1 - greatest(r.due_books - 0.2 * t.ceiling, 0) as points1, r.due2 as points2, least(r.k3, 0.25 * t.ceiling) as points3, r.limited4 as points4
    from hand_rolled r
    join (select teacher_id, case when rest = 0 then 0 else div(rest * 1000000000000, divisor) * 0.000000000001 end as ceiling
          from (${sql.raw(step(step(start)))}) x) t on t.teacher_id = r.teacher_id`.execute(trx)
  // A float of at most 100 as the exact number it is, which is then rounded.
  const exact = (float: string) =>
    `((${float}) * 4503599627370496)::bigint::numeric * 0.0000000000000002220446049250313080847263336181640625`
  const scale = (no: number) => {
    const share = `points${no}::float8 / max(points${no}::float8) over (partition by league) * 100`
    return sql.raw(`trim_scale(round(${exact(share)}, 12)) as value${no}`)
  }
  await sql`create temporary table hand_value on commit drop as
    select a.*, ${scale(1)}, ${scale(2)}, ${scale(3)}, ${scale(4)}
    from (select a.*, ${league} as league, t.position, t.rate from hand_area a join hand.snapshot_teacher t on t.teacher_id = a.teacher_id) a`.execute(
    trx,
  )
}

const areas = sql`(values (1, 0.3), (2, 0.4), (3, 0.1), (4, 0.2)) w (no, weight)`
const ofArea = (name: string) =>
  sql.raw(
    `case w.no when 1 then v.${name}1 when 2 then v.${name}2 when 3 then v.${name}3 else v.${name}4 end`,
  )

/** Scores, norms by the days in each position, totals. */
async function totalByHand(trx: Transaction<CoreTables>): Promise<void> {
  await sql`create temporary table hand_total on commit drop as
    select s.*, s.score + s.change as total from (
      select v.*, round(100 * v.score / n.norm, 12) - v.score as change from (
        select v.*, v.value1 * 0.3 + v.value2 * 0.4 + v.value3 * 0.1 + v.value4 * 0.2 as score from hand_value v) v
      join (select p.teacher_id, round(sum(p.days * case p.position when 'professor' then 1000 when 'associate-professor' then 800
                when 'senior-lecturer' then 600 when 'lecturer' then 500 end) / sum(p.days)::numeric, 12) * t.rate as norm
            from (select teacher_id, position, coalesce(ends_on, date '2026-08-31') - greatest(starts_on, date '2025-09-01') + 1 as days
                  from core.appointment) p
            join hand.snapshot_teacher t on t.teacher_id = p.teacher_id group by p.teacher_id, t.rate) n on n.teacher_id = v.teacher_id) s`.execute(
    trx,
  )
}

/** The lines, in the order of the regulation. */
async function writeLinesByHand(trx: Transaction<CoreTables>, tables: HandTables): Promise<void> {
  const step = (n: number, kind: string, before: string, after: string) => sql`
    union all select teacher_id, no, fact_no, ${sql.lit(n)}, ${sql.lit(kind)}, ${sql.raw(after)} - ${sql.raw(before)},
      ${n === 2 ? sql`case when no <= 26 then 'role' when no <= 29 then 'quartile' else 'decay' end` : sql`null`}, null
    from hand_match where ${sql.raw(after)} <> ${sql.raw(before)}`
  const ofAreas = (
    n: number,
    kind: string,
    area: number,
    clause: string,
    amount: string,
    test: string,
  ) => sql`
    union all select teacher_id, ${sql.lit(area)} * 1000, null, ${sql.lit(n)}, ${sql.lit(kind)}, ${sql.raw(amount)}, ${sql.lit(clause)}, ${sql.lit(area)}
    from hand_total where ${sql.raw(test)}`
  const ofEach = (n: number, kind: string, clause: string | null, amount: (no: number) => string) =>
    sql.join(
      [1, 2, 3, 4].map((no) => ofAreas(n, kind, no, clause ?? `K${no}`, amount(no), `${amount(no)} <> 0`)),
      sql` `,
    )
  await tables.write(
    trx,
    'run_line',
    sql`select 1::bigint as run_id, l.teacher_id, row_number() over (partition by l.teacher_id
          order by coalesce(l.area, c.area), case when l.no >= 1000 then 999999 else l.no end, l.fact_no, l.n, coalesce(l.clause, c.clause))::int as line_no,
        l.kind, 'K' || coalesce(l.area, c.area) as area, coalesce(l.clause, c.clause) as clause, l.fact_no, l.amount, null::bigint as fact_teacher_id
      from (
        select teacher_id, no, fact_no, 1 as n, 'points' as kind, points as amount, null as clause, null::int as area from hand_match
        ${step(2, 'factor', 'points', 'factored')} ${step(3, 'split', 'factored', 'shared')} ${step(4, 'minimum', 'shared', 'enough')}
        ${step(5, 'fact-cap', 'enough', 'awarded')}
        union all select teacher_id, no, fact_no, 90, case when dropped in ('students', 'prize') then 'once' else 'keep' end, -awarded, dropped, null
          from hand_match where dropped is not null and awarded <> 0
        union all select teacher_id, no, null, 91, 'together', summed, null, null from hand_sum where no in (55, 56)
        union all select teacher_id, no, null, 93, 'cap', capped - summed, null, null from hand_sum where capped < summed
        union all select teacher_id, 998, null, 100, 'cap', 120 - olympiads, 'olympiads', 1 from hand_total where olympiads > 120
        union all select teacher_id, 999, null, 100, 'cap', 500 - property, 'property', 2 from hand_total where property > 500
        ${ofAreas(110, 'extrapolation', 1, 'leave', 'due1 - raw1', 'due1 <> raw1')}
        ${ofAreas(110, 'extrapolation', 2, 'leave', 'due2 - raw2', 'due2 <> raw2')}
        ${ofAreas(120, 'roll-up', 4, 'heads', 'amount', 'amount <> 0')}
        ${ofAreas(130, 'cap', 4, 'K4', 'limited4 - gathered4', 'limited4 < gathered4')}
        ${ofAreas(140, 'share', 1, 'books', '-cut_books', 'cut_books > 0')}
        ${ofAreas(150, 'share', 3, 'K3', '-cut3', 'cut3 > 0')}
        ${ofEach(160, 'normalise', null, (no) => `(value${no} - points${no})`)}
        ${ofEach(170, 'weight', 'shares.percent', (no) => `(value${no} * ${[0.3, 0.4, 0.1, 0.2][no - 1]!} - value${no})`)}
        union all select teacher_id, 9000, null, 210, 'norm', change, 'K6', null from hand_total where change <> 0
      ) l left join ${clauses} on c.no = l.no order by l.teacher_id`,
  )
}

/** Status, places (the first ten only with an article), bands by the part of the league, money, units. */
async function rankByHand(trx: Transaction<CoreTables>, tables: HandTables): Promise<void> {
  await sql`create temporary table hand_ranked on commit drop as
    select s.*, case when s.status = 'ranked' then rank() over (partition by s.league, s.status order by round(s.total, 9) desc) end as plain,
      case when s.status = 'ranked' and s.article then rank() over (partition by s.league, s.status, s.article order by round(s.total, 9) desc) end as with_article
    from (select v.teacher_id, v.league, v.position, v.total, coalesce(m.articles, 0) > 0 as article,
            (v.points1 >= 150)::int + (v.points2 >= 150)::int + (v.points3 >= 150)::int + (v.points4 >= 150)::int >= 3 as broad,
            case when t.rate < 1 or p.percent < 100 or t.service_from + interval '1 year' > date '2026-09-01'
              or t.employed_days - t.leave_days < 90 then 'excluded' else 'ranked' end as status
          from hand_total v
          join hand.snapshot_teacher t on t.teacher_id = v.teacher_id
          left join (select teacher_id, sum(matches) as articles from hand_sum where no in (28, 29, 30) group by 1) m on m.teacher_id = v.teacher_id
          join (select teacher_id, max((attributes -> 'percent')::numeric) as percent from hand.snapshot_fact
                where indicator = 'methodical.individual-plan' group by 1) p on p.teacher_id = v.teacher_id) s`.execute(
    trx,
  )
  // Places 1 to 10 are for those with an article; all others follow in the order of their totals, from 11.
  await tables.write(
    trx,
    'run_teacher',
    sql`select 1::bigint as run_id, teacher_id, league, status, '[]'::jsonb as reasons, total, round(total, 2) as total_rounded, place,
        case when 100 * place <= 10 * size then 'first' when 100 * place <= 60 * size then 'middle' when place is not null then 'rest' end as band,
        case when status = 'ranked' and broad then round((850000 * case position when 'professor' then 100 when 'associate-professor' then 90
          when 'senior-lecturer' then 80 when 'lecturer' then 70 end * greatest(total, 0) + 0.00000000000000000000000000) / 1000, 2) end as money,
        '[]'::jsonb as notes
      from (select r.*, count(*) filter (where status = 'ranked') over (partition by league) as size,
              case when with_article <= 10 then with_article
                when status = 'ranked' then rank() over (partition by league, status, coalesce(with_article <= 10, false) order by round(total, 9) desc)
                  + greatest(count(*) filter (where with_article <= 10) over (partition by league), 10) end::int as place
            from hand_ranked r) r order by teacher_id`,
  )
  await sql`create table hand.run_unit as
    select 1::bigint as run_id, unit_id, scored, fte, total, rank() over (partition by kind order by round(total, 9) desc)::int as place
    from (select u.id as unit_id, u.kind, count(*)::int as scored, sum(t.rate) as fte, round(sum(r.total) / sum(t.rate), 12) as total
          from hand.run_teacher r join hand.snapshot_teacher t on t.teacher_id = r.teacher_id
          join core.unit u on u.id in (t.unit_id, t.faculty_id) group by 1, 2) s`.execute(trx)
}

export async function rateByHand(trx: Transaction<CoreTables>, tables: HandTables): Promise<void> {
  await freezeByHand(trx, tables, {
    from: factsFrom,
    people,
    attributes: sql`case when j.id is null then e.data else e.data || j.attributes end`,
    join: standingIn(factsFrom),
    counted: surveyFacts,
  })
  await matchByHand(trx)
  await sumByHand(trx)
  await totalByHand(trx)
  await tables.write(
    trx,
    'run_area',
    sql`select 1::bigint as run_id, v.teacher_id, 'K' || w.no as area, ${ofArea('points')} as points, w.weight,
        ${ofArea('value')} * w.weight as score, nullif(${ofArea('value')}, ${ofArea('points')}) as normalised
      from hand_total v cross join ${areas} order by 2, 3`,
  )
  await writeLinesByHand(trx, tables)
  await rankByHand(trx, tables)
}
