import { Worker } from 'node:worker_threads'
import type { NamedLabels, NamedTasks } from './learn-thread.ts'

/**
 * `learnTask` for each task beside the event loop, which stays free for requests. `signal` ends it early. Rejects with what the thread threw, or
 * when it ended without a result.
 */
export async function learnInThread(labels: NamedLabels, signal: AbortSignal): Promise<NamedTasks> {
  signal.throwIfAborted()
  const thread = new Worker(new URL('./learn-thread.ts', import.meta.url), { workerData: labels })
  const stop = () => void thread.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<NamedTasks>((resolve, reject) => {
      thread.once('message', resolve)
      thread.once('error', reject)
      thread.once('exit', (code) => {
        reject(new Error(`the thread ended with code ${code} before it had a result`))
      })
    })
  } finally {
    signal.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
