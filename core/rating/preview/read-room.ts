import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { LocalizedText } from '../../contract/text.ts'
import type { CoreTables } from '../../database/tables.ts'
import { translate } from '../../messages/message.ts'
import type { FinishedRun } from '../results/find-run.ts'
import { numberGroups } from '../score/sum-groups.ts'
import { totalClause } from '../write/total-lines.ts'

export interface RoomUnderCap {
  level: 'criterion' | 'group' | 'area' | 'total'
  clause: string
  title: LocalizedText
  /** Exact, as all that follow. */
  cap: string
  /** Points held under the cap, of what is approved and as if everything entered were; null: not known. */
  approved: string | null
  entered: string | null
  /** cap - approved, not below 0; null: not known. */
  left: string | null
}

/** What the engine counted of a criterion. */
export interface Counted {
  clause: string
  /** Facts that count, of what is approved. */
  facts: number
  /** After the limits of the criterion itself. */
  points: string
}

export interface Room {
  caps: RoomUnderCap[]
  /** Lists that let at most so many facts count; `counted` null: of each container so many, see `per`. */
  lists: {
    criterion: string
    clause: string
    title: LocalizedText
    most: number
    per: string[]
    counted: number | null
  }[]
  /** Groups and areas that may be at most a part of the total: how much depends on everything else. */
  shares: { clause: string; title: LocalizedText; share: string; cut: string }[]
  /** Every criterion that is about the teacher, in the order of the document. */
  criteria: Counted[]
}

/** The ids under which the two states of affairs stand in the run. */
interface Whose {
  approved: number
  entered: number
}

/**
 * The room under every limit, read from the engine's own tables of the run that has just been computed: only in the transaction of
 * the run. Of two ids that are the same only what is approved is told.
 */
export async function readRoom(trx: Transaction<CoreTables>, run: FinishedRun, whose: Whose): Promise<Room> {
  const criteria = await readCounted(trx, run.document, whose.approved)
  return {
    caps: await readCaps(trx, run.document, whose),
    lists: listsOf(run.document, criteria),
    shares: await readShares(trx, run, whose.approved),
    criteria,
  }
}

async function readCounted(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  teacherId: number,
): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select c.id as clause, coalesce(s.matches, 0)::int as facts, coalesce(trim_scale(s.capped), 0)::text as points
    from rating_criterion c left join rating_sum s on s.no = c.no and s.teacher_id = ${teacherId}
    order by c.no`.execute(trx)
  const own = new Set(document.criteria.filter(({ whose }) => whose === 'own').map(({ id }) => id))
  return rows.filter(({ clause }) => own.has(clause))
}

async function readCaps(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  { approved, entered }: Whose,
): Promise<RoomUnderCap[]> {
  const parts = [
    ...criterionCaps(document),
    ...groupCaps(document),
    ...areaCaps(document),
    ...totalCap(document),
  ]
  if (parts.length === 0) return []
  const points = (id: number) => sql`max(p.points) filter (where p.teacher_id = ${id})`
  const { rows } = await sql<Omit<RoomUnderCap, 'title'>>`
    select c.level, c.clause, trim_scale(c.cap)::text as cap,
      trim_scale(${points(approved)})::text as approved,
      ${approved === entered ? sql`null::text` : sql`trim_scale(${points(entered)})::text`} as entered,
      trim_scale(greatest(c.cap - ${points(approved)}, 0))::text as left
    from (${sql.join(
      parts.map(({ level, clause, cap }, index) => {
        return sql`select ${index}::int as no, ${level}::text as level, ${clause}::text as clause, ${cap}::numeric as cap`
      }),
      sql` union all `,
    )}) c
    left join (${sql.join(
      parts.map(
        ({ points: query }, index) =>
          sql`select ${index}::int as no, q.teacher_id, q.points from (${query}) q`,
      ),
      sql` union all `,
    )}) p on p.no = c.no and p.teacher_id in (${approved}::bigint, ${entered}::bigint)
    group by c.no, c.level, c.clause, c.cap order by c.no`.execute(trx)
  return rows.map((row, index) => ({ ...row, title: parts[index]!.title }))
}

interface CapPart extends Pick<RoomUnderCap, 'level' | 'clause' | 'title' | 'cap'> {
  /** teacher_id, points; without a row for whom nothing is known. */
  points: RawBuilder<unknown>
}

/** Everybody has a row, also who has no fact of the criterion. */
const everybody = sql`(select distinct teacher_id from rating_area) t`

function criterionCaps({ criteria }: RegulationDocument): CapPart[] {
  return criteria.flatMap(({ id, title, cap }, index) =>
    cap === null
      ? []
      : [
          {
            ...{ level: 'criterion' as const, clause: id, title, cap },
            points: sql`select t.teacher_id, coalesce(s.capped, 0) as points from ${everybody}
              left join rating_sum s on s.teacher_id = t.teacher_id and s.no = ${sql.lit(index + 1)}`,
          },
        ],
  )
}

function groupCaps(document: RegulationDocument): CapPart[] {
  return numberGroups(document).flatMap(({ no, group: { id, title, cap } }) =>
    cap === null
      ? []
      : [
          {
            ...{ level: 'group' as const, clause: id, title, cap },
            points: sql`select t.teacher_id, coalesce(g.points, 0) as points from ${everybody}
              left join rating_group g on g.teacher_id = t.teacher_id and g.group_no = ${sql.lit(no)}`,
          },
        ],
  )
}

function areaCaps({ areas }: RegulationDocument): CapPart[] {
  return areas.flatMap(({ id, title, cap }) =>
    cap === null
      ? []
      : [
          {
            ...{ level: 'area' as const, clause: id, title, cap },
            points: sql`select teacher_id, points from rating_area where area = ${id}`,
          },
        ],
  )
}

function totalCap({ total: { cap } }: RegulationDocument): CapPart[] {
  if (cap === null) return []
  const title = { kk: translate('kk', 'clause.total'), ru: translate('ru', 'clause.total'), en: translate('en', 'clause.total') } // prettier-ignore
  return [
    {
      ...{ level: 'total' as const, clause: totalClause, title, cap },
      points: sql`select teacher_id, total as points from rating_total`,
    },
  ]
}

function listsOf({ criteria }: RegulationDocument, counted: readonly Counted[]): Room['lists'] {
  return criteria.flatMap((criterion) => {
    const facts = counted.find(({ clause }) => clause === criterion.id)?.facts
    if (facts === undefined) return []
    return criterion.keep.map(({ id, title, most, per }) => ({
      criterion: criterion.id,
      clause: id,
      title,
      most,
      per,
      counted: per.length === 0 ? facts : null,
    }))
  })
}

async function readShares(
  trx: Transaction<CoreTables>,
  run: FinishedRun,
  teacherId: number,
): Promise<Room['shares']> {
  const parts = [...run.document.areas, ...run.document.groups].flatMap(({ id, title, shareOfTotal }) =>
    shareOfTotal === null ? [] : [{ clause: id, title, share: shareOfTotal }],
  )
  if (parts.length === 0) return []
  const { rows } = await sql<{ clause: string; cut: string }>`
    select clause, trim_scale(-sum(amount))::text as cut from core.run_line
    where run_id = ${run.id} and teacher_id = ${teacherId} and kind = 'share' group by clause`.execute(trx)
  const cuts = new Map(rows.map(({ clause, cut }) => [clause, cut]))
  return parts.map((part) => ({ ...part, cut: cuts.get(part.clause) ?? '0' }))
}
