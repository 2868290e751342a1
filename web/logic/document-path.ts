/** Where a value stands in a document: names of fields and places in lists. */
export type Path = readonly (string | number)[]

type Container = Record<string, unknown> | readonly unknown[]

/** The value at a path; undefined: there is none. */
export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (isContainer(value) ? (value as Record<string | number, unknown>)[key] : undefined),
    document,
  )
}

/** A copy of the document with another value at the path; what does not change is shared. `undefined` takes a field out. */
export function putAt(document: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const inner = putAt(isContainer(document) ? valueAt(document, [key]) : undefined, rest, value)
  if (Array.isArray(document)) {
    const list = document as readonly unknown[]
    return list.map((item, index) => (index === Number(key) ? inner : item))
  }
  const fields = isContainer(document) ? (document as Record<string, unknown>) : {}
  if (inner !== undefined) return { ...fields, [key]: inner }
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key))
}

/** A copy with the list at the path changed. */
function changeList(
  document: unknown,
  path: Path,
  change: (list: readonly unknown[]) => readonly unknown[],
): unknown {
  const list = valueAt(document, path)
  return putAt(document, path, change(Array.isArray(list) ? list : []))
}

/** A copy with an item put into the list before `place`; after the last one if there is no such place. */
export function insertAt(document: unknown, path: Path, place: number, item: unknown): unknown {
  return changeList(document, path, (list) => [...list.slice(0, place), item, ...list.slice(place)])
}

export function removeAt(document: unknown, path: Path, place: number): unknown {
  return changeList(document, path, (list) => list.filter((_, index) => index !== place))
}

/** A copy with an item of the list at another place. */
export function moveAt(document: unknown, path: Path, from: number, to: number): unknown {
  return changeList(document, path, (list) => {
    const rest = list.filter((_, index) => index !== from)
    return [...rest.slice(0, to), list[from], ...rest.slice(to)]
  })
}

/** The path as a JSON pointer (RFC 6901), as faults name places. */
export function pointerOf(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The parts of a JSON pointer; places in lists are numbers. */
export function placesOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^(0|[1-9]\d*)$/.test(part) ? Number(part) : part))
}

/** The nearest list of clauses around a path, and the place in it: what an editor opens to show it; null: it is in none. */
export function clauseOf(pointer: string): { section: string; place: number } | null {
  const [, section = '', place = ''] = pointer.split('/')
  return /^\d+$/.test(place) ? { section, place: Number(place) } : null
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}
