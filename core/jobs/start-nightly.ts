import type { Job, PgBoss } from 'pg-boss'

/** Each night at three, by the clock of UTC. */
const everyNight = '0 3 * * *'

/** A worker that died is found by its missing heartbeat; the first search of copies among a million entries takes hours. */
const options = { heartbeatSeconds: 10, retryLimit: 3, retryDelay: 60, expireInSeconds: 12 * 3600 }

/**
 * Has work done once a night by one of all running workers, by the name of its queue; what fails is tried again the same night. `signal` says
 * that it takes too long or the process ends.
 */
export async function startNightly(
  jobs: PgBoss,
  work: Record<string, (signal: AbortSignal) => Promise<void>>,
): Promise<void> {
  for (const [queue, run] of Object.entries(work)) {
    if (await jobs.getQueue(queue)) await jobs.updateQueue(queue, options)
    else await jobs.createQueue(queue, options)
    await jobs.work(queue, { batchSize: 1 }, async ([taken]: Job[]) => {
      if (taken) await run(taken.signal)
    })
    await jobs.schedule(queue, everyNight)
  }
}
