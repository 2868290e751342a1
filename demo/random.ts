/**
 * A stream of pseudo-random draws, always the same for the same keys: SplitMix (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014) with 32 bits of state and the finaliser of MurmurHash3 (Appleby, 2011).
 * Every thing that is drawn has a stream of its own, so that any of them can be drawn again without the rest. Only +, * and bits
 * are used: no machine rounds them differently.
 */
export class Random {
  #state: number

  constructor(...keys: readonly (string | number)[]) {
    this.#state = keys.reduce<number>((state, key) => hash(state, key), fnvOffset)
  }

  /** 0 <= x < 1. */
  unit(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    return (finalise(this.#state) >>> 0) / 2 ** 32
  }

  /** From `low` to `high`, both inclusive. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)]!
  }

  /** An index into `weights`, each as likely as its weight says. */
  weighted(weights: readonly number[]): number {
    let total = 0
    for (const weight of weights) total += weight
    let rest = this.unit() * total
    const found = weights.findIndex((weight) => (rest -= weight) < 0)
    return found < 0 ? weights.length - 1 : found
  }

  /** How often something happens that happens `mean` times on average: binomial (each trial at most an eighth), near to Poisson. */
  count(mean: number): number {
    const trials = Math.ceil(mean * 8)
    let count = 0
    for (let i = 0; i < trials; i++) if (this.unit() * trials < mean) count++
    return count
  }
}

const fnvOffset = 0x811c9dc5

/** FNV-1a (Fowler, Noll and Vo) over UTF-16 code units; each key is finalised before the next. */
function hash(state: number, key: string | number): number {
  const text = String(key)
  let value = state
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return finalise(value)
}

function finalise(value: number): number {
  let z = value
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return z ^ (z >>> 16)
}
