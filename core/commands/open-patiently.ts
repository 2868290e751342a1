import { setTimeout as sleep } from 'node:timers/promises'
import { innermost, isPassing } from '../database/is-passing.ts'

/** Seconds between attempts; the last one goes on. */
const waits = [0.5, 1, 2, 4, 8]
/** After this no other attempt begins: whoever watches over the process shall hear of it. */
const patienceSeconds = 120

export interface Patience {
  /** Told before each wait. */
  onWait(reason: string, seconds: number): void
  /** Ends the waiting: what failed last is thrown. */
  signal: AbortSignal
  waits?: readonly number[]
}

/** Does work that needs the database; where that is only just not there, waits longer and longer and does it again. */
export async function openPatiently<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { onWait, signal, waits: own = waits } = patience
  const isEnding = () => signal.aborted
  const ends = performance.now() + patienceSeconds * 1000
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const seconds = own[Math.min(attempt, own.length - 1)] ?? 0
      if (!isPassing(error) || isEnding() || performance.now() + seconds * 1000 > ends) throw error
      onWait(innermost(error).message, seconds)
      await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined)
      if (isEnding()) throw error
    }
  }
}
