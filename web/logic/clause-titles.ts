import type { LocalizedText } from '@ustaz/core/contract'
import { asObject } from './json-schema.ts'

const known = new WeakMap<object, ReadonlyMap<string, LocalizedText>>()

/** Titles of all clauses of a document by their ids. */
export function clauseTitles(document: object): ReadonlyMap<string, LocalizedText> {
  const before = known.get(document)
  if (before) return before
  const clauses = Object.values(document).flatMap((section): unknown[] =>
    Array.isArray(section) ? section : [section],
  )
  const titles = new Map(
    clauses.flatMap((clause): [string, LocalizedText][] => {
      const { id, title } = asObject(clause)
      return typeof id === 'string' && isText(title) ? [[id, title]] : []
    }),
  )
  known.set(document, titles)
  return titles
}

function isText(value: unknown): value is LocalizedText {
  const { kk, ru, en } = asObject(value)
  return [kk, ru, en].every((text) => typeof text === 'string')
}
