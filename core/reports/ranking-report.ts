import type { Language } from '../contract/text.ts'
import { translate } from '../messages/message.ts'
import type { FinishedRun } from '../rating/results/find-run.ts'
import type { StoredRankingRow } from '../rating/results/ranking.ts'
import { reasonInWords } from './reason-words.ts'
import type { ReasonNames } from './reason-words.ts'
import type { TableCell, TableFile } from './table-file.ts'

export interface RankingNames extends ReasonNames {
  /** Names of units by id, in the reader's language. */
  units: ReadonlyMap<number, string>
}

/** The ranking as a table for spreadsheets, in the reader's language; totals as numbers, unknown ones empty. */
export function rankingReport(
  run: FinishedRun,
  rows: readonly StoredRankingRow[],
  names: RankingNames,
  language: Language,
): TableFile {
  const { document } = run
  const fixed = [
    'place',
    'name',
    'code',
    'faculty',
    'department',
    'position',
    'rate',
    'league',
    'status',
    'reasons',
  ]
  const label = (list: readonly { id: string; title: Record<Language, string> }[], id: string | null) =>
    list.find((item) => item.id === id)?.title[language] ?? id
  const extra = [...certaintyColumns(rows, language), ...extraColumns(document, names, language)]
  return {
    name: `ranking-${run.id}`,
    title: translate(language, 'sheets.ranking', { run: run.id }),
    columns: [
      ...fixed.map((column) => translate(language, `ranking.${column}`)),
      ...document.areas.map((area) => `${area.id} ${area.title[language]}`),
      translate(language, 'ranking.total'),
      translate(language, 'ranking.band'),
      ...extra.map(({ title }) => title),
    ],
    rows: rows.map((row): TableCell[] => [
      row.place,
      [row.familyName, row.givenName, row.patronymic].filter(Boolean).join(' '),
      row.code,
      row.facultyId === null ? null : (names.units.get(row.facultyId) ?? null),
      names.units.get(row.departmentId) ?? null,
      row.position === null ? null : (names.positions.get(row.position) ?? row.position),
      Number(row.rate),
      label(document.leagues, row.league),
      translate(language, `ranking.statuses.${row.status}`),
      row.reasons.map((reason) => reasonInWords(reason, names, language)).join('; '),
      ...document.areas.map((area) => numberOrEmpty(row.areas[area.id])),
      numberOrEmpty(row.total),
      label(document.bands, row.band),
      ...extra.map(({ cell }) => cell(row)),
    ]),
  }
}

/** How certain each place is, where that was assessed: from which place to which in 90 of 100 replications, and the band of the tied. */
function certaintyColumns(rows: readonly StoredRankingRow[], language: Language): ExtraColumn[] {
  if (rows.every(({ certainty }) => certainty === null)) return []
  const fields = ['lower', 'upper', 'band'] as const
  return fields.map((field) => ({
    title: translate(language, `ranking.certainty.${field}`),
    cell: ({ certainty }) => certainty?.[field] ?? null,
  }))
}

interface ExtraColumn {
  title: string
  cell: (row: StoredRankingRow) => TableCell
}

/** Money and notes, where the regulation knows them. */
function extraColumns(
  { money, requirements }: FinishedRun['document'],
  names: RankingNames,
  language: Language,
): ExtraColumn[] {
  const notes: ExtraColumn = {
    title: translate(language, 'ranking.notes'),
    cell: (row) => row.notes.map((note) => reasonInWords(note, names, language)).join('; '),
  }
  if (!money) return requirements.length > 0 ? [notes] : []
  const title = `${translate(language, 'ranking.money')}, ${money.currency}`
  return [{ title, cell: (row) => numberOrEmpty(row.money) }, notes]
}

function numberOrEmpty(value: string | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value)
}
