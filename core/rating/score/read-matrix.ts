import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { ScoreMatrix } from '../../plugin/weighting.ts'
import { compileLeague, namesOfLeagues } from '../compile/league.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { teacherRows } from '../compile/teacher-rows.ts'
import { unknownAreas } from './unknown-areas.ts'

/** The rated teachers outside the database, in the order of their ids: what a document computes in functions, not in SQL. */
export interface TeacherMatrix {
  teacherIds: number[]
  /** null: unknown. */
  positions: (string | null)[]
  /** Number of the league in the document, from 0; -1: none takes the teacher. */
  leagues: Int32Array
  /** Points of the areas; NaN where something in them is unknown, of one's own or of the staff whose points roll up. */
  points: ScoreMatrix
  /** Counted facts by teacher and area, as long as the matrix. */
  matches: Float64Array
}

export async function readMatrix(
  trx: Transaction<CoreTables>,
  plan: Pick<RatingPlan, 'document' | 'criteria' | 'period'>,
): Promise<TeacherMatrix> {
  const { document, period } = plan
  const { rows } = await sql<{
    teacher_id: number
    position: string | null
    league: string | null
    points: number[]
    matches: number[]
  }>`
    select f.teacher_id, f."teacher.position" as position, ${compileLeague(document)} as league, r.points, r.matches
    from (select r.teacher_id, array_agg(r.matches::float8 order by r.area_no) as matches,
            array_agg(case when u.teacher_id is null then r.points::float8 else 'NaN' end order by r.area_no) as points
          from rating_area r
          left join (select distinct teacher_id, area_no from (${unknownAreas(plan)}) x (teacher_id, area_no)) u
            on u.teacher_id = r.teacher_id and u.area_no = r.area_no
          group by r.teacher_id) r
    join (${teacherRows(period, namesOfLeagues(document))}) f on f.teacher_id = r.teacher_id
    order by f.teacher_id`.execute(trx)
  const leagues = document.leagues.map(({ id }) => id)
  return {
    teacherIds: rows.map((row) => row.teacher_id),
    positions: rows.map(({ position }) => position),
    leagues: Int32Array.from(rows, ({ league }) => (league === null ? -1 : leagues.indexOf(league))),
    points: {
      rows: rows.length,
      columns: document.areas.length,
      values: Float64Array.from(rows.flatMap(({ points }) => points)),
    },
    matches: Float64Array.from(rows.flatMap(({ matches }) => matches)),
  }
}
