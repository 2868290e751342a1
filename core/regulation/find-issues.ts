import type { Finding } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { checkDocument } from './check-document.ts'
import type { Supply } from './check/supply.ts'

/** All that is found in a document of the right form: errors keep it from being approved. */
export function findIssues(document: RegulationDocument, supply: Supply): Finding[] {
  return checkDocument(document, supply).map((fault) => ({ ...fault, severity: 'error' }))
}
