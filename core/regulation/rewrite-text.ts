import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, Node, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { canonicalJson, hashDocument } from '../rating/document/canonical-json.ts'
import { toYaml, yamlOptions } from './export-document.ts'
import { parseRegulation } from './parse-document.ts'

/**
 * The text of a regulation with what changed in the document written into it: comments, the order of keys and the way values are
 * written stay wherever the document says the same. Clauses are found again by their ids, so a moved one takes its comments
 * along and a deleted one takes them with it. Throws as parseRegulation if the text is no regulation.
 */
export function rewriteText(text: string, document: RegulationDocument): string {
  const before = parseRegulation(text)
  if (same(before, document)) return text
  const yaml = parseDocument(text, { stringKeys: true, resolveKnownTags: false })
  yaml.contents = rewrite(yaml, yaml.contents, { before, after: document }) as ParsedNode
  const written = yaml.toString(yamlOptions)
  // What the text says is what counts: where a rewritten text were to differ, the document is written anew, without comments.
  return hashDocument(parseRegulation(written)) === hashDocument(document) ? written : toYaml(document)
}

interface Change {
  /** What the node said, defaults filled in. */
  before: unknown
  after: unknown
}

function rewrite(yaml: Document, node: unknown, { before, after }: Change): Node {
  if (isNode(node)) {
    if (same(before, after)) return node
    if (isMap(node) && isRecord(before) && isRecord(after)) return rewriteMap(yaml, node, { before, after })
    if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) {
      return rewriteList(yaml, node, { before, after })
    }
    if (isScalar(node) && typeof after !== 'object') return rewriteScalar(node, after)
  }
  const fresh = yaml.createNode(after)
  if (isNode(node)) keepComments(node, fresh)
  return fresh
}

/** A decimal that stood without quotes stays without them, with all its digits. */
function rewriteScalar(node: Scalar, after: unknown): Node {
  const plain = typeof node.value === 'number' && typeof after === 'string' ? plainNumber.exec(after) : null
  node.value = plain ? Number(after) : after
  node.minFractionDigits = plain?.[1]?.length ?? 0
  return node
}

/** What a floating-point number holds without loss. */
const plainNumber = /^-?(?:0|[1-9]\d{0,8})(?:\.(\d{1,6}))?$/

function rewriteMap(
  yaml: Document,
  node: YAMLMap,
  { before, after }: { before: Record<string, unknown>; after: Record<string, unknown> },
): Node {
  node.items = node.items.filter(({ key }) => after[nameOf(key)] !== undefined)
  for (const [name, value] of Object.entries(after)) {
    const pair = node.items.find(({ key }) => nameOf(key) === name)
    if (pair) pair.value = rewrite(yaml, pair.value, { before: before[name], after: value })
    // A value that stands nowhere in the text is there by default; it is written down once it says something else.
    else if (!same(before[name], value)) node.items.push(yaml.createPair(name, value))
  }
  return node
}

function rewriteList(
  yaml: Document,
  node: YAMLSeq,
  { before, after }: { before: readonly unknown[]; after: readonly unknown[] },
): Node {
  const places = placesBefore(before, after)
  const items = [...node.items]
  node.items = after.map((value, index) => {
    const place = places[index] ?? null
    return place === null
      ? yaml.createNode(value)
      : rewrite(yaml, items[place], { before: before[place], after: value })
  })
  return node
}

/** Where each item stood before: by its id or, without one, as the same value; else what stood there and is gone; null: it is new. */
function placesBefore(before: readonly unknown[], after: readonly unknown[]): (number | null)[] {
  const taken = new Set<number>()
  const take = (place: number) => {
    if (place < 0) return null
    taken.add(place)
    return place
  }
  const found = after.map((value) =>
    take(before.findIndex((old, place) => !taken.has(place) && identityOf(old) === identityOf(value))),
  )
  return found.map((place, index) => place ?? take(index < before.length && !taken.has(index) ? index : -1))
}

function identityOf(value: unknown): string {
  return isRecord(value) && typeof value['id'] === 'string' ? `id ${value['id']}` : canonicalJson(value)
}

function keepComments(from: Node, to: Node): void {
  to.commentBefore = from.commentBefore ?? null
  to.comment = from.comment ?? null
  to.spaceBefore = from.spaceBefore ?? false
}

const nameOf = (key: unknown) => String(isScalar(key) ? key.value : key)
const same = (a: unknown, b: unknown) =>
  a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b)

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
