import type { Aggregation, AreaNormalisation } from '../../contract/regulation/composite.ts'

/** null: unknown. */
export type Known = number | null

const mean = (values: readonly number[]) => values.reduce((all, one) => all + one, 0) / values.length

/** Hyndman & Fan 1996, definition 7. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = ((sorted.length - 1) * percent) / 100
  const low = sorted[Math.floor(place)]!
  return low + (sorted[Math.ceil(place)]! - low) * (place - Math.floor(place))
}

const ninth = (value: number) => Math.round(value * 1e9)

export const isPlain = ({ method, winsorise, log, factor, shift }: AreaNormalisation) =>
  method === 'none' && winsorise === null && log === null && Number(factor) === 1 && Number(shift) === 0

/** The values of one area in one group on their scale, by the formulas of core/rating/composite/README.md. */
export function onScale(values: readonly Known[], rule: AreaNormalisation): Known[] {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return values.map(() => null)
  const [low, high] = rule.winsorise
    ? [percentile(known, Number(rule.winsorise.lower)), percentile(known, Number(rule.winsorise.upper))]
    : [-Infinity, Infinity]
  const log = (value: number): Known => {
    if (rule.log === null) return value
    const result = rule.log === 'ln' ? Math.log(value) : Math.log(1 + value)
    return Number.isFinite(result) ? result : null
  }
  const prepared = values.map((value) => (value === null ? null : log(Math.min(high, Math.max(low, value)))))
  const place = scale(
    prepared.filter((value) => value !== null),
    rule,
    log,
  )
  return prepared.map((value) => {
    const found = value === null ? null : place(value)
    return found === null ? null : found * Number(rule.factor) + Number(rule.shift)
  })
}

function scale(
  values: readonly number[],
  rule: AreaNormalisation,
  log: (value: number) => Known,
): (value: number) => Known {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const middle = percentile(values, 50)
  const average = mean(values)
  const over = (by: number) => (value: number) => (by > 0 ? value / by : value === 0 ? 0 : null)
  switch (rule.method) {
    case 'none':
      return (value) => value
    case 'min-max':
      return (value) => (least === most ? 0.5 : (value - least) / (most - least))
    case 'z': {
      const spread = Math.sqrt(mean(values.map((value) => (value - average) ** 2)))
      return (value) => (least === most ? 0 : (value - average) / spread)
    }
    case 'robust-z': {
      const away = values.map((value) => Math.abs(value - middle))
      const mad = percentile(away, 50)
      // 1 / 0.6745 and the square root of half of pi, as Iglewicz & Hoaglin give them rounded.
      const spread = mad > 0 ? 1.482602218505602 * mad : Math.sqrt(Math.PI / 2) * mean(away)
      return (value) => (least === most ? 0 : (value - middle) / spread)
    }
    case 'rank':
      return (value) => {
        const below = values.filter((other) => ninth(other) < ninth(value)).length
        const equal = values.filter((other) => ninth(other) === ninth(value)).length
        return (below + equal / 2) / values.length
      }
    case 'goalposts': {
      const [from, to] = [log(Number(rule.low))!, log(Number(rule.high))!]
      return (value) => {
        const found = (value - from) / (to - from)
        return rule.clamp ? Math.min(1, Math.max(0, found)) : found
      }
    }
    case 'share-of-maximum':
      return over(most)
    case 'median-ratio':
      return over(middle)
  }
}

/** Values and weights of one teacher, area by area; `league` null: in none. */
export interface Row {
  values: readonly Known[]
  weights: readonly number[]
  league: string | null
}

/** Totals by the formulas of core/rating/composite/README.md; null: there is none. */
export function aggregateAll(rows: readonly Row[], spec: Aggregation, areas: readonly string[]): Known[] {
  switch (spec.method) {
    case 'borda':
    case 'copeland':
    case 'lexicographic':
      return byLeague(rows, spec, areas)
    default:
      return rows.map((row) => aggregateOne(row, spec, areas))
  }
}

type OfOne = Exclude<Aggregation, { method: 'borda' | 'copeland' | 'lexicographic' }>

function aggregateOne({ values, weights }: Row, spec: OfOne, areas: readonly string[]): Known {
  const pairs = values.map((x, index) => ({ x, w: weights[index]! })).filter(({ w }) => w !== 0)
  if (spec.method === 'at-least') return atLeast(values, weights, spec, areas)
  if (pairs.some(({ w }) => Number.isNaN(w))) return null
  const known = pairs.flatMap(({ x, w }) => (x === null ? [] : [{ x, w }]))
  const leavesOut = 'whenUnknown' in spec && spec.whenUnknown === 'leave-out'
  if (known.length === 0 || (known.length < pairs.length && !leavesOut)) return null
  const all = (f: (pair: { x: number; w: number }) => number) => known.reduce((sum, pair) => sum + f(pair), 0)
  const whole = all(({ w }) => w)
  const [hasNegative, hasZero] = [known.some(({ x }) => x < 0), known.some(({ x }) => x === 0)]
  const stops = 'whenZero' in spec && spec.whenZero === 'block' && hasZero
  switch (spec.method) {
    case 'sum':
      return all(({ x, w }) => x * w)
    case 'arithmetic':
      return all(({ x, w }) => x * w) / whole
    case 'geometric':
      return hasNegative || stops ? null : hasZero ? 0 : Math.exp(all(({ x, w }) => w * Math.log(x)) / whole)
    case 'harmonic':
      return hasNegative || stops ? null : hasZero ? 0 : whole / all(({ x, w }) => w / x)
    case 'power': {
      const p = Number(spec.p)
      if ((hasNegative && p !== 1) || (p < 0 && stops)) return null
      if (p < 0 && hasZero) return 0
      return (all(({ x, w }) => w * x ** p) / whole) ** (1 / p)
    }
    case 'minimum':
      return Math.min(...known.map(({ x }) => x))
  }
}

function atLeast(
  values: readonly Known[],
  weights: readonly number[],
  spec: Extract<Aggregation, { method: 'at-least' }>,
  areas: readonly string[],
): Known {
  const asked = areas.flatMap((area, index) => {
    const needed = typeof spec.value === 'string' ? spec.value : spec.value[area]
    return needed === undefined || weights[index] === 0
      ? []
      : [{ x: values[index] ?? null, needed: Number(needed) }]
  })
  const reached = asked.filter(({ x, needed }) => x !== null && x >= needed).length
  const open = asked.filter(({ x }) => x === null).length
  if (reached >= spec.areas) return 1
  return reached + open >= spec.areas ? null : 0
}

function byLeague(
  rows: readonly Row[],
  spec: Extract<Aggregation, { method: 'borda' | 'copeland' | 'lexicographic' }>,
  areas: readonly string[],
): Known[] {
  const counts = areas.map((area, index) =>
    spec.method === 'lexicographic' ? Number(spec.order.includes(area)) : rows[0]!.weights[index]!,
  )
  const isWhole = (row: Row) => row.values.every((value, index) => counts[index] === 0 || value !== null)
  return rows.map((row) => {
    if (row.league === null || !isWhole(row)) return null
    const others = rows.filter((other) => other !== row && other.league === row.league && isWhole(other))
    const sign = (other: Row, index: number) =>
      Math.sign(ninth(row.values[index]!) - ninth(other.values[index]!))
    const each = (f: (other: Row) => number) => others.reduce((sum, other) => sum + f(other), 0)
    switch (spec.method) {
      case 'borda':
        return counts.reduce(
          (sum, w, index) => sum + (w === 0 ? 0 : w * each((other) => (sign(other, index) + 1) / 2)),
          0,
        )
      case 'copeland':
        return each((other) =>
          Math.sign(ninth(counts.reduce((sum, w, index) => sum + (w === 0 ? 0 : w * sign(other, index)), 0))),
        )
      case 'lexicographic': {
        const order = spec.order.map((area) => areas.indexOf(area))
        return each((other) =>
          Number((order.map((index) => sign(other, index)).find((found) => found !== 0) ?? 0) > 0),
        )
      }
    }
  })
}
