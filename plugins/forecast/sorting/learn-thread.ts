/** A thread of its own for learning: posts what could be learned, and ends. */
import type { MatchExample, ThreadMessage } from '@ustaz/core/plugin'
import { parentPort, workerData } from 'node:worker_threads'
import { loadBackend } from '../network/backend.ts'
import { learnTask, usual } from './learn-task.ts'
import type { Labelled, LearnedTask } from './learn-task.ts'
import { learnMatching } from './matching/learn-matching.ts'
import type { MatchingOutcome } from './matching/learn-matching.ts'

export interface ToLearn {
  tasks: { task: string; labelled: Labelled[] }[]
  matchings: { matching: string; features: readonly string[]; examples: MatchExample[] }[]
}
export interface Learned {
  tasks: { task: string; learned: LearnedTask }[]
  matchings: NamedOutcome[]
}
export interface NamedOutcome {
  matching: string
  features: readonly string[]
  questions: number
  outcome: MatchingOutcome
}

const backend = await loadBackend()
const { tasks, matchings } = workerData as ToLearn
const result: Learned = {
  tasks: tasks.flatMap(({ task, labelled }) => {
    const found = learnTask(backend, labelled, usual)
    return found ? [{ task, learned: found }] : []
  }),
  matchings: matchings.map(({ matching, features, examples }) => ({
    matching,
    features,
    questions: examples.length,
    outcome: learnMatching(backend, examples, usual),
  })),
}
parentPort?.postMessage({ result } satisfies ThreadMessage<Learned>)
