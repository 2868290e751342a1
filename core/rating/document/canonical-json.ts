import { createHash } from 'node:crypto'

/**
 * JSON with the keys of every object in code unit order and no white space (the form of RFC 8785 for what a parsed
 * document holds: strings, finite numbers, booleans, null, arrays, plain objects). Fields that are undefined are left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) return canonicalObject(Object.entries(value))
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined || (typeof value === 'number' && !Number.isFinite(value))) {
    throw new TypeError(`${typeof value} has no JSON form`)
  }
  return text
}

function canonicalObject(entries: readonly (readonly [string, unknown])[]): string {
  const fields = entries
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`)
  return `{${fields.join(',')}}`
}

/** sha256 of the canonical JSON in UTF-8, hex: the same for the same content whatever the order of its keys. */
export function hashDocument(document: unknown): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex')
}
