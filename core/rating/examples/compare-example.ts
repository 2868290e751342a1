import type { Expectation } from '../../contract/regulation/amendment.ts'
import type { Outcome } from './read-outcomes.ts'

/** One thing that came out otherwise than the example says; `path` within the expectation. */
export interface Difference {
  path: (string | number)[]
  /** null: nothing. */
  expected: string | null
  actual: string | null
}

/** Compares what is named. Numbers are compared as numbers; a criterion or area that counted nothing is 0. */
export function compareOutcome(expected: Expectation, actual: Outcome): Difference[] {
  return [
    ...compareText(expected, actual),
    ...compareNumbers(['areas'], expected.areas ?? {}, actual.areas),
    ...compareNumbers(['criteria'], expected.criteria ?? {}, actual.criteria),
    ...compareReasons(expected, actual),
    ...compareLines(expected, actual),
  ]
}

const numbers = ['total', 'money'] as const
const texts = ['status', 'shown', 'place', 'band', 'league'] as const

function compareText(expected: Expectation, actual: Outcome): Difference[] {
  const asText = (value: string | number | null) => (value === null ? null : String(value))
  const ofTexts = texts.flatMap((name) => {
    const wanted = expected[name]
    return wanted === undefined ? [] : differ([name], asText(wanted), asText(actual[name]))
  })
  const ofNumbers = numbers.flatMap((name) => {
    const wanted = expected[name]
    return wanted === undefined
      ? []
      : differ(
          [name],
          plainOrNull(wanted),
          wanted === null && actual[name] === null ? null : (plainOrNull(actual[name]) ?? why(name, actual)),
        )
  })
  return [...ofTexts, ...ofNumbers]
}

/** What stands in the place of a total that is not there: what blocks it, where something does. */
function why(name: 'total' | 'money', { status, reasons }: Outcome): string | null {
  return name === 'total' && status === 'blocked' && reasons.length > 0
    ? `blocked: ${wordsOf(reasons)}`
    : null
}

function compareNumbers(
  path: readonly string[],
  expected: Readonly<Record<string, string>>,
  actual: Readonly<Record<string, string>>,
): Difference[] {
  return Object.entries(expected).flatMap(([id, wanted]) =>
    differ([...path, id], plainDecimal(wanted), plainDecimal(actual[id] ?? '0')),
  )
}

function compareReasons({ reasons }: Expectation, actual: Outcome): Difference[] {
  if (!reasons) return []
  return differ(['reasons'], wordsOf(reasons) || null, wordsOf(actual.reasons) || null)
}

function wordsOf(reasons: readonly { code: string; clause: string | null }[]): string {
  return reasons
    .map(({ code, clause }) => (clause === null ? code : `${code} (${clause})`))
    .sort()
    .join(', ')
}

function compareLines({ lines }: Expectation, actual: Outcome): Difference[] {
  if (!lines) return []
  const longest = Math.max(lines.length, actual.lines.length)
  return Array.from({ length: longest }, (_, index) => {
    const [wanted, found] = [lines[index], actual.lines[index]]
    const clause = wanted?.clause
    const words = (line: { kind: string; clause?: string | undefined; amount: string } | undefined) =>
      line === undefined
        ? null
        : [line.kind, ...(clause === undefined ? [] : [line.clause]), plainDecimal(line.amount)].join(' ')
    return differ(['lines', index], words(wanted), words(found))
  }).flat()
}

function differ(path: (string | number)[], expected: string | null, actual: string | null): Difference[] {
  return expected === actual ? [] : [{ path, expected, actual }]
}

const plainOrNull = (amount: string | null) => (amount === null ? null : plainDecimal(amount))

/** A decimal without needless zeros or sign: -0.50 is -0.5, -0 is 0. */
export function plainDecimal(amount: string): string {
  const plain = amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
  const short = plain.replace(/^(-?)0+(?=\d)/, '$1')
  return short === '-0' ? '0' : short
}
