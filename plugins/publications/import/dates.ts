/** A date as far as known: `date` is YYYY, YYYY-MM or YYYY-MM-DD; both are null when not even the year is known. */
export type KnownDate = { year: number | null; date: string | null }

export const unknownDate: KnownDate = { year: null, date: null }

const two = (value: number) => String(value).padStart(2, '0')
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Builds a date from numbers, dropping a month or day that cannot be: (2020, 13, 1) is known only as 2020. */
export function dateOf(year: unknown, month?: unknown, day?: unknown): KnownDate {
  const y = Number(year)
  if (year == null || year === '' || !Number.isInteger(y) || y < 1400 || y > 2200) return unknownDate
  const m = Number(month)
  if (!Number.isInteger(m) || m < 1 || m > 12) return { year: y, date: String(y) }
  const d = Number(day)
  if (!Number.isInteger(d) || d < 1 || d > daysIn(y, m)) return { year: y, date: `${y}-${two(m)}` }
  return { year: y, date: `${y}-${two(m)}-${two(d)}` }
}

/** First date of Crossref's and CSL's `date-parts` ([[2020, 3]]); [[null]] is how Crossref says "unknown". */
export function dateOfParts(parts: unknown): KnownDate {
  const first: unknown = Array.isArray(parts) ? parts[0] : null
  return Array.isArray(first) ? dateOf(first[0], first[1], first[2]) : unknownDate
}

/** Month names by their first letters, in English, Russian and Kazakh as they stand in exported files. */
const monthStarts: readonly (readonly string[])[] = [
  ['jan', 'янв', 'қаң'],
  ['feb', 'фев', 'ақп'],
  ['mar', 'мар', 'нау'],
  ['apr', 'апр', 'сәу'],
  ['may', 'мая', 'май', 'мам'],
  ['jun', 'июн', 'мау'],
  ['jul', 'июл', 'шіл'],
  ['aug', 'авг', 'там'],
  ['sep', 'сен', 'қыр'],
  ['oct', 'окт', 'қаз'],
  ['nov', 'ноя', 'қар'],
  ['dec', 'дек', 'жел'],
]

/** Number 1-12 of a month given as a number or a name ("03", "March", "марта"), else null. */
export function monthNumber(text: string): number | null {
  if (/^\d{1,2}$/.test(text)) return Number(text) >= 1 && Number(text) <= 12 ? Number(text) : null
  const start = text.trim().toLowerCase().slice(0, 3)
  const index = monthStarts.findIndex((names) => names.includes(start))
  return index === -1 ? null : index + 1
}

/**
 * A date out of free text: "2016/12//", "2005-07-15", "Mar 2011", "15.03.2011", "2013/02/15/received", "[2009?]".
 * Of a range the start is taken; of a text without a date the first number that can be a year.
 */
export function looseDate(text: string): KnownDate {
  const yearFirst = /(?<!\d)(\d{4})(?:\s*[-/.]\s*(\d{1,2}|\p{L}{3,}))?(?:\s*[-/.]\s*(\d{1,2}))?(?!\d)/u.exec(
    text,
  )
  const dayFirst = /(?<!\d)(\d{1,2})[.\s/-]+(\d{1,2}|\p{L}{3,})\.?[.,\s/-]+(\d{4})(?!\d)/u.exec(text)
  if (dayFirst) return dateOf(dayFirst[3], monthNumber(dayFirst[2] ?? ''), dayFirst[1])
  const named = /(\p{L}{3,})\.?,?\s+(?:(\d{1,2}),?\s+)?(\d{4})(?!\d)/u.exec(text)
  const month = named ? monthNumber(named[1] ?? '') : null
  if (named && month !== null) return dateOf(named[3], month, named[2])
  if (!yearFirst) return unknownDate
  return dateOf(yearFirst[1], monthNumber(yearFirst[2] ?? ''), yearFirst[3])
}
