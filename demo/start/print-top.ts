import type { Kysely } from 'kysely'
import type { CoreTables } from '../../core/database/tables.ts'
import { findFinishedRun } from '../../core/rating/results/find-run.ts'
import type { StoredRun } from '../../core/rating/results/list-runs.ts'
import { readNames } from '../../core/rating/results/read-names.ts'
import { readRanking } from '../../core/rating/results/ranking.ts'
import { academicYearName, academicYearOf } from '../academic-years.ts'
import { language, say } from './say.ts'

/** Teachers shown of each league. */
const shown = 5

/** Prints who leads each league in the newest year. */
export async function printTop(db: Kysely<CoreTables>, { id, periodFrom }: StoredRun): Promise<void> {
  const run = await findFinishedRun(db, id)
  const { units } = await readNames(db, run, language)
  const year = academicYearName(academicYearOf(periodFrom))
  for (const league of run.document.leagues) {
    const filter = { league: league.id, status: 'ranked', sort: 'total', direction: 'desc' } as const
    const access = { scope: { all: true, unitIds: [], teacherId: null }, page: { page: 1, pageSize: shown } }
    const { items, total } = await readRanking(db, run, { ...filter, ...access.page }, access)
    say('top', { league: league.title[language], year, count: total })
    for (const row of items) {
      say('row', {
        place: String(row.place ?? '').padStart(4),
        total: (row.total ?? '').padStart(8),
        name: [row.familyName, row.givenName, row.patronymic]
          .filter((part) => part !== null)
          .join(' ')
          .padEnd(40),
        department: units.get(row.departmentId) ?? '',
      })
    }
  }
}
