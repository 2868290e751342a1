import type { AppContext } from '../app-context.ts'
import type { RankingRow, Run } from '../contract/resources/runs.ts'
import type { Language } from '../contract/text.ts'
import { translate } from '../messages/message.ts'
import type { FinishedRun } from '../rating/results/find-run.ts'
import type { StoredRun } from '../rating/results/list-runs.ts'
import type { StoredRankingRow, StoredReason } from '../rating/results/ranking.ts'
import { readNames } from '../rating/results/read-names.ts'
import type { RankingNames } from '../reports/ranking-report.ts'
import { reasonInWords } from '../reports/reason-words.ts'
import type { ReasonNames } from '../reports/reason-words.ts'

/** A run with the words of its failure. */
export function runInWords(run: StoredRun, language: Language): Run {
  const failure = run.failure && translate(language, `problem.${run.failure.code}.detail`, run.failure.params)
  return { ...run, failure }
}

/** Names of what a run's results are about. */
export async function namesOf(
  { db, host }: Pick<AppContext, 'db' | 'host'>,
  run: FinishedRun,
  language: Language,
): Promise<RankingNames> {
  const names = await readNames(db, run, language)
  return { ...names, document: run.document, messagesOf: (plugin) => host.messagesOf(plugin) }
}

/** A result with the words of its reasons. */
export function withReasons<Row extends { reasons: StoredReason[] }>(
  row: Row,
  names: ReasonNames,
  language: Language,
): Omit<Row, 'reasons'> & Pick<RankingRow, 'reasons'> {
  return { ...row, reasons: inWords(row.reasons, names, language) }
}

/** A row of a ranking with the words of its reasons and notes. */
export function withWords(row: StoredRankingRow, names: ReasonNames, language: Language): RankingRow {
  return { ...withReasons(row, names, language), notes: inWords(row.notes, names, language) }
}

function inWords(
  reasons: readonly StoredReason[],
  names: ReasonNames,
  language: Language,
): RankingRow['reasons'] {
  return reasons.map((reason) => ({ ...reason, message: reasonInWords(reason, names, language) }))
}
