import { Worker } from 'node:worker_threads'

/**
 * Runs a module that posts one message in a thread of its own, so that the event loop stays free for requests and heartbeats; `input` is its
 * `workerData`. `signal` ends it early, and so does the end of the process, which does not wait for it. Rejects with what the thread threw, or when it ended without a message.
 */
export async function inThread<Output>(module: URL, input: unknown, signal: AbortSignal): Promise<Output> {
  signal.throwIfAborted()
  const thread = new Worker(module, { workerData: input })
  thread.unref()
  const stop = () => void thread.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<Output>((resolve, reject) => {
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
