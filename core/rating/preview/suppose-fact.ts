import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import type { Comparison, Rule, Split } from '../../contract/regulation/rule.ts'
import { numbersOfFacts, textsOfFacts } from '../../contract/regulation/values.ts'
import { compareDecimals } from '../document/decimals.ts'

/** A fact that nobody has entered, to ask the engine what one more would give. By one participant, quantity 1. */
export interface SupposedFact {
  indicator: string
  happenedOn: string
  role: string | null
  attributes: Record<string, unknown>
  /** Exact decimal; null: nobody judges. */
  expertPoints: string | null
}
/** Whether the fact is to give as few points as the criterion gives at all, or as many as a table or range allows. */
export type Measure = 'least' | 'most'

/** A value by its name, as conditions and rules ask for it; numbers stay text until they become attributes. */
type Values = Map<string, string | boolean>

/** What is known of the values of an indicator's facts. */
export interface ValueKinds {
  /** Whether the value is a number, a text or a flag; null: nothing is known of it. */
  typeOf(name: string): 'number' | 'text' | 'flag' | 'other' | null
  /** What the value can be; null: anything. */
  choicesOf(name: string): readonly string[] | null
  /** null: facts carry no roles. */
  firstRole: string | null
}

/**
 * A fact that fulfils the conditions of a criterion as far as they can be read off. No points are worked out here: whether the
 * criterion counts it, and what it gives, only the engine says. `day` must lie in the criterion's window.
 */
export function supposeFact(
  criterion: Criterion,
  document: RegulationDocument,
  kinds: ValueKinds,
  { day, measure }: { day: string; measure: Measure },
): SupposedFact {
  const values: Values = new Map()
  for (const condition of criterion.where) {
    const comparison = condition.any?.[0] ?? condition
    if (comparison.value !== undefined) fulfil(values, { ...comparison, value: comparison.value }, kinds)
  }
  const factors = document.coefficients.filter(({ id }) => criterion.factors.includes(id))
  for (const rule of [criterion.points, ...factors.map((factor) => factor.rule)]) feed(values, rule, measure)
  if (criterion.split) takePart(values, criterion.split, measure)
  const { role = kinds.firstRole, expertPoints = null, ...others } = Object.fromEntries(values)
  return {
    indicator: criterion.indicator,
    happenedOn: day,
    role: role === null ? null : String(role),
    attributes: Object.fromEntries(
      Object.entries(others)
        .filter(([name]) => !name.startsWith('teacher.') && !ofEveryFact.has(name))
        .map(([name, value]) => [name, asAttribute(value, kinds.typeOf(name))]),
    ),
    expertPoints: expertPoints === null ? null : String(expertPoints),
  }
}

const ofEveryFact: ReadonlySet<string> = new Set([...numbersOfFacts, ...textsOfFacts])

/** A text that no condition names. */
const anyOther = '-'

function fulfil(values: Values, comparison: Comparison, kinds: ValueKinds): void {
  const { value: name, is, isNot, atLeast, atMost, above, below } = comparison
  if (is) values.set(name, is[0]!)
  else if (isNot) {
    const choices = kinds.choicesOf(name)
    const left = choices?.find((choice) => !isNot.map(String).includes(choice))
    if (left !== undefined) values.set(name, left)
    else if (choices === null && kinds.typeOf(name) === 'text') values.set(name, anyOther)
  } else if (atLeast !== undefined) values.set(name, atLeast)
  else if (above !== undefined) values.set(name, oneMore(above))
  else if (atMost !== undefined) values.set(name, atMost)
  else if (below !== undefined) values.set(name, oneMore(below, -1n))
}

interface Cell {
  row: string
  column: string | null
  points: string
}

/** Gives a rule the value it reads, where no condition has said which. */
function feed(values: Values, rule: Rule, measure: Measure): void {
  const set = (name: string, value: string) => {
    if (!values.has(name)) values.set(name, value)
  }
  if (rule.kind === 'per-value') set(rule.of, oneMore(rule.above, 0n, rule.per))
  if (rule.kind === 'expert') set('expertPoints', measure === 'least' ? rule.from : rule.to)
  if (rule.kind === 'tiers') {
    const tier = choose(rule.tiers, ({ points }) => points, measure)
    if (tier) set(rule.of, tier.from === null ? (tier.to ?? '1') : tier.fromInclusive ? tier.from : oneMore(tier.from)) // prettier-ignore
  }
  if (rule.kind !== 'table') return
  const { by, column } = rule
  const cells = Object.entries(rule.points).flatMap(([row, points]): Cell[] =>
    typeof points === 'string'
      ? [{ row, column: null, points }]
      : Object.entries(points).map(([name, value]) => ({ row, column: name, points: value })),
  )
  const fits = cells.filter(
    (cell) =>
      (!values.has(by) || String(values.get(by)) === cell.row) &&
      (column === null || !values.has(column) || String(values.get(column)) === cell.column),
  )
  const cell = choose(fits, ({ points }) => points, measure)
  if (!cell) return
  set(by, cell.row)
  if (column !== null && cell.column !== null) set(column, cell.column)
}

function takePart(values: Values, split: Split, measure: Measure): void {
  if (split.kind !== 'by-role' || values.has('role')) return
  if (measure === 'most') values.set('role', split.leading[0]!)
}

/** The item of fewest or most points among those that give any. */
function choose<Item>(
  items: readonly Item[],
  points: (item: Item) => string,
  measure: Measure,
): Item | undefined {
  const sorted = items
    .filter((item) => compareDecimals(points(item), '0') > 0)
    .sort((a, b) => compareDecimals(points(a), points(b)))
  return measure === 'least' ? sorted[0] : sorted.at(-1)
}

/** A number and so much more, as whole numbers; a fraction in either is kept by adding beyond the point. */
function oneMore(from: string, by = 1n, plus = '0'): string {
  const digits = Math.max(from.split('.')[1]?.length ?? 0, plus.split('.')[1]?.length ?? 0)
  const scaled = (text: string) => {
    const [whole = '0', fraction = ''] = text.split('.')
    return BigInt(whole + fraction.padEnd(digits, '0'))
  }
  const sum = scaled(from) + scaled(plus) + by * 10n ** BigInt(digits)
  if (digits === 0) return String(sum)
  const text = String(sum < 0n ? -sum : sum).padStart(digits + 1, '0')
  return `${sum < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function asAttribute(value: string | boolean, type: ReturnType<ValueKinds['typeOf']>): unknown {
  if (type === 'flag') return String(value) === 'true'
  if (type === 'number') return Number(value)
  return value
}
