import type { TraceLine } from '@ustaz/core/contract'
import { compareDecimals, negateDecimal, sumDecimals, trimDecimal } from './decimal.ts'

/** A line of a result that another computation of the same facts has otherwise. */
export interface LineChange {
  /** As it is now; as it was, where it is gone. */
  line: TraceLine
  /** null: there was no such line. */
  before: string | null
  after: string | null
  /** After minus before; what is not there counts as nothing given. */
  difference: string
}

/** Every line that differs between two computations about the same teacher, those that change most first. */
export function changedLines(before: readonly TraceLine[], after: readonly TraceLine[]): LineChange[] {
  const [old, now] = [amounts(before), amounts(after)]
  const keys = [...new Set([...now.keys(), ...old.keys()])]
  return keys
    .flatMap((key): LineChange[] => {
      const [was, is] = [old.get(key) ?? null, now.get(key) ?? null]
      const line = (is ?? was)?.line
      if (!line) return []
      const difference = differenceOf(was?.amount ?? null, is?.amount ?? null)
      const isSame = was !== null && is !== null && compareDecimals(difference, '0') === 0
      return isSame ? [] : [{ line, before: was?.amount ?? null, after: is?.amount ?? null, difference }]
    })
    .toSorted((a, b) => compareDecimals(sizeOf(b.difference), sizeOf(a.difference)))
}

/** What a result changes by; null: one of the two is not known. */
export function differenceOfTotals(before: string | null, after: string | null): string | null {
  return before === null || after === null ? null : differenceOf(before, after)
}

function differenceOf(before: string | null, after: string | null): string {
  return trimDecimal(sumDecimals([after ?? '0', negateDecimal(before ?? '0')]))
}

/** The exact amount of each line; what is about the same fact and clause in the same way is one line. */
function amounts(lines: readonly TraceLine[]): Map<string, { line: TraceLine; amount: string }> {
  const groups = Map.groupBy(lines, ({ kind, area, clause, fact, factTeacher }) =>
    JSON.stringify([kind, area, clause, factTeacher?.teacherId, fact && factKey(fact)]),
  )
  const found = new Map<string, { line: TraceLine; amount: string }>()
  for (const [key, [line, ...more]] of groups) {
    if (line) found.set(key, { line, amount: sumDecimals([line, ...more].map(({ amount }) => amount)) })
  }
  return found
}

/** A fact by its evidence, else by what it says: numbers of facts hold within one snapshot only. */
function factKey({ evidenceId, indicator, happenedOn, attributes }: NonNullable<TraceLine['fact']>): unknown {
  return evidenceId ?? [indicator, happenedOn, attributes]
}

const sizeOf = (amount: string) => amount.replace('-', '')
