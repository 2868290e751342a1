import type { ShadowRow } from '../contract/resources/shadow.ts'
import type { Language } from '../contract/text.ts'
import { translate } from '../messages/message.ts'
import type { TableCell, TableFile } from './table-file.ts'

const columns = ['oldLeague', 'oldPlace', 'oldTotal', 'league', 'status', 'place', 'total', 'move'] as const

/** An old rating beside a run, teacher by teacher, for those who prepare its publication. */
export function shadowReport(runId: number, rows: readonly ShadowRow[], language: Language): TableFile {
  return {
    name: `shadow-${runId}`,
    title: translate(language, 'sheets.shadow', { run: runId }),
    columns: [
      ...(['name', 'code'] as const).map((column) => translate(language, `ranking.${column}`)),
      ...columns.map((column) => translate(language, `shadow.${column}`)),
    ],
    rows: rows.map((row): TableCell[] => [
      row.name,
      row.code,
      row.oldLeague,
      row.oldPlace,
      row.oldTotal === null ? null : Number(row.oldTotal),
      row.league,
      row.status === null ? null : translate(language, `ranking.statuses.${row.status}`),
      row.place,
      row.total === null ? null : Number(row.total),
      row.move,
    ]),
  }
}
