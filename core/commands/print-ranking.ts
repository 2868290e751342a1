import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { findFinishedRun } from '../rating/results/find-run.ts'
import type { StoredRun } from '../rating/results/list-runs.ts'
import { readRanking } from '../rating/results/ranking.ts'
import { inOurLanguage, say } from './speak.ts'

/** Teachers shown of each league. */
const shown = 5

/** Prints the top of each league of the newest period that is done. */
export async function printRanking(db: Kysely<CoreTables>, runs: readonly StoredRun[]): Promise<void> {
  const newest = runs.filter(({ state }) => state === 'done').at(-1)
  if (!newest) return
  const run = await findFinishedRun(db, newest.id)
  for (const { id, title } of run.document.leagues) {
    const filter = { league: id, status: 'ranked', sort: 'total', direction: 'desc' } as const
    const scope = { all: true, unitIds: [], teacherId: null }
    const { items } = await readRanking(db, run, filter, { scope, page: { page: 1, pageSize: shown } })
    if (items.length === 0) continue
    say('demo-league', { league: inOurLanguage(title), from: newest.periodFrom, to: newest.periodTo })
    for (const { place, total, ...name } of items) {
      say('demo-place', { place, total, name: `${name.familyName} ${name.givenName}`, code: name.code })
    }
  }
}
