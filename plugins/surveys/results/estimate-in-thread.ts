import { Worker } from 'node:worker_threads'
import type { Rating } from '../scores/index.ts'
import type { ThreadOutput } from './estimate-thread.ts'

/**
 * Scores of linked answers, in a thread of its own: for a whole university it takes a while, in which phones and pages are served. Rejects with
 * what the thread threw; the end of the process does not wait for it.
 */
export async function estimateInThread(ratings: readonly Rating[]): Promise<ThreadOutput> {
  const thread = new Worker(new URL('./estimate-thread.ts', import.meta.url), { workerData: ratings })
  thread.unref()
  try {
    return await new Promise<ThreadOutput>((resolve, reject) => {
      thread.once('message', resolve)
      thread.once('error', reject)
      thread.once('exit', (code) => {
        reject(new Error(`the thread ended with code ${code} before it had a result`))
      })
    })
  } finally {
    await thread.terminate()
  }
}
