/** Places of texts (and names of fields) that PostgreSQL cannot store: with a NUL, or with half of a surrogate pair. */
export function placesOfBrokenTexts(value: unknown, path: readonly PropertyKey[] = []): PropertyKey[][] {
  if (typeof value === 'string') return isBroken(value) ? [[...path]] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key]
    return isBroken(key) ? [place] : placesOfBrokenTexts(item, place)
  })
}

const isBroken = (text: string) => text.includes('\0') || !text.isWellFormed()
