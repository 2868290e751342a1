import type { Comparison, Condition } from '../../contract/regulation/rule.ts'
import { compareDecimals } from '../document/decimals.ts'
import { comparisonsOf } from './condition.ts'

/** Whether surely no row fulfils both: some value is held to two things that exclude each other. */
export function areDisjoint(a: readonly Condition[], b: readonly Condition[]): boolean {
  return a.some((one) => b.some((other) => exclude(one, other)))
}

/** Every alternative of one excludes every alternative of the other; a formula excludes nothing that is known. */
function exclude(a: Condition, b: Condition): boolean {
  const [ofA, ofB] = [comparisonsOf(a), comparisonsOf(b)]
  if (ofA.length === 0 || ofB.length === 0) return false
  return ofA.every((one) => ofB.every((other) => one.value === other.value && excludeValues(one, other)))
}

function excludeValues(a: Comparison, b: Comparison): boolean {
  if (a.unknown && b.unknown) return false
  if (a.unknown) return asksKnown(b)
  if (b.unknown) return asksKnown(a)
  return excludesChoices(a, b) || excludesChoices(b, a) || liesAbove(a, b) || liesAbove(b, a)
}

/** Every test but `unknown` fails for what is unknown. */
function asksKnown({ is, isNot, atLeast, atMost, above, below }: Comparison): boolean {
  return [is, isNot, atLeast, atMost, above, below].some((test) => test !== undefined)
}

/** What a allows, b forbids or does not name. */
function excludesChoices(a: Comparison, b: Comparison): boolean {
  if (!a.is) return false
  const [allowed, named, forbidden] = [a.is, b.is, b.isNot].map((values) => values?.map(String))
  return allowed!.every(
    (value) => forbidden?.includes(value) || (named !== undefined && !named.includes(value)),
  )
}

/** Every number a lets through is above every number b lets through. */
function liesAbove(a: Comparison, b: Comparison): boolean {
  const low = ends(a.atLeast, a.above)
  const high = ends(b.atMost, b.below)
  return low.some((from) =>
    high.some((to) => {
      const order = compareDecimals(from.bound, to.bound)
      return order > 0 || (order === 0 && (from.isOpen || to.isOpen))
    }),
  )
}

function ends(closed: string | undefined, open: string | undefined): { bound: string; isOpen: boolean }[] {
  return [
    ...(closed === undefined ? [] : [{ bound: closed, isOpen: false }]),
    ...(open === undefined ? [] : [{ bound: open, isOpen: true }]),
  ]
}
