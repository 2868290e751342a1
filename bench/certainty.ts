/**
 * npm run bench:certainty -- [--teachers 10000] [--replications 1000]
 *
 * Time of assessing how certain the order of a run is, reading the run included, beside one plain run of the engine (freeze, points,
 * lines, places) on the same rows in the same process. Five areas, one of them noisy; weights and scales are open; the influence of
 * each choice is part of it.
 */
import { parseArgs } from 'node:util'
import { regulationDocumentSchema } from '../core/contract/index.ts'
import type { RegulationDocument } from '../core/contract/index.ts'
import type { Database } from '../core/database/connection.ts'
import { assessCertainty } from '../core/rating/certainty/assess.ts'
import { checkOfficial, readRunNumbers } from '../core/rating/certainty/read-run.ts'
import { findFinishedRun } from '../core/rating/results/find-run.ts'
import { withBenchServer } from './bench-server.ts'
import type { BenchCase } from './rating/bench-case.ts'
import { enterPeople } from './rating/people.ts'
import { rateByEngine } from './rating/rate-by-engine.ts'
import { shapesCase } from './rating/shapes/shapes.ts'

const { values } = parseArgs({
  options: {
    teachers: { type: 'string', default: '10000' },
    replications: { type: 'string', default: '1000' },
  },
})
const [teachers, replications] = [Number(values.teachers), Number(values.replications)]
await withBenchServer(async (server) => {
  const shapes = shapesCase()
  const bench = { ...shapes, document: inFiveAreas(shapes.document) }
  const result = await server.inDatabase('certainty', [], async (database) => await measure(database, bench))
  console.log(JSON.stringify(result))
})

async function measure({ db, pool }: Database, bench: BenchCase) {
  await enterPeople(db, teachers)
  await bench.enterEvidence(db, teachers)
  const plain = performance.now()
  const { runId } = await rateByEngine(pool, bench)
  const start = performance.now()
  const numbers = await readRunNumbers(db, await findFinishedRun(db, runId))
  const { input } = numbers
  const noise = input.matrix.values.map((points, at) => (at % 5 === 4 ? 0.05 * points + 1 : 0))
  const processor = process.cpuUsage()
  const found = assessCertainty({ ...input, noise, settings: { ...input.settings, replications } })
  const processorSeconds = process.cpuUsage(processor).user / 1e6
  checkOfficial(numbers, found, bench.document)
  const end = performance.now()
  const more = {
    failed: found.replications.failed,
    evaluations: replications + 7 * found.samples.asked,
    assess_processor_seconds: round2(processorSeconds),
    node_rss_mb: Math.round(process.memoryUsage.rss() / 1e6),
  }
  console.log(JSON.stringify(more))
  return {
    bench: 'certainty',
    teachers,
    replications,
    seconds: round2((end - start) / 1000),
    plain_run_seconds: round2((start - plain) / 1000),
  }
}

/** The same criteria, dealt out to five areas without limits. */
function inFiveAreas(document: RegulationDocument): RegulationDocument {
  const names = ['K1', 'K2', 'K3', 'K4', 'K5']
  return regulationDocumentSchema.parse({
    ...document,
    areas: names.map((id) => ({ ...document.areas[0]!, id })),
    criteria: document.criteria.map((criterion, index) => ({ ...criterion, area: names[index % 5] })),
  })
}

function round2(value: number): number {
  return Math.round(value * 100) / 100
}
