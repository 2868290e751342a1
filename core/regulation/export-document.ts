import { stringify } from 'yaml'
import type { RegulationDocument } from '../contract/regulation/document.ts'

/** The document as YAML that parseRegulation reads back as the same document; comments of an imported file are not kept. */
export function toYaml(document: RegulationDocument): string {
  return stringify(document, { singleQuote: true, lineWidth: 0, aliasDuplicateObjects: false })
}

/** The document as indented JSON, read back in the same way. */
export function toJson(document: RegulationDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`
}
