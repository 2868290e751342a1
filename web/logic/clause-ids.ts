import { asObject } from './json-schema.ts'

/** Ids of all clauses in the lists of a document, in their order. */
export function clauseIds(document: unknown, sections?: readonly string[]): string[] {
  return Object.entries(asObject(document)).flatMap(([section, clauses]) => {
    if (!Array.isArray(clauses) || sections?.includes(section) === false) return []
    return clauses.flatMap((clause): string[] => {
      const { id } = asObject(clause)
      return typeof id === 'string' ? [id] : []
    })
  })
}

/** An id that no clause has: the number at its end counted on ("1.2.3" becomes "1.2.4"), or a number put behind it. */
export function freeId(document: unknown, like: string): string {
  const taken = new Set(clauseIds(document))
  if (like !== '' && !taken.has(like)) return like
  const [, stem = '', digits = ''] = /^(.*?)(\d*)$/.exec(like) ?? []
  const base = digits === '' && stem !== '' ? `${stem}-` : stem
  for (let number = digits === '' ? 2 : Number(digits) + 1; ; number++) {
    const id = `${base}${number}`
    if (!taken.has(id)) return id
  }
}
