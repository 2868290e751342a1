import type { Finding } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { checkDocument } from './check-document.ts'
import type { Supply } from './check/supply.ts'
import { lintDocument } from './lint/lint-document.ts'

/**
 * All that is found in a document of the right form: errors keep it from being approved, warnings are accepted with a
 * reason, notes only inform.
 */
export function findIssues(document: RegulationDocument, supply: Supply): Finding[] {
  const errors = checkDocument(document, supply).map((fault): Finding => ({ ...fault, severity: 'error' }))
  return [...errors, ...lintDocument(document, supply)]
}
