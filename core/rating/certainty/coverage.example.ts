/**
 * For coverage.test.ts: leagues whose true order is known. Observed points = true points + errors of the size that is declared; how
 * often does the interval hold the true rank, and how wide is it beside that of an oracle that knows the set of true
 * totals and only not who has which? Run as a program it prints a table of many more leagues (README.md).
 */
import { pathToFileURL } from 'node:url'
import { rankWithin } from '../composite/rank-within.ts'
import { assessCertainty } from './assess.ts'
import { inputOf } from './example-input.ts'
import { openRandom } from './random.ts'
import type { Random } from './random.ts'

/** True totals of a league, of a spread of about 1, by the number of the teacher. */
export const shapes = {
  normal: (_row, _size, random) => random.normal(),
  'evenly spaced': (row, size) => (3.46 * row) / size,
  'nearly tied': (row) => 1e-6 * row,
  'two clusters': (row, _size, random) => (row % 2 === 0 ? 1 : -1) + 0.01 * random.normal(),
  skewed: (_row, _size, random) => -Math.log(1 - random.uniform()),
  'few far ahead': (row, size, random) => (row < 0.05 * size ? 8 + random.normal() : 0.2 * random.normal()),
  'most alike': (row, size, random) => (row < 0.7 * size ? 0.001 : 1) * (1.5 + random.normal()),
} satisfies Record<string, (row: number, size: number, random: Random) => number>
export type Shape = keyof typeof shapes

export interface Simulated {
  /** Share of the teachers whose true rank lies in their interval. */
  coverage: number
  /** Mean share of the league that an interval holds. */
  width: number
  /** The same of intervals from adding noise once more to the noisy points. */
  naive: { coverage: number; width: number }
  oracle: { coverage: number; width: number }
}

const draws = 200

/** `noise`: standard deviation of the error of a total, as a share of the spread; of single teachers half to one and a half of it. */
export function simulate(
  league: { shape: Shape; size: number; noise: number },
  runs: number,
  seed: number,
): Simulated {
  const results = Array.from({ length: runs }, (_, run) => simulateOnce(league, openRandom(seed, run)))
  const mean = (read: (result: Simulated) => number) =>
    results.reduce((sum, result) => sum + read(result), 0) / runs
  return {
    coverage: mean(({ coverage }) => coverage),
    width: mean(({ width }) => width),
    naive: { coverage: mean(({ naive }) => naive.coverage), width: mean(({ naive }) => naive.width) },
    oracle: { coverage: mean(({ oracle }) => oracle.coverage), width: mean(({ oracle }) => oracle.width) },
  }
}

/** Three areas, of which one is exact and two are noisy, the second of them with a weight of 2. */
function simulateOnce({ shape, size, noise }: Parameters<typeof simulate>[0], random: Random): Simulated {
  const truth = Float64Array.from(
    { length: size },
    (_, row) => shapes[shape](row, size, random) + 1e-9 * random.uniform(),
  )
  const own = Array.from(truth, () => noise * (0.5 + random.uniform()))
  const exact = Array.from(truth, () => random.normal())
  const rows = Array.from(truth, (total, row) => [
    exact[row]!,
    0.5 * total - exact[row]! + own[row]! * 0.6 * random.normal(),
    (0.5 * total + own[row]! * 0.8 * random.normal()) / 2,
  ])
  const input = inputOf({
    rows,
    weights: [1, 1, 2],
    noise: own.flatMap((deviation) => [0, 0.6 * deviation, 0.4 * deviation]),
    settings: { replications: draws },
  })
  const { lower, upper } = assessCertainty(input)
  const trueRanks = rankWithin(truth, input.groups)
  const observed = Float64Array.from(rows, ([a, b, c]) => a! + b! + 2 * c!)
  const judge = (intervals: Intervals) => judged(trueRanks, intervals)
  return {
    ...judge({ lower, upper }),
    naive: judge(byDraws(size, (row) => observed[row]! + own[row]! * random.normal())),
    oracle: judge(byDraws(size, oracleDraw(truth, observed, own, random))),
  }
}

interface Intervals {
  lower: Int32Array
  upper: Int32Array
}

function judged(ranks: Int32Array, { lower, upper }: Intervals) {
  const held = ranks.filter((rank, row) => lower[row]! <= rank && rank <= upper[row]!).length
  const width = ranks.reduce((sum, _, row) => sum + upper[row]! - lower[row]! + 1, 0)
  return { coverage: held / ranks.length, width: width / ranks.length ** 2 }
}

/** The middle 90 % of the ranks of drawn totals. */
function byDraws(size: number, draw: (row: number) => number): Intervals {
  const groups = new Int32Array(size)
  const all = Array.from({ length: draws }, () =>
    rankWithin(
      Float64Array.from(groups, (_, row) => draw(row)),
      groups,
    ),
  )
  const [lower, upper] = [new Int32Array(size), new Int32Array(size)]
  for (let row = 0; row < size; row++) {
    const sorted = Int32Array.from(all, (ranks) => ranks[row]!).sort()
    lower[row] = sorted[draws / 20]!
    upper[row] = sorted[draws - 1 - draws / 20]!
  }
  return { lower, upper }
}

/** One of the true totals, in proportion to how likely what was observed is with it. */
function oracleDraw(truth: Float64Array, observed: Float64Array, own: readonly number[], random: Random) {
  const sums = Array.from(observed, (total, row) => {
    let sum = 0
    return truth.map((candidate) => (sum += Math.exp(-0.5 * ((total - candidate) / own[row]!) ** 2)))
  })
  return (row: number): number => {
    const found = random.uniform() * sums[row]!.at(-1)!
    return truth[sums[row]!.findIndex((sum) => sum >= found)]! + 1e-12 * random.uniform()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const percent = (part: number) => (100 * part).toFixed(1).padStart(5)
  console.log('shape, size, noise: coverage / width of the league, in percent: own method, naive, oracle')
  for (const shape of Object.keys(shapes) as Shape[])
    for (const size of [10, 30, 100, 300])
      for (const noise of [0.2, 0.5, 1, 2]) {
        const runs = Math.ceil(Number(process.argv[2] ?? 6000) / size)
        const { naive, oracle, ...own } = simulate({ shape, size, noise }, runs, 1)
        const cells = [own, naive, oracle].map(
          ({ coverage, width }) => `${percent(coverage)} /${percent(width)}`,
        )
        console.log([shape.padEnd(13), String(size).padStart(3), noise.toFixed(1), ...cells].join('  '))
      }
}
