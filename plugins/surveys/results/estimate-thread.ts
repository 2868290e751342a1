/** A thread of its own for the scores of linked answers: posts one message and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { estimateLinkedScores } from '../scores/index.ts'
import type { LinkedScore, Rating, Scores } from '../scores/index.ts'
import { scoreOptions } from './estimate-teachers.ts'

export type ThreadOutput = Pick<Scores, 'variances'> & { scores: LinkedScore[] }

const { variances, teachers } = estimateLinkedScores(workerData as Rating[], scoreOptions)
parentPort?.postMessage({ variances, scores: teachers } satisfies ThreadOutput)
