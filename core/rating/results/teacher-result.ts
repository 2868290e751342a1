import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { TraceLine } from '../../contract/resources/runs.ts'
import type { LocalizedText } from '../../contract/text.ts'
import type { CoreTables } from '../../database/tables.ts'
import { translate } from '../../messages/message.ts'
import { smallestGroup } from '../fairness/hide-groups.ts'
import { aggregationClause, totalClause } from '../write/total-lines.ts'
import type { FinishedRun } from './find-run.ts'
import { readRanking } from './ranking.ts'
import type { StoredRankingRow } from './ranking.ts'
import type { ResultScope } from './scope.ts'

export interface TeacherResult {
  result: StoredRankingRow
  leagueSize: number | null
  leagueMedian: string | null
  exactTotal: string | null
  areas: { area: string; points: string; normalised: string | null; weight: string; score: string }[]
  lines: TraceLine[]
}

/** One teacher's result with every line. Throws `result-not-found` (404) also where the asker may not see it. */
export async function readTeacherResult(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  teacherId: number,
  scope: ResultScope,
): Promise<TeacherResult> {
  const { rows: found } = await sql<{ code: string }>`
    select code from core.snapshot_teacher where snapshot_id = ${run.snapshotId} and teacher_id = ${teacherId}`.execute(
    db,
  )
  const code = found[0]?.code
  const page =
    code === undefined
      ? null
      : await readRanking(
          db,
          run,
          { search: code, sort: 'code', direction: 'asc' },
          {
            scope,
            page: null,
          },
        )
  const result = page?.items.find((row) => row.teacherId === teacherId)
  if (!result) throw new UstazError('result-not-found', { status: 404 })
  const league = result.league === null ? null : await readLeague(db, run, result.league)
  const { rows: areas } = await sql<TeacherResult['areas'][number]>`
    select area, trim_scale(points)::text as points, trim_scale(normalised)::text as normalised, trim_scale(weight)::text as weight, trim_scale(score)::text as score
    from core.run_area where run_id = ${run.id} and teacher_id = ${teacherId}`.execute(db)
  const { rows: exact } = await sql<{ total: string | null }>`
    select trim_scale(total)::text as total from core.run_teacher
    where run_id = ${run.id} and teacher_id = ${teacherId}`.execute(db)
  return {
    result,
    leagueSize: league?.size ?? null,
    leagueMedian: league && (scope.all || league.size >= smallestGroup) ? league.median : null,
    exactTotal: exact[0]!.total,
    areas: run.document.areas.flatMap(({ id }) => areas.filter(({ area }) => area === id)),
    lines: await readLines(db, run, teacherId),
  }
}

async function readLeague(db: Kysely<CoreTables>, run: FinishedRun, league: string) {
  const { rows } = await sql<{ size: number; median: string | null }>`
    select count(*)::int as size, round(percentile_cont(0.5) within group (order by total)::numeric,
      ${run.document.rounding.digits})::text as median
    from core.run_teacher where run_id = ${run.id} and league = ${league} and status = 'ranked'`.execute(db)
  return rows[0]!
}

interface LineRow {
  line_no: number
  kind: TraceLine['kind']
  area: string | null
  clause: string
  amount: string
  fact: TraceLine['fact']
  fact_teacher: TraceLine['factTeacher']
}

/** Every signed line of a teacher, in the order of the regulation. */
export async function readLines(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  teacherId: number,
): Promise<TraceLine[]> {
  const { rows } = await sql<LineRow>`
    select l.line_no, l.kind, l.area, l.clause, trim_scale(l.amount)::text as amount,
      case when f.fact_no is not null then jsonb_build_object('factNo', f.fact_no, 'indicator', f.indicator,
        'happenedOn', f.happened_on, 'quantity', trim_scale(f.quantity)::text, 'role', f.role,
        'participants', f.participants, 'share', trim_scale(f.share)::text, 'attributes', f.attributes,
        'evidenceId', f.evidence_id, 'evidenceTitle', e.title) end as fact,
      case when l.fact_teacher_id is not null then jsonb_build_object('teacherId', t.teacher_id, 'code', t.code,
        'familyName', t.family_name, 'givenName', t.given_name, 'patronymic', t.patronymic) end as fact_teacher
    from core.run_line l
    left join core.snapshot_fact f on f.snapshot_id = ${run.snapshotId} and f.teacher_id = coalesce(l.fact_teacher_id, l.teacher_id)
      and f.fact_no = l.fact_no
    left join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = l.fact_teacher_id
    left join core.evidence e on e.id = f.evidence_id
    where l.run_id = ${run.id} and l.teacher_id = ${teacherId}
    order by l.line_no`.execute(db)
  const titles = titlesOf(run.document)
  return rows.map((row) => ({
    lineNo: row.line_no,
    kind: row.kind,
    area: row.area,
    clause: row.clause,
    clauseTitle: titles.get(row.clause) ?? run.document.title,
    amount: row.amount,
    fact: row.fact,
    factTeacher: row.fact_teacher,
  }))
}

/** Titles of what a line or a reason may name as its clause. */
export function titlesOf(document: RegulationDocument): Map<string, LocalizedText> {
  const clauses = [
    ...document.areas,
    ...document.coefficients,
    ...document.criteria,
    ...document.criteria.flatMap(({ keep }) => keep),
    ...document.groups,
    ...document.once,
    ...document.rollUps,
    ...document.norms,
    ...document.eligibility,
    ...document.requirements,
    ...(document.extrapolation ? [document.extrapolation] : []),
    ...(document.money ? [document.money] : []),
  ]
  return new Map([
    [totalClause, inAllLanguages('clause.total')],
    [aggregationClause, inAllLanguages('clause.aggregation')],
    ...clauses.map(({ id, title }): [string, LocalizedText] => [id, title]),
  ])
}

/** Parts of a document that have no title of their own. */
function inAllLanguages(key: string): LocalizedText {
  return { kk: translate('kk', key), ru: translate('ru', key), en: translate('en', key) }
}
