/** A thread of its own for learning: posts the tasks that could be learned, one message, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { loadBackend } from '../network/backend.ts'
import { learnTask, usual } from './learn-task.ts'
import type { Labelled, LearnedTask } from './learn-task.ts'

export type NamedLabels = { task: string; labelled: Labelled[] }[]
export type NamedTasks = { task: string; learned: LearnedTask }[]

const backend = await loadBackend()
const learned: NamedTasks = (workerData as NamedLabels).flatMap(({ task, labelled }) => {
  const found = learnTask(backend, labelled, usual)
  return found ? [{ task, learned: found }] : []
})
parentPort?.postMessage(learned)
