import type { ProblemParams } from '../../contract/problem.ts'
import { findNearest } from './nearest.ts'
import { plain } from './plain.ts'

/** What is wrong with a text, without its place. */
export interface Wrong {
  code: string
  params: ProblemParams
}
/** The canonical text of a cell's text (never empty), or what is wrong with it. */
export type ReadValue = (text: string, choices: Choices) => string | Wrong

/** A value that a cell may name by its code or by any of its names. */
export interface Choice {
  code: string
  /** Name in the reader's language. */
  title: string
  names: readonly string[]
}
export type ChoiceList = 'unit-kind' | 'sex' | 'leave-kind' | 'position' | 'degree'
export interface LookUp {
  /** Code by plain name. */
  codes: ReadonlyMap<string, string>
  /** Name in the reader's language by code. */
  titles: ReadonlyMap<string, string>
}
export type Choices = Readonly<Record<ChoiceList, LookUp>>

export function isWrong(value: string | Wrong): value is Wrong {
  return typeof value !== 'string'
}

const wrong = (code: string, params: ProblemParams = {}): Wrong => ({ code: `import.${code}`, params })

/**
 * One line of text as it is stored: composed letters (NFC), single spaces, nothing invisible; the apostrophe that our own exports put
 * before a formula's sign is taken away again.
 */
export function tidy(text: string): string {
  // Most cells are a word of plain letters and digits, of which nothing is to be changed.
  if (/^[\w\u0400-\u04FF.,-]*$/.test(text)) return text
  return text
    .normalize('NFC')
    .replaceAll(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
}

/** A text of at most so many letters. */
export function text(maxLetters: number): ReadValue {
  return (value) => {
    if (!value.isWellFormed()) return wrong('text-unstorable')
    return value.length > maxLetters ? wrong('too-long', { maximum: maxLetters }) : value
  }
}

/** YYYY-MM-DD or DD.MM.YYYY, 1900-2100; a time of midnight behind it is passed over. */
export const readDay: ReadValue = (value) => {
  const [, day = ''] = /^(\S+?)(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?Z?)?$/.exec(value) ?? []
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day)
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(day)
  const parts = iso ? [iso[1], iso[2], iso[3]] : dotted ? [dotted[3], dotted[2], dotted[1]] : null
  return toDay(parts ?? []) ?? wrong('day', { value })
}

function toDay([year = '', month = '', day = '']: (string | undefined)[]): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  return isReal && Number(year) >= 1900 && Number(year) <= 2100 ? text : null
}

/** Full-time equivalent above 0 and up to 2 with at most three decimals, comma or point; without superfluous zeros. */
export const readRate: ReadValue = (value) => {
  const [, whole = '', decimals = ''] = /^(\d)(?:[.,](\d{1,12}))?$/.exec(value) ?? []
  const fraction = decimals.replace(/0+$/, '')
  const thousandths = Number(whole) * 1000 + Number(fraction.padEnd(3, '0'))
  if (whole === '' || fraction.length > 3 || thousandths < 1 || thousandths > 2000)
    return wrong('rate', { value })
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** A year, 1900-2100. */
export const readYear: ReadValue = (value) => {
  const isYear = /^\d{4}$/.test(value) && Number(value) >= 1900 && Number(value) <= 2100
  return isYear ? value : wrong('year', { value })
}

/** ORCID iD, with or without address and hyphens; the last character must be the right check (ISO/IEC 7064, MOD 11-2). */
export const readOrcid: ReadValue = (value) => {
  const digits = value
    .replace(/^https?:\/\/(?:www\.)?orcid\.org\//i, '')
    .replaceAll(/[\s‐-―-]/g, '')
    .toUpperCase()
  if (!/^\d{15}[\dX]$/.test(digits)) return wrong('orcid', { value })
  const sum = [...digits.slice(0, 15)].reduce((total, digit) => (total + Number(digit)) * 2, 0)
  const check = (12 - (sum % 11)) % 11
  if (digits[15] !== (check === 10 ? 'X' : String(check))) return wrong('orcid-check', { value })
  return digits.replaceAll(/(.{4})(?!$)/g, '$1-')
}

/** A value named by its code or by a name in any language. */
export function readChoice(list: ChoiceList): ReadValue {
  return (value, choices) => {
    const { codes, titles } = choices[list]
    const code = codes.get(plain(value))
    if (code !== undefined) return code
    const near = codes.get(findNearest(plain(value), codes.keys()) ?? '')
    return near === undefined
      ? wrong('choice', { value, choices: [...titles.values()] })
      : wrong('choice-near', { value, near: titles.get(near) ?? near })
  }
}

/** The same reader that remembers some thousands of answers: days, rates and names of lists repeat from line to line. */
export function remembering(read: ReadValue, choices: Choices): (text: string) => string | Wrong {
  const answers = new Map<string, string | Wrong>()
  return (text) => {
    const known = answers.get(text)
    if (known !== undefined) return known
    const answer = read(text, choices)
    if (answers.size < 5000) answers.set(text, answer)
    return answer
  }
}

/** Choices ready to be looked up. */
export function toLookUp(choices: readonly Choice[]): LookUp {
  const names = choices.flatMap(({ code, names }) =>
    [code, ...names].map((name) => [plain(name), code] as const),
  )
  return { codes: new Map(names), titles: new Map(choices.map(({ code, title }) => [code, title])) }
}
