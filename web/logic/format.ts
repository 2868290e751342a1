import { toLocalTime } from '@ustaz/core/contract'
import type { Language } from '@ustaz/core/contract'
import { roundDecimal } from './decimal.ts'

/**
 * How numbers and dates of each language are written. Browsers carry no Kazakh data for Intl (Chromium's ICU leaves
 * it out), so Kazakh numbers go by ru-KZ, which writes them the same way, and Kazakh dates are put together here
 * as CLDR's kk.xml has them.
 */
const numberLocales = { kk: 'ru-KZ', ru: 'ru-KZ', en: 'en' } as const
const dateLocales = { ru: 'ru-KZ', en: 'en' } as const
const kazakhMonths = [
  'қаң.',
  'ақп.',
  'нау.',
  'сәу.',
  'мам.',
  'мау.',
  'шіл.',
  'там.',
  'қыр.',
  'қаз.',
  'қар.',
  'жел.',
]

/** Intl's separators of a language, read off once. */
interface Separators {
  decimal: string
  integer: Intl.NumberFormat
}
const known = new Map<Language, Separators>()

function separatorsOf(language: Language): Separators {
  const found = known.get(language)
  if (found) return found
  const locale = numberLocales[language]
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')
  const made = { decimal: decimal?.value ?? '.', integer: new Intl.NumberFormat(locale) }
  known.set(language, made)
  return made
}

/**
 * An exact decimal as people of the language write it, digit for digit: never through a binary float.
 * `digits`: rounded or filled up to so many digits. `sign`: also a plus before what is above zero.
 */
export function formatDecimal(
  text: string,
  language: Language,
  options: { digits?: number; sign?: boolean } = {},
): string {
  const exact = options.digits === undefined ? text : roundDecimal(text, options.digits)
  const { decimal, integer } = separatorsOf(language)
  const [whole = '0', fraction] = exact.replace('-', '').split('.')
  const isZero = /^[0.]*$/.test(exact.replace('-', ''))
  const sign = exact.startsWith('-') && !isZero ? '\u2212' : options.sign && !isZero ? '+' : ''
  return sign + integer.format(BigInt(whole)) + (fraction === undefined ? '' : decimal + fraction)
}

export function formatCount(count: number, language: Language): string {
  return separatorsOf(language).integer.format(count)
}

/** A calendar day (YYYY-MM-DD), the same in every time zone. */
export function formatDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (language === 'kk') return kazakhDay(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  return new Intl.DateTimeFormat(dateLocales[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(date)
}

/** A day of every year (MM-DD). */
export function formatMonthDay(monthAndDay: string, language: Language): string {
  const date = new Date(`2000-${monthAndDay}T00:00:00Z`)
  if (language === 'kk') return `${date.getUTCDate()}\u00a0${kazakhMonths[date.getUTCMonth()] ?? ''}`
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(dateLocales[language], options).format(date)
}

/** A moment by the clock of a time zone (IANA name). */
export function formatMoment(moment: string, language: Language, timeZone: string): string {
  const date = new Date(moment)
  if (language !== 'kk') {
    const options = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const
    return new Intl.DateTimeFormat(dateLocales[language], options).format(date)
  }
  const [day = '', time = ''] = toLocalTime(date, timeZone).split('T')
  return `${formatDay(day, language)}, ${time}`
}

/** First and last day of a period, both inclusive, with what they share written once. */
export function formatPeriod(from: string, to: string, language: Language): string {
  if (language === 'kk') return `${formatDay(from, language)} \u2013 ${formatDay(to, language)}`
  const format = new Intl.DateTimeFormat(dateLocales[language], { dateStyle: 'medium', timeZone: 'UTC' })
  return format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))
}

/** A period in the fewest words: the year, or the two years it touches ("2024/2025"). */
export function shortPeriod(from: string, to: string): string {
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)]
  return first === last ? first : `${first}/${last}`
}

export function formatBytes(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : [bytes / 1e6, 'megabyte']
  const options = { style: 'unit', unit, maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(numberLocales[language], options).format(value)
}

function kazakhDay(year: number, month: number, day: number): string {
  return `${year}\u00a0ж. ${day}\u00a0${kazakhMonths[month] ?? ''}`
}
