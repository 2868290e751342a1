import type { Mover } from '../contract/resources/run-comparison.ts'
import type { Language } from '../contract/text.ts'
import { translate } from '../messages/message.ts'
import type { RunPair } from '../rating/results/comparison/run-pair.ts'
import type { RankingNames } from './ranking-report.ts'
import type { TableCell, TableFile } from './table-file.ts'

type Side = 'before' | 'after'
const person = ['name', 'code', 'faculty', 'department', 'position'] as const
const perSide = ['league', 'status', 'place', 'total', 'band', 'reasons'] as const

/** Two runs side by side as a table for spreadsheets, in the reader's language; what is unknown is empty. */
export function moversReport(
  pair: RunPair,
  movers: readonly Mover[],
  names: Record<Side, RankingNames>,
  language: Language,
): TableFile {
  const title = (column: string) => translate(language, `ranking.${column}`)
  const ofSide = (side: Side) =>
    perSide.map((column) => translate(language, `movers.${side}`, { column: title(column) }))
  const own = ['move', 'placeChange', 'totalChange', 'clauses'] as const
  return {
    name: `runs-${pair.before.id}-${pair.after.id}`,
    title: translate(language, 'sheets.movers', { before: pair.before.id, after: pair.after.id }),
    columns: [
      ...person.map(title),
      ...own.map((column) => translate(language, `movers.${column}`)),
      ...ofSide('before'),
      ...ofSide('after'),
    ],
    rows: movers.map((mover): TableCell[] => [
      ...personCells(mover, names),
      translate(language, `movers.moves.${mover.move}`),
      mover.placeChange,
      numberOrEmpty(mover.totalChange),
      mover.clauses.map(({ clause, change }) => `${clause}: ${change}`).join('; '),
      ...standingCells(mover.before, names.before, language),
      ...standingCells(mover.after, names.after, language),
    ]),
  }
}

function personCells(mover: Mover, { before, after }: Record<Side, RankingNames>): TableCell[] {
  const unit = (id: number | null) =>
    id === null ? null : (after.units.get(id) ?? before.units.get(id) ?? null)
  return [
    [mover.familyName, mover.givenName, mover.patronymic].filter(Boolean).join(' '),
    mover.code,
    unit(mover.facultyId),
    unit(mover.departmentId),
    mover.position === null ? null : (after.positions.get(mover.position) ?? mover.position),
  ]
}

function standingCells(
  standing: Mover['after'],
  { document }: RankingNames,
  language: Language,
): TableCell[] {
  if (standing === null) return perSide.map(() => null)
  const label = (list: readonly { id: string; title: Record<Language, string> }[], id: string | null) =>
    list.find((item) => item.id === id)?.title[language] ?? id
  return [
    label(document.leagues, standing.league),
    translate(language, `ranking.statuses.${standing.status}`),
    standing.place,
    numberOrEmpty(standing.total),
    label(document.bands, standing.band),
    standing.reasons.map(({ message }) => message).join('; '),
  ]
}

function numberOrEmpty(value: string | null): number | null {
  return value === null ? null : Number(value)
}
