import { compare, exact, part, plus, sum, times, zero } from './exact.ts'
import type { Exact } from './exact.ts'

/** One of the people of a unit: `rate` held there of the `whole` the person holds. */
export interface Counted {
  value: Exact
  rate: Exact
  whole: Exact
}

/** One number for the people of a unit; at least one of them. */
export function statisticOf(
  statistic: 'sum' | 'per-fte' | 'mean' | 'median',
  people: readonly Counted[],
): Exact {
  const share = ({ rate, whole }: Counted) => part(rate, whole)
  const total = sum(
    people.map(({ value, rate, whole }) =>
      compare(rate, whole) === 0 ? value : part(times(value, rate), whole),
    ),
  )
  switch (statistic) {
    case 'sum':
      return total
    case 'per-fte':
      return part(total, sum(people.map(({ rate }) => rate)))
    case 'mean':
      return part(total, sum(people.map(share)))
    case 'median': {
      const sorted = people.toSorted((a, b) => compare(a.value, b.value))
      const half = times(sum(people.map(share)), exact('0.5'))
      let upTo = zero
      let low: Exact | null = null
      for (const person of sorted) {
        upTo = plus(upTo, share(person))
        if (low === null && compare(upTo, half) >= 0) low = person.value
        if (compare(upTo, half) > 0) return times(plus(low!, person.value), exact('0.5'))
      }
      return low!
    }
  }
}
