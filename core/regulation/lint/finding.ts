import type { Finding, ProblemParams } from '../../contract/problem.ts'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import { faultAt } from '../check/fault.ts'
import type { SuppliedIndicator, Supply } from '../check/supply.ts'

type Place = readonly (string | number)[]

export function warnAt(path: Place, code: string, params: ProblemParams & { clause: string }): Finding {
  return { ...faultAt(path, code, params), severity: 'warning' }
}

export function noteAt(path: Place, code: string, params: ProblemParams & { clause: string }): Finding {
  return { ...faultAt(path, code, params), severity: 'note' }
}

/** A criterion with its place in the document and the indicator it counts. */
export interface KnownCriterion {
  criterion: Criterion
  index: number
  indicator: SuppliedIndicator
}

/** Criteria whose indicator is supplied; of the others the errors speak. */
export function knownCriteria(document: RegulationDocument, supply: Supply): KnownCriterion[] {
  return document.criteria.flatMap((criterion, index) => {
    const indicator = supply.indicator(criterion.indicator)
    return indicator ? [{ criterion, index, indicator }] : []
  })
}

/** Every pair, each once, in the order of the document. */
export function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other): [T, T] => [one, other]))
}
