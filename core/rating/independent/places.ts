import type { RegulationDocument } from '../../contract/regulation/document.ts'
import {
  compare,
  cutOff,
  divide,
  exact,
  greatest,
  isZero,
  least,
  minus,
  roundTo,
  sum,
  times,
  zero,
} from './exact.ts'
import type { Exact } from './exact.ts'

/** Somebody who is ranked. */
export interface Candidate {
  code: string
  league: string | null
  total: Exact
  /** Scores of the areas that decide between equals; null: unknown. */
  ties: readonly (Exact | null)[]
  /** The best place the requirements allow. */
  lowest: number
}

/** Step 16: places by code, given one after the other from the first. */
export function placesOf(
  { ranking }: RegulationDocument,
  candidates: readonly Candidate[],
): Map<string, number> {
  const places = new Map<string, number>()
  for (const league of Map.groupBy(candidates, (one) => one.league).values()) {
    let left = league
    let next = 1
    while (left.length > 0) {
      const place = Math.max(next, Math.min(...left.map(({ lowest }) => lowest)))
      const allowed = left.filter(({ lowest }) => lowest <= place)
      const best = allowed.reduce((a, b) => (compareCandidates(ranking, b, a) > 0 ? b : a))
      const tied = allowed.filter((one) => isTied(ranking, one, best))
      for (const { code } of tied) places.set(code, place)
      next = place + (ranking.ties === 'dense' ? 1 : tied.length)
      left = left.filter((one) => !tied.includes(one))
    }
  }
  return places
}

type Ranking = RegulationDocument['ranking']
const nine = (value: Exact) => roundTo(value, 9)

function isTied(ranking: Ranking, one: Candidate, best: Candidate): boolean {
  if (ranking.tiedWithin === null) return compareCandidates(ranking, one, best) === 0
  return compare(minus(nine(best.total), nine(one.total)), exact(ranking.tiedWithin)) <= 0
}

function compareCandidates({ tiedWithin }: Ranking, a: Candidate, b: Candidate): number {
  const byTotal = compare(nine(a.total), nine(b.total))
  if (byTotal !== 0 || tiedWithin !== null) return byTotal
  for (const [index, tie] of a.ties.entries()) {
    const other = b.ties[index] ?? null
    const order =
      tie === null || other === null
        ? Number(other === null) - Number(tie === null)
        : compare(nine(tie), nine(other))
    if (order !== 0) return order
  }
  return 0
}

/** The band's id; null: none. `size`: the ranked of the league. `notAbove`: bands that requirements name. */
export function bandOf(
  { bands, bandsBy }: RegulationDocument,
  { total, place, size }: { total: Exact | null; place: number | null; size: number },
  notAbove: readonly string[],
): string | null {
  const known = bandsBy === 'total' ? total : place === null ? null : exact(100 * place)
  if (known === null) return null
  const by = exact(bandsBy === 'total' ? 1 : size)
  const index = bands.findIndex(({ from, to }) => {
    const low = from === null ? 1 : compare(known, times(exact(from), by))
    const high = to === null ? -1 : compare(known, times(exact(to), by))
    return bandsBy === 'total' ? low >= 0 && high < 0 : low > 0 && high <= 0
  })
  if (index < 0) return null
  const limits = notAbove.map((id) => bands.findIndex((band) => band.id === id))
  return bands[bandsBy === 'total' ? Math.min(index, ...limits) : Math.max(index, ...limits)]!.id
}

/** Amounts by code of those to whom money is due; null: it cannot be told or there is none. */
export function moneyOf(
  { money }: RegulationDocument,
  due: readonly { code: string; total: Exact; position: string | null; band: string | null }[],
): Map<string, Exact | null> {
  const paid = (amount: (one: (typeof due)[number]) => Exact | null) =>
    new Map(due.map((one) => [one.code, amount(one)]))
  if (money === null) return paid(() => null)
  switch (money.kind) {
    case 'base':
      return paid(({ total, position }) => {
        const rate = position === null ? undefined : money.rates[position]
        if (rate === undefined) return null
        const whole = times(times(exact(money.base), exact(rate)), greatest(total, zero))
        const by = times(exact(100), exact(money.per))
        if (money.cap === null) return divide(whole, by, money.digits)
        return divide(least(whole, times(exact(money.cap), by)), by, money.digits)
      })
    case 'fund': {
      const all = sum(due.map(({ total }) => greatest(total, zero)))
      return paid(({ total }) =>
        compare(total, zero) > 0 && !isZero(all)
          ? cutOff(times(exact(money.amount), total), all, money.digits)
          : zero,
      )
    }
    case 'bands':
      return paid(({ band }) => {
        const amount = band === null ? undefined : money.byBand[band]
        return amount === undefined ? null : roundTo(exact(amount), money.digits)
      })
  }
}
