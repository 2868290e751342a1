import type { Finding } from '../contract/problem.ts'
import { UstazError } from '../contract/problem.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { faultsOf } from '../messages/zod-fault.ts'
import { toYaml } from './export-document.ts'
import { readRegulation } from './parse-document.ts'
import { rewriteText } from './rewrite-text.ts'

export interface CheckedInput {
  /** null: the input has not the form of a regulation. */
  document: RegulationDocument | null
  /** The document as YAML; null: there is no document, or no text was asked for. */
  text: string | null
  issues: Finding[]
}

type FindIssues = (document: RegulationDocument) => readonly Finding[] | Promise<readonly Finding[]>

/**
 * Looks at a document that may have any form. `into`: YAML to write it into, null within: write it anew; null: no text is asked for,
 * which saves most of the time.
 */
export async function checkDocumentInput(
  input: unknown,
  into: { text: string | null } | null,
  findIssues: FindIssues,
): Promise<CheckedInput> {
  const result = regulationDocumentSchema.safeParse(input)
  if (!result.success) return unformed(faultsOf(result.error, input))
  const document = result.data
  const issues = [...(await findIssues(document))]
  return { document, text: into && writeText(document, into.text), issues }
}

function writeText(document: RegulationDocument, text: string | null): string {
  return text === null ? toYaml(document) : rewriteText(text, document)
}

/** Looks at YAML or JSON; each fault with the line it stands in. Throws only where the text cannot be a regulation at all (too large). */
export async function checkTextInput(text: string, findIssues: FindIssues): Promise<CheckedInput> {
  try {
    const { document, lineAt } = readRegulation(text)
    const issues = await findIssues(document)
    return {
      document,
      text,
      issues: issues.map((issue) => ({
        ...issue,
        params: { ...issue.params, sourceLine: lineAt(issue.path) },
      })),
    }
  } catch (error) {
    if (!(error instanceof UstazError) || error.issues.length === 0) throw error
    return unformed(error.issues)
  }
}

function unformed(faults: readonly Omit<Finding, 'severity'>[]): CheckedInput {
  return { document: null, text: null, issues: faults.map((fault) => ({ ...fault, severity: 'error' })) }
}
