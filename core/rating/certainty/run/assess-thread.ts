/** A thread of its own for `assess`: posts how far it is, at most ten times a second, and the result. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadMessage } from '../../../plugin/in-thread.ts'
import { assess } from '../assess.ts'
import type { Certainty } from '../assess.ts'
import type { CertaintyInput } from '../input.ts'

const pauseMilliseconds = 100

const post = (message: ThreadMessage<Certainty>) => {
  parentPort?.postMessage(message)
}
const steps = assess(workerData as CertaintyInput)
let posted = performance.now()
let step = steps.next()
while (!step.done) {
  if (performance.now() - posted > pauseMilliseconds) {
    post({ fraction: step.value })
    posted = performance.now()
  }
  step = steps.next()
}
post({ result: step.value })
