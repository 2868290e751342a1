/**
 * npm run bench:forecast-cost -- [--series 10000] [--periods 9] [--seed 1]
 *
 * What forecasting one measure of a large university costs on the backend that this machine has: training the networks alone, and all that
 * the product does with them (peers, trial on the past, networks, intervals), with the most memory the process ever had. Series are invented: a level of
 * one's own in a department of twenty-five people, a slow return to it, noise. Ends with one line of JSON.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { loadBackend } from '../plugins/forecast/network/backend.ts'
import { createModel } from '../plugins/forecast/network/model.ts'
import { normals, seeded } from '../plugins/forecast/network/random.ts'
import { horizon } from '../plugins/forecast/outlook/compute-outlook.ts'
import { forecastRatings, networkOptions } from '../plugins/forecast/ratings/forecast-ratings.ts'
import type { History } from '../plugins/forecast/ratings/history.ts'

const { values } = parseArgs({
  options: {
    series: { type: 'string', default: '10000' },
    periods: { type: 'string', default: '9' },
    seed: { type: 'string', default: '1' },
  },
})
const count = z.coerce.number().int().min(100).parse(values.series)
const periods = z.coerce.number().int().min(5).max(60).parse(values.periods)
const seed = z.coerce.number().int().parse(values.seed)

const [cpu] = cpus()
console.log(
  `machine: ${cpus().length} cores, ${cpu?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}`,
)
const backend = await loadBackend()
console.log(`backend: ${backend.name}; ${count} series of ${periods} periods, horizon ${horizon}`)
const history = invent()
const training = timed(() => createModel(backend, history.values, { ...networkOptions, horizon, seed }))
const trainingMemory = mostMemory()
console.log(
  `training: ${training.seconds} s, ${training.processor} s of processor time, ${trainingMemory} MB`,
)
const whole = timed(() => forecastRatings(backend, history, { horizon, seed }))
const byNetwork = whole.result.people.filter((one) => one?.basis === 'both').length
console.log(
  `one measure whole: ${whole.seconds} s, ${whole.processor} s of processor time, ${mostMemory()} MB; ` +
    `${byNetwork} people by peers and network`,
)
console.log(
  JSON.stringify({
    bench: 'forecast-cost',
    series: count,
    periods,
    backend: backend.name,
    training_seconds: training.seconds,
    training_processor_seconds: training.processor,
    training_mb: trainingMemory,
    measure_seconds: whole.seconds,
    measure_processor_seconds: whole.processor,
    measure_mb: mostMemory(),
  }),
)

function invent(): History {
  const normal = normals(seeded(seed))
  const groups = Math.ceil(count / 25)
  const departments = Array.from({ length: groups }, () => 20 * normal())
  const group = Int32Array.from({ length: count }, (_, person) => person % groups)
  const series = Array.from({ length: count }, (_, person) => {
    let own = 30 * normal()
    return Float64Array.from({ length: periods }, (_, period) => {
      own = 0.8 * own + 18 * normal()
      return 150 + 4 * period + departments[group[person]!]! + own + 15 * normal()
    })
  })
  return { values: series, group, groups }
}

function timed<T>(work: () => T): { result: T; seconds: number; processor: number } {
  const [start, before] = [performance.now(), process.cpuUsage()]
  const result = work()
  const { user, system } = process.cpuUsage(before)
  const seconds = (milliseconds: number) => Number((milliseconds / 1000).toFixed(1))
  return { result, seconds: seconds(performance.now() - start), processor: seconds((user + system) / 1000) }
}

/** The largest resident set so far, in MB. */
function mostMemory(): number {
  return Math.round((process.resourceUsage().maxRSS * 1024) / 1e6)
}
