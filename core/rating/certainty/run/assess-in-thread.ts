import { Worker } from 'node:worker_threads'
import type { Certainty } from '../assess.ts'
import type { CertaintyInput } from '../input.ts'
import type { ThreadMessage } from './assess-thread.ts'

/**
 * `assess` beside the event loop, which stays free for requests and the job's heartbeat. `signal` ends it early. Rejects with what the thread
 * threw, or when it ended without a result.
 */
export async function assessInThread(
  input: CertaintyInput,
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Certainty> {
  const thread = new Worker(new URL('./assess-thread.ts', import.meta.url), { workerData: input })
  const stop = () => void thread.terminate()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<Certainty>((resolve, reject) => {
      thread.on('message', (message: ThreadMessage) => {
        if ('result' in message) resolve(message.result)
        else onProgress(message.fraction)
      })
      thread.once('error', reject)
      thread.once('exit', (code) => {
        reject(new Error(`the thread ended with code ${code} before it had a result`))
      })
    })
  } finally {
    signal?.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
