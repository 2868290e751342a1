/** A thread of its own for an outlook: posts what was computed, and ends. */
import type { ThreadMessage } from '@ustaz/core/plugin'
import { parentPort, workerData } from 'node:worker_threads'
import { computeOutlook } from './compute-outlook.ts'
import type { ComputedOutlook } from './compute-outlook.ts'
import type { RatedPast } from './read-history.ts'

const result = await computeOutlook(workerData as RatedPast)
parentPort?.postMessage({ result } satisfies ThreadMessage<ComputedOutlook>)
