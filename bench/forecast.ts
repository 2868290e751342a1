/**
 * npm run bench:forecast -- --csv FILE [--horizon 6] [--seed 1]
 *
 * Accuracy of the forecast plugin's model on public yearly series (series_id, period, set, t, value; set is train or test), beside naive,
 * ETS, theta and the mean of three smoothings computed in the same run. Only the training part is seen by anything. README.md says where
 * such files come from, and what R's forecast package reaches on them.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Spread } from '../plugins/forecast/methods/method.ts'
import { naiveSpread } from '../plugins/forecast/methods/simple.ts'
import { chooseFit, fit, spreadOfFit } from '../plugins/forecast/methods/smoothing.ts'
import type { Fit, Form } from '../plugins/forecast/methods/smoothing.ts'
import { thetaSpread } from '../plugins/forecast/methods/theta.ts'
import { accuracyOf } from '../plugins/forecast/metrics/accuracy.ts'
import type { Accuracy, Judged } from '../plugins/forecast/metrics/accuracy.ts'
import { loadBackend } from '../plugins/forecast/network/backend.ts'
import { createModel, forecastAll, usual } from '../plugins/forecast/network/model.ts'
import { readSeries } from './forecast/read-series.ts'
import type { GivenSet } from './forecast/read-series.ts'

const { values } = parseArgs({
  options: {
    csv: { type: 'string' },
    horizon: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
  },
})
const horizon = numberOf('--horizon', values.horizon, 1, 20)
const seed = numberOf('--seed', values.seed, 0, 2 ** 31)
const { series, filled, unjudged } = read(values.csv, horizon)
const [cpu] = cpus()
console.log(
  `machine: ${cpus().length} cores, ${cpu?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}`,
)
const backend = await loadBackend()
console.log(`backend: ${backend.name}; ${series.length} series, horizon ${horizon}, seed ${seed}`)
if (filled > 0)
  console.log(`${filled} missing periods of training parts are on the line between their neighbours`)
if (unjudged > 0) console.log(`${unjudged} steps have no value in the test part and are not judged`)

const start = performance.now()
const pasts = series.map(({ past }) => past)
const model = createModel(backend, pasts, { ...usual, horizon, seed })
const trained = performance.now()
const found = forecastAll(backend, model, pasts)
const memory = Math.round(process.memoryUsage.rss() / 1e6)
console.log(
  `training ${seconds(start, trained)} s, forecasts ${seconds(trained, performance.now())} s, ${memory} MB; ` +
    `learned from ${model.learned.series} series and ${model.learned.lent} public ones lent to them`,
)
console.log(
  `networks weigh ${model.mix} beside the mean of ${model.methods.join(', ')}; ` +
    `intervals stretched by ${model.stretch.inner.toFixed(3)} and ${model.stretch.outer.toFixed(3)}`,
)

const smoothings: Form[] = (['none', 'added', 'damped'] as const).map((trend) => ({ error: 'added', trend }))
const methods: Record<string, Accuracy> = {
  ustaz: accuracyOf(series.map((one, index) => ({ ...one, ...fromQuantiles(found[index]!) }))),
  naive: judgeSpread(naiveSpread),
  ets: judgeSpread((past) => smoothed(past, () => chooseFit(past))),
  theta: judgeSpread(thetaSpread),
  comb: judgeSpread((past) => meanSpread(smoothings.map((form) => smoothed(past, () => fit(past, form))))),
}
console.table(methods)
const rounded = Object.fromEntries(
  Object.entries(methods).map(([name, { series: _, ...one }]) => [
    name,
    Object.fromEntries(Object.entries(one).map(([measure, value]) => [measure, round(value)])),
  ]),
)
console.log(JSON.stringify({ bench: 'forecast', series: series.length, methods: rounded }))

/** The whole number that an option names; ends the process with a word where it is none. */
function numberOf(option: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (text !== '' && Number.isInteger(value) && value >= least && value <= most) return value
  return giveUp(`${option} is "${text}"; write a whole number from ${least} to ${most}`)
}

function read(file: string | undefined, steps: number): GivenSet {
  if (!file) return giveUp('name a file: npm run bench:forecast -- --csv FILE --horizon 6 (bench/README.md)')
  try {
    return readSeries(file, steps)
  } catch (error) {
    if (error instanceof Error) return giveUp(error.message)
    throw error
  }
}

function giveUp(reason: string): never {
  console.error(reason)
  process.exit(1)
}

function judgeSpread(forecast: (past: Float64Array, steps: number) => Spread): Accuracy {
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

/** As the form says, else as simple smoothing does; of fewer than three values the last stays. */
function smoothed(past: Float64Array, choose: () => Fit | null): Spread {
  const found = choose() ?? fit(past, { error: 'added', trend: 'none' })
  return found ? spreadOfFit(found, horizon) : naiveSpread(past, horizon)
}

function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(1)
}
function round(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(4))
}
