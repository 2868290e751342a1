import type { Fault, Issue } from '../../contract/problem.ts'
import type { ImportReport } from '../../contract/resources/people.ts'
import type { Language } from '../../contract/text.ts'
import { translate } from '../../messages/message.ts'
import { changedColumns } from './compare-lines.ts'
import type { ImportKind, Line, Outcome } from './definition.ts'
import { keyOf } from './definition.ts'
import type { Choices } from './read-value.ts'
import { titleOf } from './titles.ts'

/** So many lines are listed; a browser shows no more with pleasure. */
export const listedLines = 5000
const order = ['refused', 'changed', 'created', 'unchanged'] as const satisfies readonly Outcome[]

interface Frame {
  dryRun: boolean
  written: boolean
  language: Language
  choices: Choices
  notices: readonly Fault[]
}

/** The report in the reader's language. */
export function reportImport(kind: ImportKind, lines: readonly Line[], frame: Frame): ImportReport {
  const { dryRun, written, language, choices, notices } = frame
  const count = (outcome: Outcome) => lines.filter((line) => line.outcome === outcome).length
  const listed = chooseListed(lines)
  return {
    dryRun,
    written,
    counts: {
      lines: lines.length,
      created: count('created'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      refused: count('refused'),
    },
    notices: notices.map((fault) => inWords(kind, fault, language)),
    lines: listed.map((line) => reportLine(kind, line, language, choices)),
    omitted: lines.length - listed.length,
  }
}

/** Those that ask for attention first, then as many others as there is room for; in the order of the file. */
function chooseListed(lines: readonly Line[]): readonly Line[] {
  if (lines.length <= listedLines) return lines
  const isWarned = ({ warnings }: Line) => warnings.length > 0
  const byOutcome = order.flatMap((outcome) => lines.filter((line) => line.outcome === outcome))
  const chosen = [...byOutcome.filter(isWarned), ...byOutcome.filter((line) => !isWarned(line))].slice(
    0,
    listedLines,
  )
  return chosen.sort((a, b) => a.line - b.line)
}

function reportLine(
  kind: ImportKind,
  line: Line,
  language: Language,
  choices: Choices,
): ImportReport['lines'][number] {
  const toWords = (fault: Fault) => inWords(kind, fault, language)
  return {
    line: line.line,
    key: keyOf(kind, line.after),
    outcome: line.outcome,
    changes: changedColumns(kind, line).map((field) => ({
      field,
      title: titleOf(kind, field, language),
      from: shown(kind, field, line.before?.[field], choices),
      to: shown(kind, field, line.after[field], choices),
    })),
    issues: line.faults.map(toWords),
    warnings: line.warnings.map(toWords),
  }
}

/** Values of a list by their name in the reader's language. */
function shown(
  kind: ImportKind,
  field: string,
  value: string | null | undefined,
  choices: Choices,
): string | null {
  const list = kind.columns[field]?.list
  return (list && choices[list].titles.get(value ?? '')) ?? value ?? null
}

/** The message of a column's fault begins with the column's title. */
function inWords(kind: ImportKind, { path, code, params }: Fault, language: Language): Issue {
  const describe = kind.describeIssue ?? ((...issue) => translate(issue[0], `issue.${issue[1]}`, issue[2]))
  const message = describe(language, code, params)
  return {
    path,
    code,
    params,
    message: path === '' ? message : `${titleOf(kind, path, language)}: ${message}`,
  }
}
