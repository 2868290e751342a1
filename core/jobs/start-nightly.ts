import type { PgBoss } from 'pg-boss'

/** Each night at three, by the clock of UTC. */
const everyNight = '0 3 * * *'

/** Has work done once a night by one of all running workers, by the name of its queue; what fails is tried again the same night. */
export async function startNightly(jobs: PgBoss, work: Record<string, () => Promise<void>>): Promise<void> {
  for (const [queue, run] of Object.entries(work)) {
    if (!(await jobs.getQueue(queue))) await jobs.createQueue(queue, { retryLimit: 3, retryDelay: 60 })
    await jobs.work(queue, async () => await run())
    await jobs.schedule(queue, everyNight)
  }
}
