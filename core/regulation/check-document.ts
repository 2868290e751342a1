import type { Fault } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { checkAmendments } from './check/amendments.ts'
import { checkApproval } from './check/approval.ts'
import { checkClauseIds } from './check/clause-ids.ts'
import { checkCriteria } from './check/criteria.ts'
import { checkExamplePeople } from './check/example-people.ts'
import { checkExamples } from './check/examples.ts'
import { checkLimits } from './check/limits.ts'
import { checkPeople } from './check/people.ts'
import { checkReferences } from './check/references.ts'
import type { Supply } from './check/supply.ts'
import { checkWeighting } from './check/weighting.ts'

/**
 * What stands in the way of approving a document that has the right form: whatever it names must exist and fit. Codes are
 * `regulation.*` (or the weighting's own), params name the clause; an empty list means it may be approved.
 */
export function checkDocument(document: RegulationDocument, supply: Supply): Fault[] {
  return [
    ...checkClauseIds(document),
    ...checkReferences(document, supply),
    ...checkCriteria(document, supply),
    ...checkLimits(document),
    ...checkPeople(document, supply),
    ...checkWeighting(document, supply),
    ...checkApproval(document, supply),
    ...checkAmendments(document, supply),
    ...checkExamples(document, supply),
    ...checkExamplePeople(document, supply),
  ]
}
