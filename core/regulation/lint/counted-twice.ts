import type { Finding } from '../../contract/problem.ts'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import { areDisjoint } from '../../rating/compile/disjoint.ts'
import { pairsOf, warnAt } from './finding.ts'

/** Pairs of criteria that can count the same fact, unless a `once` list says under which of them it counts. */
export function lintCountedTwice(document: RegulationDocument): Finding[] {
  const numbered = document.criteria.map((criterion, index) => ({ criterion, index }))
  return pairsOf(numbered)
    .filter(([{ criterion: a }, { criterion: b }]) => canCountSame(a, b) && !isDecided(document, a.id, b.id))
    .map(([{ criterion: a }, { criterion: b, index }]) =>
      warnAt(['criteria', index], 'counted-twice', { clause: b.id, other: a.id }),
    )
}

function canCountSame(a: Criterion, b: Criterion): boolean {
  return a.indicator === b.indicator && a.whose === b.whose && !areDisjoint(a.where, b.where)
}

function isDecided({ once }: RegulationDocument, a: string, b: string): boolean {
  return once.some(({ criteria }) => criteria.includes(a) && criteria.includes(b))
}
