import { rowsByGroup } from '../composite/groups.ts'
import { bandsOf, openTotalStore, storeTotals } from './bands.ts'
import type { TotalStore } from './bands.ts'
import { defaultAlternatives } from './default-alternatives.ts'
import { prepareChoices } from './draw-choices.ts'
import { prepareEvaluation } from './evaluate.ts'
import type { Failed } from './evaluate.ts'
import type { CertaintyInput } from './input.ts'
import { intervalOf, openRankStore, storeRanks } from './intervals.ts'
import type { RankStore } from './intervals.ts'
import { measureInfluence } from './influence.ts'
import type { ChoiceInfluence, InfluenceRows } from './influence.ts'

export interface Certainty {
  /** Places with the official choices and the points as they are: replication 0. 0 = no place. */
  places: Int32Array
  /** NaN = none. */
  totals: Float64Array
  /** By row; 0 where the row has no place or no replication succeeded. */
  lower: Int32Array
  upper: Int32Array
  median: Int32Array
  /** Number of the band within the league, 1 = the first; 0 = no place. */
  bands: Int32Array
  /** Share of the replications in which the row itself had no total, 0..1. */
  failedShare: Float64Array
  replications: { asked: number; failed: number }
  /** Replications the bands rest on. */
  bandReplications: number
  /** How often which area stood in the way of a total, over all failed replications, most often first. */
  failures: { code: string; column: number | null; count: number }[]
  /** Mean over replications and teachers of how many places a teacher moves; null: no replication succeeded. */
  meanShift: number | null
  choices: ChoiceInfluence[]
  /** Rows of the design behind `choices`. */
  samples: InfluenceRows
}

/**
 * How certain the order of a run is: ranks under choices that could have been made as well, and under the errors of the points.
 * Goes on by steps: every `next` does one evaluation and yields the part of the whole work done, 0..1; at the end it returns the
 * result. Method and sources: README.md.
 */
export function* assess(input: CertaintyInput): Generator<number, Certainty> {
  const { settings, matrix, ranked } = input
  const normalisations = [
    input.normalisation,
    ...(settings.normalisations ?? defaultAlternatives(input.normalisation, input.aggregation)),
  ]
  const aggregations = [input.aggregation, ...settings.aggregations]
  const { official, draw, open } = prepareChoices(input, {
    normalisations: normalisations.length,
    aggregations: aggregations.length,
  })
  const evaluate = prepareEvaluation(input, { normalisations, aggregations }, official)
  const unperturbed = evaluate(official)
  const [places, officialTotals] = [unperturbed.ranks.slice(), unperturbed.totals.slice()]
  const shiftOf = prepareShift(places, ranked)
  const ranks = openRankStore(matrix.rows, settings.replications)
  const totals = openTotalStore(matrix.rows, settings.replications, open.has('noise'))
  const failures = openFailures(matrix.rows)
  const samples = open.size === 0 ? 0 : Math.min(settings.sensitivitySamples, settings.replications)
  const work = settings.replications + samples * (1 + 2 * open.size)
  /** Mean shift of each replication; NaN: it failed. */
  const shifts = new Float64Array(settings.replications).fill(Number.NaN)
  for (let replication = 1; replication <= settings.replications; replication++) {
    const choices = draw(replication, 'A')
    const found = evaluate(choices)
    failures.add(found.failed)
    if (found.failed.length === 0) {
      storeRanks(ranks, found.ranks)
      storeTotals(totals, found, choices.noise)
      shifts[replication - 1] = shiftOf(found.ranks)
    }
    yield replication / work
  }
  const shiftUnder = (choices: typeof official): number => {
    const { failed, ranks: found } = evaluate(choices)
    return failed.length > 0 ? Number.NaN : shiftOf(found)
  }
  const influence = yield* measureInfluence({ open, samples, shifts, official, draw, shiftUnder, work })
  return {
    places,
    totals: officialTotals,
    ...rowResults(input, places, ranks, totals),
    failedShare: failures.shares(settings.replications),
    replications: { asked: settings.replications, failed: settings.replications - ranks.used },
    bandReplications: totals.used,
    failures: failures.list(),
    meanShift: meanOfKnown(shifts),
    ...influence,
  }
}

/** The whole assessment at once. */
export function assessCertainty(input: CertaintyInput): Certainty {
  const steps = assess(input)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Mean over the rows with a place of how far their ranks lie from it (Saisana, Saltelli & Tarantola 2005, JRSS A 168(2)). */
function prepareShift(places: Int32Array, ranked: Int32Array): (ranks: Int32Array) => number {
  const count = ranked.reduce((sum, group) => sum + (group === -1 ? 0 : 1), 0)
  return (ranks) => {
    let sum = 0
    for (let row = 0; row < ranks.length; row++)
      if (ranked[row] !== -1) sum += Math.abs(ranks[row]! - places[row]!)
    return count === 0 ? 0 : sum / count
  }
}

function rowResults(
  { ranked, places: official }: CertaintyInput,
  places: Int32Array,
  ranks: RankStore,
  totals: TotalStore,
) {
  const [lower, upper, median, bands] = Array.from({ length: 4 }, () => new Int32Array(places.length)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  if (ranks.used === 0) return { lower, upper, median, bands }
  for (const league of rowsByGroup(ranked)) {
    const order = official ?? places
    const rows = league.filter((row) => places[row]! > 0).sort((a, b) => order[a]! - order[b]!)
    bandsOf(totals, rows, order).forEach((band, index) => (bands[rows[index]!] = band))
    for (const row of rows) {
      const interval = intervalOf(ranks, row, places[row]!)
      lower[row] = interval.lower
      upper[row] = interval.upper
      median[row] = interval.median
    }
  }
  return { lower, upper, median, bands }
}

function openFailures(rows: number) {
  const byRow = new Int32Array(rows)
  const counts = new Map<string, Certainty['failures'][number]>()
  return {
    add(failed: readonly Failed[]): void {
      for (const { row, code, column } of failed) {
        byRow[row]!++
        const key = `${code} ${column}`
        const entry = counts.get(key) ?? { code, column, count: 0 }
        entry.count++
        counts.set(key, entry)
      }
    },
    shares: (replications: number) => Float64Array.from(byRow, (count) => count / replications),
    list: () => [...counts.values()].sort((a, b) => b.count - a.count || a.code.localeCompare(b.code)),
  }
}

function meanOfKnown(values: Float64Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.length === 0 ? null : known.reduce((a, b) => a + b) / known.length
}
