/**
 * npm run bench:forecast -- --csv FILE [--horizon 6] [--seed 1]
 *
 * Accuracy of the forecast plugin's model on public yearly series (series_id, period, set, t, value; set is train or test), beside naive,
 * ETS, theta and the mean of three smoothings computed in the same run. Only the training part is seen by anything. README.md says where
 * such files come from, and what R's forecast package reaches on them.
 */
import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Spread } from '../plugins/forecast/methods/method.ts'
import { naiveSpread } from '../plugins/forecast/methods/simple.ts'
import { chooseFit, fit, spreadOfFit } from '../plugins/forecast/methods/smoothing.ts'
import type { Form } from '../plugins/forecast/methods/smoothing.ts'
import { thetaSpread } from '../plugins/forecast/methods/theta.ts'
import { accuracyOf } from '../plugins/forecast/metrics/accuracy.ts'
import type { Accuracy, Judged } from '../plugins/forecast/metrics/accuracy.ts'
import { loadBackend } from '../plugins/forecast/network/backend.ts'
import { createModel, forecastAll, usual } from '../plugins/forecast/network/model.ts'

const { values } = parseArgs({
  options: {
    csv: { type: 'string' },
    horizon: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
  },
})
if (!values.csv) throw new Error('name a file: npm run bench:forecast -- --csv FILE (bench/README.md)')
const horizon = z.coerce.number().int().min(1).max(20).parse(values.horizon)

const rowSchema = z.object({
  series_id: z.string().min(1),
  set: z.enum(['train', 'test']),
  value: z.coerce.number(),
})
const series = readSeries(values.csv)
const [cpu] = cpus()
console.log(
  `machine: ${cpus().length} cores, ${cpu?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}`,
)
const backend = await loadBackend()
console.log(`backend: ${backend.name}; ${series.length} series, horizon ${horizon}, seed ${values.seed}`)

const start = performance.now()
const pasts = series.map(({ past }) => past)
const model = createModel(backend, pasts, { ...usual, horizon, seed: Number(values.seed) })
const trained = performance.now()
const found = forecastAll(backend, model, pasts)
const memory = Math.round(process.memoryUsage.rss() / 1e6)
console.log(
  `training ${seconds(start, trained)} s, forecasts ${seconds(trained, performance.now())} s, ${memory} MB; ` +
    `networks weigh ${model.mix}, intervals stretched by ${model.stretch.inner.toFixed(3)} and ${model.stretch.outer.toFixed(3)}`,
)

const smoothings: Form[] = (['none', 'added', 'damped'] as const).map((trend) => ({ error: 'added', trend }))
const methods: Record<string, Accuracy> = {
  ustaz: accuracyOf(series.map((one, index) => ({ ...one, ...fromQuantiles(found[index]!) }))),
  naive: judgeSpread(naiveSpread),
  ets: judgeSpread((past) => spreadOfFit(chooseFit(past) ?? shortest(past), horizon)),
  theta: judgeSpread(thetaSpread),
  comb: judgeSpread((past) =>
    meanSpread(smoothings.map((form) => spreadOfFit(fit(past, form) ?? shortest(past), horizon))),
  ),
}
console.table(methods)
const rounded = Object.fromEntries(
  Object.entries(methods).map(([name, { series: _, ...one }]) => [
    name,
    Object.fromEntries(Object.entries(one).map(([measure, value]) => [measure, round(value)])),
  ]),
)
console.log(JSON.stringify({ bench: 'forecast', series: series.length, methods: rounded }))

function readSeries(file: string): { past: Float64Array; future: Float64Array }[] {
  const rows: unknown[] = parse(readFileSync(file), { columns: true, bom: true, skip_empty_lines: true })
  const found = new Map<string, { train: number[]; test: number[] }>()
  rows.forEach((row, index) => {
    const read = rowSchema.safeParse(row)
    if (!read.success) throw new Error(`${file}, row ${index + 2}: ${z.prettifyError(read.error)}`)
    const { series_id: id, set, value } = read.data
    const one = found.get(id) ?? { train: [], test: [] }
    one[set].push(value)
    found.set(id, one)
  })
  return [...found].map(([id, { train, test }]) => {
    if (train.length < 4 || test.length === 0)
      throw new Error(`${file}: ${id} has fewer than four values to learn from, or none to judge by`)
    return { past: Float64Array.from(train), future: Float64Array.from(test.slice(0, horizon)) }
  })
}

function judgeSpread(forecast: (past: Float64Array, horizon: number) => Spread): Accuracy {
  return accuracyOf(series.map((one) => ({ ...one, ...fromSpread(forecast(one.past, horizon)) })))
}

function fromQuantiles(quantiles: readonly Float64Array[]): Pick<Judged, 'mean' | 'bounds'> {
  const [lower95, lower80, , mean, , upper80, upper95] = quantiles
  return {
    mean: mean!,
    bounds: { lower95: lower95!, lower80: lower80!, upper80: upper80!, upper95: upper95! },
  }
}

/** Normal intervals. */
function fromSpread({ mean, deviation }: Spread): Pick<Judged, 'mean' | 'bounds'> {
  const at = (factor: number) => mean.map((value, step) => value + factor * deviation[step]!)
  const [z80, z95] = [1.2815515655446004, 1.959963984540054]
  return { mean, bounds: { lower95: at(-z95), lower80: at(-z80), upper80: at(z80), upper95: at(z95) } }
}

/** The mean of the points and of the deviations. */
function meanSpread(all: readonly Spread[]): Spread {
  const over = (pick: (one: Spread) => Float64Array) =>
    pick(all[0]!).map((_, step) => all.reduce((sum, one) => sum + pick(one)[step]!, 0) / all.length)
  return { mean: over(({ mean }) => mean), deviation: over(({ deviation }) => deviation) }
}

/** What every series of four values allows. */
function shortest(past: Float64Array) {
  const found = fit(past, { error: 'added', trend: 'none' })
  if (!found) throw new Error('a series of fewer than three values')
  return found
}

function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(1)
}
function round(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(4))
}
