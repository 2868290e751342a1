import { regulationDocumentSchema } from '../../contract/regulation/document.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'

/**
 * A document as it was stored: a part of the vocabulary that was not there then gets its default, which
 * changes nothing.
 */
export function storedDocument(document: RegulationDocument): RegulationDocument {
  return sections.every((section) => section in document)
    ? document
    : regulationDocumentSchema.parse(document)
}

/** Reading a whole document anew takes a few milliseconds: it is done only for one that lacks one of these. */
const sections = Object.keys(regulationDocumentSchema.shape)
