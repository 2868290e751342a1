import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ClauseChange, Move } from '../../contract/resources/run-comparison.ts'
import { moves } from '../../contract/resources/run-comparison.ts'
import type { LocalizedText } from '../../contract/text.ts'
import type { CoreTables } from '../../database/tables.ts'
import { pairRows } from './comparison/pair-rows.ts'
import { readRuleChanges } from './comparison/rule-changes.ts'
import type { RunPair } from './comparison/run-pair.ts'
import { readWeightChanges } from './comparison/weight-changes.ts'
import type { WeightChange } from './comparison/weight-changes.ts'
import type { ResultScope } from './scope.ts'

interface Titled {
  id: string
  title: LocalizedText
}
export interface RunComparison {
  sameSnapshot: boolean
  teachers: number
  counts: Record<Move, number>
  leagues: Titled[]
  bands: Titled[]
  areas: Titled[]
  clauseChanges: ClauseChange[]
  weightChanges: WeightChange[]
}

/** How two finished runs differ: their rules, their weights, and how many of the teachers within the scope moved how. */
export async function compareRuns(
  db: Kysely<CoreTables>,
  pair: RunPair,
  scope: ResultScope,
): Promise<RunComparison> {
  const { before, after } = pair
  const counts = await countMoves(db, pair, scope)
  const both = (part: 'leagues' | 'bands' | 'areas') =>
    titled([...after.document[part], ...before.document[part]])
  return {
    sameSnapshot: before.snapshotId === after.snapshotId,
    teachers: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    leagues: both('leagues'),
    bands: both('bands'),
    areas: both('areas'),
    clauseChanges: await readRuleChanges(db, pair),
    weightChanges: await readWeightChanges(db, pair),
  }
}

async function countMoves(
  db: Kysely<CoreTables>,
  pair: RunPair,
  scope: ResultScope,
): Promise<Record<Move, number>> {
  const { rows } = await sql<{ move: Move; count: number }>`
    select m.move, count(*)::int as count from ${pairRows(pair, { scope })} m group by m.move`.execute(db)
  const found = new Map(rows.map(({ move, count }) => [move, count]))
  return Object.fromEntries(moves.map((move) => [move, found.get(move) ?? 0])) as Record<Move, number>
}

/** Each once, by the first title. */
function titled(list: readonly Titled[]): Titled[] {
  const firsts = new Map<string, Titled>()
  for (const { id, title } of list) if (!firsts.has(id)) firsts.set(id, { id, title })
  return [...firsts.values()]
}
