import type { Finding } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Condition } from '../../contract/regulation/rule.ts'
import type { Supply } from '../check/supply.ts'
import { knownCriteria, pairsOf, warnAt } from './finding.ts'
import type { KnownCriterion } from './finding.ts'
import { pointsOfFact } from './points-range.ts'
import { rangeOf } from './conditions.ts'

/** A clause whose every fact also fulfils an easier clause that pays more. */
export function lintDemanding(document: RegulationDocument, supply: Supply): Finding[] {
  return pairsOf(knownCriteria(document, supply)).flatMap(([a, b]) => [
    ...outbid(a, b, document),
    ...outbid(b, a, document),
  ])
}

function outbid(hard: KnownCriterion, easy: KnownCriterion, document: RegulationDocument): Finding[] {
  const { criterion, index, indicator } = hard
  if (criterion.indicator !== easy.criterion.indicator || criterion.whose !== easy.criterion.whose) return []
  if (!demandsMore(criterion.where, easy.criterion.where)) return []
  const [mine, theirs] = [hard, easy].map((one) => pointsOfFact(one.criterion, document, indicator))
  if (!mine || !theirs || mine.max >= theirs.min) return []
  return [
    warnAt(['criteria', index, 'points'], 'demanding-earns-less', {
      clause: criterion.id,
      points: mine.max,
      other: easy.criterion.id,
      otherPoints: theirs.min,
    }),
  ]
}

/** Whether whoever fulfils `hard` fulfils `easy`, and not the other way round. */
function demandsMore(hard: readonly Condition[], easy: readonly Condition[]): boolean {
  const follows = (from: readonly Condition[], what: readonly Condition[]) =>
    what.every((one) => from.some((other) => implies(other, one)))
  return follows(hard, easy) && !follows(easy, hard)
}

/** Whether a value that holds a surely holds b; alternatives and formulas imply only themselves. */
function implies(a: Condition, b: Condition): boolean {
  if (JSON.stringify({ ...a, id: '' }) === JSON.stringify({ ...b, id: '' })) return true
  if (a.value === undefined || a.value !== b.value || a.unknown || b.unknown) return false
  const [mine, others, theirs] = [a.is, b.isNot, b.is].map((list) => list?.map(String))
  if (theirs && !(mine ?? [null]).every((choice) => choice !== null && theirs.includes(choice))) return false
  if (others && !(mine ?? [null]).every((choice) => choice !== null && !others.includes(choice))) return false
  const [inner, outer] = [rangeOf(a), rangeOf(b)]
  const low = outer.from === null || (inner.from !== null && Number(inner.from) >= Number(outer.from))
  const high = outer.to === null || (inner.to !== null && Number(inner.to) <= Number(outer.to))
  return low && high
}
