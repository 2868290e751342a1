type Fields = Record<string, unknown>

/** A field that is not told in sentences: a title, a text, an id. */
export interface FieldChange {
  /** Names of fields from the clause down, without places in lists. */
  path: readonly string[]
  /** null: it was not there. */
  before: string | null
  after: string | null
}

/** Every text, number and list below a field that differs. */
export function fieldChanges(before: unknown, after: unknown, path: readonly string[]): FieldChange[] {
  if (same(before, after)) return []
  if (isBranch(before) && isBranch(after)) {
    const [old, now] = [before as Fields, after as Fields]
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    return names.flatMap((name) => fieldChanges(old[name], now[name], [...path, name]))
  }
  return [{ path, before: textOf(before), after: textOf(after) }]
}

const isBranch = (value: unknown) => typeof value === 'object' && value !== null

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Whether two values of a document say the same, whatever the order of their fields. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [old, now] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    old.length === now.size &&
    old.every(([name, value]) => now.has(name) && same(value, now.get(name)))
  )
}
