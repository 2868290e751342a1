import type { Finding } from '../../contract/problem.ts'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import { areDisjoint } from '../../rating/compile/disjoint.ts'
import { warnAt } from './finding.ts'

/** So many others a finding names; of more it says how many. */
const named = 5

/**
 * Criteria that can count the same fact as an earlier one, unless a `once` list says under which of them it counts: one finding for
 * each, however many others there are, so that many alike criteria do not bury everything else.
 */
export function lintCountedTwice(document: RegulationDocument): Finding[] {
  return document.criteria.flatMap((criterion, index) => {
    const others = document.criteria
      .slice(0, index)
      .filter((other) => canCountSame(other, criterion) && !isDecided(document, other.id, criterion.id))
      .map(({ id }) => id)
    const [other, ...rest] = others
    if (other === undefined) return []
    const path = ['criteria', index]
    const { id: clause } = criterion
    if (rest.length === 0) return [warnAt(path, 'counted-twice', { clause, other })]
    const params = { clause, others: others.slice(0, named), count: others.length }
    return [warnAt(path, 'counted-often', params)]
  })
}

function canCountSame(a: Criterion, b: Criterion): boolean {
  return a.indicator === b.indicator && a.whose === b.whose && !areDisjoint(a.where, b.where)
}

function isDecided({ once }: RegulationDocument, a: string, b: string): boolean {
  return once.some(({ criteria }) => criteria.includes(a) && criteria.includes(b))
}
