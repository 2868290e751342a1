/** A thread of its own for the scores of linked answers: posts them, and ends. */
import type { ThreadMessage } from '@ustaz/core/plugin'
import { parentPort, workerData } from 'node:worker_threads'
import { estimateLinkedScores } from '../scores/index.ts'
import type { LinkedScore, Rating, Scores } from '../scores/index.ts'
import { scoreOptions } from './estimate-teachers.ts'

export type LinkedScores = Pick<Scores, 'variances'> & { scores: LinkedScore[] }

const { variances, teachers } = estimateLinkedScores(workerData as Rating[], scoreOptions)
const result: LinkedScores = { variances, scores: teachers }
parentPort?.postMessage({ result } satisfies ThreadMessage<LinkedScores>)
