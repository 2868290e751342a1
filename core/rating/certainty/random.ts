/** Numbers that look random and are the same for the same seeds on every machine. */
export interface Random {
  /** 0 <= number < 1, 53 bits. */
  uniform(): number
  normal(): number
}

/**
 * xoshiro128** (Blackman & Vigna 2021, Scrambled linear pseudorandom number generators, ACM TOMS 47(4)). Any list of whole numbers
 * is a stream of its own, so that a replication draws the same numbers whichever others were drawn before it.
 */
export function openRandom(...seeds: readonly number[]): Random {
  const next = xoshiro128(mix(seeds))
  const uniform = () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992
  return { uniform, normal: () => normalQuantile(uniform() || Number.MIN_VALUE) }
}

/** The generator itself: answers whole numbers 0..2^32 - 1. `state`: four of them, not all 0. */
export function xoshiro128(state: readonly number[]): () => number {
  let [a, b, c, d] = state as [number, number, number, number]
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result
  }
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

/** Four well-mixed words of any seeds (the finisher of MurmurHash3, Appleby 2011). */
function mix(seeds: readonly number[]): number[] {
  let hash = 0x9e3779b9 ^ seeds.length
  const stir = (value: number): number => {
    hash = Math.imul(hash ^ value, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return (hash ^= hash >>> 16)
  }
  for (const seed of seeds) stir(seed)
  return [stir(1), stir(2), stir(3), stir(4) | 1]
}

const central = [
  [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239],
  [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
] as const // prettier-ignore
const tail = [
  [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783],
  [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
] as const // prettier-ignore

/** The number below which a standard normal one lies with probability p, 0 < p < 1 (Acklam 2003; relative error below 1.2e-9). */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p)
  if (p < 0.02425) return ratio(tail, Math.sqrt(-2 * Math.log(p)))
  const from = p - 0.5
  return from * ratio(central, from * from)
}

const ratio = ([above, below]: readonly (readonly number[])[], x: number): number =>
  horner(above!, x) / horner(below!, x)
const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)

/** A gamma variate of scale 1 (Marsaglia & Tsang 2000, ACM TOMS 26(3)); shape above 0. */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (random.uniform() || Number.MIN_VALUE) ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = random.normal()
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(random.uniform() || Number.MIN_VALUE) < (x * x) / 2 + d - d * v + d * Math.log(v))
      return d * v
  }
}

/** The numbers 0..count - 1 in a random order (Fisher & Yates). */
export function shuffled(random: Random, count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random.uniform() * (last + 1))
    const moved = order[last]!
    order[last] = order[other]!
    order[other] = moved
  }
  return order
}
