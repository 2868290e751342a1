import { isCollection, isNode, isScalar, Lexer, LineCounter, parseDocument, visit } from 'yaml'
import type { Document } from 'yaml'
import type { z } from 'zod'
import { UstazError } from '../contract/problem.ts'
import type { Fault } from '../contract/problem.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { faultOfIssue, partsOf } from '../messages/zod-fault.ts'

/** Largest document that is read. Table 1 of a whole university, with comments, is about 60 kB. */
export const maxDocumentBytes = 1_000_000

/** Most tokens (words, brackets, dashes, line ends) in a document: composing takes longer than reading them. Table 1 of KazUTB has 12,000. */
const maxTokens = 100_000

/** Faults named at once; a text that is no regulation at all has thousands. */
const maxFaults = 100

export interface RegulationText {
  document: RegulationDocument
  /** The YAML as it was written, to keep its comments; null: written as JSON, which has none. */
  text: string | null
  /** Line in which the value at a JSON pointer stands, or what is nearest around it; counts from 1. */
  lineAt(pointer: string): number
}

/**
 * Reads a regulation from YAML 1.2 or JSON (which is read as YAML, so that both get line numbers). Numbers may stand with or
 * without quotes; their digits are kept as written. Throws UstazError `regulation-too-large`, `regulation-too-long`,
 * `regulation-not-text`, `regulation-unreadable` (no YAML, or aliases in it), `regulation-invalid` (not what the schema says); the last two name
 * each fault with path and line.
 */
export function readRegulation(source: string | Uint8Array): RegulationText {
  const lines = new LineCounter()
  const text = decode(source)
  const yaml = readYaml(text, lines)
  keepDecimalsAsWritten(yaml)
  const input: unknown = yaml.toJS()
  const lineAt = (path: readonly PropertyKey[]) => lineOf(yaml, lines, path)
  const result = regulationDocumentSchema.safeParse(input)
  if (!result.success) throw invalidDocument(result.error.issues, input, lineAt)
  const isJson = isCollection(yaml.contents) && yaml.contents.flow === true
  return {
    document: result.data,
    text: isJson ? null : text,
    lineAt: (pointer) => lineAt(partsOf(pointer)),
  }
}

/** The document alone. Throws as readRegulation. */
export function parseRegulation(source: string | Uint8Array): RegulationDocument {
  return readRegulation(source).document
}

function invalidDocument(
  found: readonly z.core.$ZodIssue[],
  input: unknown,
  lineAt: (path: readonly PropertyKey[]) => number,
): UstazError {
  const issues = found.slice(0, maxFaults).map((issue) => {
    const { path, code, params } = faultOfIssue(issue, input)
    const at = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
    return { path, code, params: { ...params, sourceLine: lineAt(at) } }
  })
  return new UstazError('regulation-invalid', { status: 422, params: { count: found.length }, issues })
}

function decode(source: string | Uint8Array): string {
  const bytes = typeof source === 'string' ? Buffer.byteLength(source) : source.byteLength
  if (bytes > maxDocumentBytes) {
    throw new UstazError('regulation-too-large', { status: 413, params: { bytes, limit: maxDocumentBytes } })
  }
  if (typeof source === 'string') return source
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source)
  } catch (cause) {
    throw new UstazError('regulation-not-text', { status: 422, cause })
  }
}

function readYaml(text: string, lines: LineCounter): Document {
  const yaml = composeYaml(text, lines)
  const lineAt = (offset: number) => lines.linePos(offset).line
  const errors = yaml.errors.map(({ code, pos }) => notYaml(code, lineAt(pos[0])))
  const issues = [...errors.slice(0, maxFaults), ...findTraps(yaml, lineAt)].slice(0, maxFaults)
  if (issues.length > 0) throw new UstazError('regulation-unreadable', { status: 422, issues })
  return yaml
}

/** The library's own search for keys that stand twice takes quadratic time: findTraps does it. */
const parseOptions = {
  stringKeys: true,
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
} as const

function composeYaml(text: string, lineCounter: LineCounter): Document {
  let tokens = 0
  for (const _ of new Lexer().lex(text)) {
    tokens++
    if (tokens > maxTokens)
      throw new UstazError('regulation-too-long', { status: 413, params: { limit: maxTokens } })
  }
  try {
    return parseDocument(text, { lineCounter, ...parseOptions })
  } catch (cause) {
    // Nesting deeper than the call stack.
    throw new UstazError('regulation-unreadable', { status: 422, cause })
  }
}

/** Aliases (a few lines of them can stand for gigabytes, and a regulation is read by people) and keys that stand twice. */
function findTraps(yaml: Document, lineAt: (offset: number) => number): Fault[] {
  const issues: Fault[] = []
  visit(yaml, {
    Alias(_, { source, range }) {
      const sourceLine = lineAt(range?.[0] ?? 0)
      issues.push({ path: '', code: 'regulation.alias', params: { name: source, sourceLine } })
    },
    Map(_, { items }) {
      const keys = new Set<unknown>()
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key
        if (keys.has(name))
          issues.push(notYaml('DUPLICATE_KEY', isNode(key) ? lineAt(key.range?.[0] ?? 0) : 1))
        keys.add(name)
      }
    },
  })
  return issues
}

const notYaml = (fault: string, sourceLine: number): Fault => ({
  path: '',
  code: 'regulation.not-yaml',
  params: { fault, sourceLine },
})

/** Where the schema wants text and a plain number stands, the number becomes its own digits: 4.0 stays "4.0". */
function keepDecimalsAsWritten(yaml: Document): void {
  const { error } = regulationDocumentSchema.safeParse(yaml.toJS())
  for (const path of (error?.issues ?? []).flatMap((issue) => placesOfText(issue, []))) {
    const node = path.length > 0 ? yaml.getIn(path, true) : null
    if (isScalar(node) && typeof node.value === 'number' && node.source) node.value = node.source
  }
}

/** Where a fault says that text is wanted; of a union also what each of its parts says. */
function placesOfText(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): PropertyKey[][] {
  const path = [...above, ...issue.path]
  if (issue.code === 'invalid_type') return issue.expected === 'string' ? [path] : []
  if (issue.code !== 'invalid_union') return []
  return [path, ...issue.errors.flat().flatMap((inner) => placesOfText(inner, path))]
}

/** Line of the value or of the nearest thing around what is missing; counts from 1. */
function lineOf(yaml: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}
