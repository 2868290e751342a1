import { UstazError } from '@ustaz/core/contract'
import type { LocalizedText } from '@ustaz/core/contract'
import type { PluginContext, Scope } from '@ustaz/core/plugin'
import type { Selectable } from 'kysely'
import type { Driver, Drivers, Outlook } from '../contract.ts'
import { withinScope } from '../outlook/within-scope.ts'
import { total } from '../outlook/read-history.ts'
import type { ForecastTables, OutlookClauseTable, OutlookSubjectTable, SubjectKind } from '../tables.ts'
import { reconcile } from './reconcile.ts'
import type { Part } from './reconcile.ts'

type Context = Pick<PluginContext<ForecastTables>, 'db'>
type SubjectRow = Selectable<OutlookSubjectTable>
type ClauseRow = Selectable<OutlookClauseTable>

/**
 * By which areas, and in units by which clauses, the total of a subject is expected to change; the parts add up to the change of the total.
 * Throws `forecast.subject-not-found` (404) also where the scope does not cover the subject.
 */
export async function readDrivers(
  { db }: Context,
  outlook: Outlook,
  { kind, subjectId }: { kind: SubjectKind; subjectId: number },
  scope: Scope,
): Promise<Drivers> {
  const rows = await db
    .selectFrom('outlook_subject as s')
    .selectAll('s')
    .where('outlook_id', '=', outlook.id)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .where(withinScope(kind, scope))
    .execute()
  const whole = rows.find(({ measure }) => measure === total)
  if (!whole) throw new UstazError('forecast.subject-not-found', { status: 404 })
  const clauses = kind === 'teacher' ? [] : await readClauses(db, outlook.id, kind, subjectId)
  const last = whole.past.at(-1) ?? null
  return {
    kind,
    subjectId,
    teacherId: whole.teacher_id,
    last,
    parts: last === null ? [] : split({ outlook, whole, rows, clauses }, last),
  }
}

async function readClauses(
  db: Context['db'],
  outlookId: number,
  kind: OutlookClauseTable['kind'],
  subjectId: number,
): Promise<ClauseRow[]> {
  return await db
    .selectFrom('outlook_clause')
    .selectAll()
    .where('outlook_id', '=', outlookId)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .orderBy('place')
    .execute()
}

interface Found {
  outlook: Outlook
  whole: SubjectRow
  rows: readonly SubjectRow[]
  clauses: readonly ClauseRow[]
}
interface Named extends Part {
  area: string | null
  title: LocalizedText | null
}

/** Areas in their order, and last what the total has beside them, as far as it has anything. */
function split({ outlook, whole, rows, clauses }: Found, last: number): Driver[] {
  const areas = outlook.measures.flatMap(({ id, title }): (Named & { past: SubjectRow['past'] })[] => {
    const row = id === total ? undefined : rows.find(({ measure }) => measure === id)
    return row ? [{ area: id, title, past: row.past, ...asPart(row) }] : []
  })
  const rest = restOf(whole, areas)
  const parts: Named[] = rest ? [...areas, rest] : areas
  const changes = reconcile(
    parts,
    whole.mean.map((value) => value - last),
  )
  return parts.map(({ area, title, last: now }, index) => ({
    area,
    title,
    last: now,
    expected: changes[index]!.map((change) => now + change),
    change: changes[index]!,
    clauses: splitClauses(
      clauses.filter((one) => one.area === area),
      changes[index]!,
    ),
  }))
}

/** An area without a value in the newest period gave the total nothing. */
const asPart = ({ past, mean, lower80, upper80 }: SubjectRow): Part => ({
  last: past.at(-1) ?? 0,
  expected: mean,
  deviation: upper80.map((upper, step) => (upper - lower80[step]!) / (2 * 1.2815515655446004)),
})

const smallest = 1e-6

/** Norms, limits and all else that stands outside the areas: taken to stay, as unsure as it moved; null: there never was anything. */
function restOf(whole: SubjectRow, areas: readonly { past: SubjectRow['past'] }[]): Named | null {
  const known = whole.past.flatMap((value, period) =>
    value === null ? [] : [value - areas.reduce((sum, { past }) => sum + (past[period] ?? 0), 0)],
  )
  if (known.every((value) => Math.abs(value) < smallest)) return null
  const steps = known.slice(1).map((value, at) => value - known[at]!)
  const moved = Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0) / Math.max(steps.length, 1))
  const last = known.at(-1)!
  return {
    area: null,
    title: null,
    last,
    expected: whole.mean.map(() => last),
    deviation: whole.mean.map((_, step) => moved * Math.sqrt(step + 1)),
  }
}

function splitClauses(rows: readonly ClauseRow[], change: readonly number[]): Driver['clauses'] {
  const parts = rows.map(({ past, mean, deviation }) => ({
    last: past.at(-1) ?? 0,
    expected: mean,
    deviation: mean.map((_, step) => deviation * Math.sqrt(step + 1)),
  }))
  const changes = reconcile(parts, change)
  return rows.map(({ clause, title }, index) => ({
    clause,
    title,
    last: parts[index]!.last,
    change: changes[index]!,
  }))
}
