import type { Fault } from '../../contract/problem.ts'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import { checkNumbersOfRule } from './amounts.ts'
import { checkTogether } from './criteria.ts'
import { faultAt } from './fault.ts'
import { checkRule } from './rules.ts'
import type { Supply } from './supply.ts'

/** Amendments annul clauses that are there, give rules that facts of their criteria can be rated by, and leave something to rate. */
export function checkAmendments(document: RegulationDocument, supply: Supply): Fault[] {
  const known = annullable(document)
  const single = document.amendments.flatMap((amendment, index) => {
    const { id: clause, annul, points, validFrom, validTo } = amendment
    const path = ['amendments', index]
    const isNever = validFrom !== null && validTo !== null && validTo < validFrom
    return [
      ...(isNever ? [faultAt([...path, 'validTo'], 'amendment-never', { clause })] : []),
      ...annul.flatMap((name, at) =>
        known.has(name) ? [] : [faultAt([...path, 'annul', at], 'clause-unknown', { clause, name })],
      ),
      ...Object.entries(points).flatMap(([id, rule]) => {
        const place = [...path, 'points', id]
        const criterion = document.criteria.find((one) => one.id === id)
        if (!criterion) return [faultAt(place, 'criterion-unknown', { clause, criterion: id })]
        return checkNewPoints({ ...criterion, id: clause, points: rule }, place, supply)
      }),
    ]
  })
  return [...single, ...checkRest(document)]
}

/** Whatever has an id and narrows or gives points, conditions included. */
function annullable(document: RegulationDocument): ReadonlySet<string> {
  const { criteria, groups, once, exclusions, requirements, eligibility, norms, leagues, rollUps } = document
  const clauses = [criteria, groups, once, exclusions, requirements, eligibility, norms, rollUps].flat()
  const keeps = criteria.flatMap(({ keep }) => keep)
  const conditions = [
    ...[...criteria, ...exclusions, ...requirements, ...leagues].flatMap(({ where }) => where),
    ...eligibility.flatMap((rule) => (rule.kind === 'teacher' ? rule.where : [])),
    ...norms.flatMap(({ exceptions }) => exceptions.flatMap(({ where }) => where)),
  ]
  return new Set([...clauses, ...keeps, ...conditions].flatMap(({ id }) => id ?? []))
}

function checkNewPoints(amended: Criterion, path: readonly (string | number)[], supply: Supply): Fault[] {
  const indicator = supply.indicator(amended.indicator)
  if (!indicator) return []
  const { id: clause, points } = amended
  return [
    ...checkRule(points, { path, clause, indicator, supply }),
    ...checkNumbersOfRule(points, path, clause),
    ...checkTogether(amended, path, { indicator, supply }),
  ]
}

/** Where all amendments hold together, some criterion is left. */
function checkRest({ amendments, criteria }: RegulationDocument): Fault[] {
  const gone = new Set(amendments.flatMap(({ annul }) => annul))
  const last = amendments.findLastIndex(({ annul }) => criteria.some(({ id }) => annul.includes(id)))
  return criteria.some(({ id }) => !gone.has(id))
    ? []
    : [faultAt(['amendments', last, 'annul'], 'amendment-all', { clause: amendments[last]!.id })]
}
