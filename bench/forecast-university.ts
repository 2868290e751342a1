/**
 * npm run bench:forecast-university -- [--teachers 300] [--seed samal]
 *
 * Whether intervals hold what they say on the demonstration university: it is loaded and rated, its newest years are held out one after the
 * other, forecast from the years before them as the product would have, and compared with what came. Ends with one line of JSON.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../core/commands/command-log.ts'
import { openContext } from '../core/commands/open-context.ts'
import { readConfig } from '../core/config.ts'
import type { RunAccess } from '../core/plugin/access.ts'
import { runAccess } from '../core/rating/results/run-access.ts'
import { runDemo } from '../demo/start/demo.ts'
import { loadBackend } from '../plugins/forecast/network/backend.ts'
import type { Backend } from '../plugins/forecast/network/backend.ts'
import { readPast } from '../plugins/forecast/outlook/read-history.ts'
import type { RatedPast } from '../plugins/forecast/outlook/read-history.ts'
import { horizon } from '../plugins/forecast/outlook/compute-outlook.ts'
import { forecastRatings } from '../plugins/forecast/ratings/forecast-ratings.ts'
import { forecastUnits, meansOf } from '../plugins/forecast/ratings/forecast-units.ts'
import { knownAfter, knownOf } from '../plugins/forecast/ratings/history.ts'
import type { History } from '../plugins/forecast/ratings/history.ts'
import type { Forecast } from '../plugins/forecast/ratings/intervals.ts'

const { values } = parseArgs({
  options: {
    teachers: { type: 'string', default: '300' },
    seed: { type: 'string', default: 'samal' },
  },
})
const regulation = 'kazutb-teacher'
const heldOutYears = 2

interface Score {
  count: number
  inside80: number
  inside95: number
  miss: number
  naive: number
}

const folder = await mkdtemp(join(tmpdir(), 'ustaz-bench-'))
try {
  const [cpu] = cpus()
  console.log(`machine: ${cpus().length} cores, ${cpu?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GB`)
  const settings = { ...readConfig(), dataDir: folder, databaseUrl: null }
  const teachers = Number(values.teachers)
  const options = { fresh: false, teachers, seed: values.seed, port: 0, once: true, help: false }
  await runDemo(settings, options, new AbortController().signal)
  const config = { ...settings, dataDir: join(folder, 'demo') }
  const { context, stop } = await openContext(config, createLog('warn'))
  try {
    await measure(runAccess(context.db))
  } finally {
    await stop()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function measure(runs: RunAccess): Promise<void> {
  const newest = (await runs.listOfficial()).filter((run) => run.regulation.code === regulation).at(-1)!
  const past = (await readPast(runs, newest.id))!
  const backend = await loadBackend()
  const scores = new Map<string, Score>()
  for (let held = 1; held <= heldOutYears; held++) {
    const origin = past.periods.length - held
    for (const { id, history } of past.measures) judgeMeasure({ backend, past, id, history, origin, scores })
  }
  const rows = Object.fromEntries([...scores].map(([name, score]) => [name, shareOf(score)]))
  console.log(
    `backend: ${backend.name}; ${past.periods.length} years, the newest ${heldOutYears} held out one by one`,
  )
  console.table(rows)
  console.log(
    JSON.stringify({ bench: 'forecast-university', teachers: Number(values.teachers), parts: rows }),
  )
}

interface Judging {
  backend: Backend
  past: RatedPast
  id: string
  history: History
  /** Periods that are known. */
  origin: number
  scores: Map<string, Score>
}

function judgeMeasure({ backend, past, id, history, origin, scores }: Judging): void {
  const known = knownAfter(history, origin)
  const label = id === 'total' ? 'total' : 'areas'
  if (known.values.some((series) => knownOf(series).length > 0)) {
    const { people } = forecastRatings(backend, known, { horizon, seed: 1 })
    judge(scoreOf(scores, `teachers, ${label}`), people, history.values, origin)
  }
  for (const kind of ['department', 'faculty', 'university'] as const) {
    const membership = past.memberships[kind]
    const means = meansOf(history, membership)
    judge(
      scoreOf(scores, `${kind}, ${label}`),
      forecastUnits(known, membership, horizon).units,
      means,
      origin,
    )
  }
}

function scoreOf(scores: Map<string, Score>, name: string): Score {
  const score = scores.get(name) ?? { count: 0, inside80: 0, inside95: 0, miss: 0, naive: 0 }
  scores.set(name, score)
  return score
}

/** The first step against what came; naive: as in the last period that is known. */
function judge(
  score: Score,
  found: readonly (Forecast | null)[],
  series: readonly Float64Array[],
  origin: number,
): void {
  found.forEach((one, index) => {
    const value = series[index]![origin]!
    const before = knownOf(series[index]!.slice(0, origin)).at(-1)
    if (!one || Number.isNaN(value) || before === undefined) return
    score.count++
    score.inside80 += Number(value >= one.lower80[0]! && value <= one.upper80[0]!)
    score.inside95 += Number(value >= one.lower95[0]! && value <= one.upper95[0]!)
    score.miss += Math.abs(value - one.mean[0]!)
    score.naive += Math.abs(value - before)
  })
}

function shareOf({ count, inside80, inside95, miss, naive }: Score) {
  const round = (value: number) => Number(value.toFixed(4))
  return {
    outcomes: count,
    cov80: round(inside80 / count),
    cov95: round(inside95 / count),
    mae: round(miss / count),
    mae_naive: round(naive / count),
  }
}
