import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../../../contract/problem.ts'
import type {
  ChangedLine,
  ClauseChange,
  FactChange,
  MoverDetail,
} from '../../../contract/resources/run-comparison.ts'
import type { CoreTables } from '../../../database/tables.ts'
import type { FinishedRun } from '../find-run.ts'
import type { ResultScope } from '../scope.ts'
import { readLinePairs } from './changed-lines.ts'
import type { LinePair } from './changed-lines.ts'
import { explainLine } from './explain-line.ts'
import { changesOf, factChanges } from './fact-changes.ts'
import { clauseTitles } from './largest-clauses.ts'
import { readOvertaking } from './overtaking.ts'
import { readMover } from './read-movers.ts'
import type { StoredMover } from './read-movers.ts'
import { readRuleChanges } from './rule-changes.ts'
import type { RunPair } from './run-pair.ts'
import { readWeightChanges } from './weight-changes.ts'

export type StoredMoverDetail = Omit<MoverDetail, 'mover'> & { mover: StoredMover }

/** Why one teacher moved. Throws `result-not-found` (404) also where the asker may not read either result. */
export async function readMoverDetail(
  db: Kysely<CoreTables>,
  pair: RunPair,
  teacherId: number,
  scope: ResultScope,
): Promise<StoredMoverDetail> {
  const mover = await readMover(db, pair, teacherId, scope)
  if (!mover) throw new UstazError('result-not-found', { status: 404 })
  const person = {
    before: await readPerson(db, pair.before, teacherId),
    after: await readPerson(db, pair.after, teacherId),
  }
  const personChanges =
    person.before && person.after ? changesOf(person.before.known, person.after.known) : []
  const lines = await readLinePairs(db, pair, teacherId)
  return {
    mover,
    totalBefore: person.before?.total ?? null,
    totalAfter: person.after?.total ?? null,
    linesChange: lines.change,
    lines: await explain(db, pair, lines.changed, personChanges),
    unchangedLines: lines.unchanged,
    personChanges,
    overtaking: await readOvertaking(db, pair, mover),
  }
}

/** What a regulation may ask about a teacher, as it was frozen, with the exact total; null: not in the run. */
async function readPerson(db: Kysely<CoreTables>, run: FinishedRun, teacherId: number) {
  const { rows } = await sql<{ known: Record<string, unknown>; total: string | null }>`
    select jsonb_build_object('position', t.position, 'degree', t.degree, 'unitId', t.unit_id,
        'field', t.field, 'rate', trim_scale(t.rate)::text, 'serviceFrom', t.service_from,
        'leaveDays', t.leave_days, 'employedDays', t.employed_days) as known,
      trim_scale(r.total)::text as total
    from core.run_teacher r
    join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = r.teacher_id
    where r.run_id = ${run.id} and r.teacher_id = ${teacherId}`.execute(db)
  return rows[0] ?? null
}

/** What a norm may depend on. */
const normInputs = ['position', 'degree', 'field', 'rate', 'leaveDays', 'employedDays']

async function explain(
  db: Kysely<CoreTables>,
  pair: RunPair,
  lines: readonly LinePair[],
  personChanges: readonly FactChange[],
): Promise<ChangedLine[]> {
  const clauses = await readRuleChanges(db, pair)
  const weights = new Set((await readWeightChanges(db, pair)).map(({ area }) => area))
  const isPersonChanged = personChanges.some(({ field }) => normInputs.includes(field))
  const titleOf = clauseTitles(pair)
  return lines.map(({ contentBefore, contentAfter, ...line }) => {
    const changes = contentBefore && contentAfter ? factChanges(contentBefore, contentAfter) : []
    const causes = explainLine({
      line,
      factChanges: changes,
      clauseChange: changeOf(clauses, line.clause),
      isWeightChanged: line.area !== null && weights.has(line.area),
      isPersonChanged,
    })
    return { ...line, clauseTitle: titleOf(line.clause), factChanges: changes, causes }
  })
}

/** A league's or band's id may be that of a clause, and gives nobody points. */
function changeOf(clauses: readonly ClauseChange[], id: string): ClauseChange['change'] | null {
  const found = clauses.find((clause) => clause.id === id && !['leagues', 'bands'].includes(clause.part))
  return found?.change ?? null
}
