import { Worker } from 'node:worker_threads'

/** What a module run by `inThread` posts: how far it is (0 to 1), as often as it likes, and once what came out. */
export type ThreadMessage<Result> = { fraction: number } | { result: Result }

/**
 * Runs a module that posts `ThreadMessage`s in a thread of its own, so that the event loop stays free for requests and the job's heartbeat; `input` is
 * its `workerData`. `signal` ends it early, and so does the end of the process, which does not wait for it. Rejects with what the thread threw, or
 * when it ended without a result.
 */
export async function inThread<Result>(
  module: URL,
  input: unknown,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (fraction: number) => void } = {},
): Promise<Result> {
  signal?.throwIfAborted()
  const thread = new Worker(module, { workerData: input })
  thread.unref()
  const stop = () => void thread.terminate()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<Result>((resolve, reject) => {
      thread.on('message', (message: ThreadMessage<Result>) => {
        if ('result' in message) resolve(message.result)
        else onProgress?.(message.fraction)
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
