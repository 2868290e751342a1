import type {
  ChangedLine,
  ClauseChange,
  FactChange,
  LineCause,
} from '../../../contract/resources/run-comparison.ts'

export interface LineFacts {
  line: Pick<ChangedLine, 'kind' | 'clause' | 'area' | 'factBefore' | 'factAfter'>
  factChanges: readonly FactChange[]
  /** How the regulations differ in the line's clause, or in the area it limits; null: they do not. */
  clauseChange: ClauseChange['change'] | null
  isWeightChanged: boolean
  isPersonChanged: boolean
}

/** Why a line differs, from what is known about both runs; never empty. */
export function explainLine({ line, factChanges, ...known }: LineFacts): LineCause[] {
  const causes: (LineCause | null)[] = [
    line.factBefore === null && line.factAfter !== null ? 'fact-new' : null,
    line.factBefore !== null && line.factAfter === null ? 'fact-gone' : null,
    factChanges.length > 0 ? 'fact-changed' : null,
    known.clauseChange === null ? null : clauseCauses[known.clauseChange],
    line.kind === 'weight' && known.isWeightChanged ? 'weight-changed' : null,
    line.kind === 'norm' && known.isPersonChanged ? 'person-changed' : null,
  ]
  const found = causes.filter((cause) => cause !== null)
  return found.length > 0 ? found : ['other-lines']
}

const clauseCauses = {
  added: 'clause-new',
  removed: 'clause-gone',
  changed: 'clause-changed',
} as const satisfies Record<ClauseChange['change'], LineCause>
