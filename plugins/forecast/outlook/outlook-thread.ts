/** A thread of its own for an outlook: posts what was computed, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { computeOutlook } from './compute-outlook.ts'
import type { RatedPast } from './read-history.ts'

parentPort?.postMessage(await computeOutlook(workerData as RatedPast))
