import { stringify } from 'yaml'
import type { RegulationDocument } from '../contract/regulation/document.ts'

/** How YAML is written here: no line is broken, texts stand in single quotes where they need some. */
export const yamlOptions = { singleQuote: true, lineWidth: 0 } as const

/** The document as YAML that parseRegulation reads back as the same document; where its text with comments is kept, rewriteText writes it. */
export function toYaml(document: RegulationDocument): string {
  return stringify(document, { ...yamlOptions, aliasDuplicateObjects: false })
}

/** The document as indented JSON, read back in the same way. */
export function toJson(document: RegulationDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`
}
