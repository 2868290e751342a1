import { PgBoss } from 'pg-boss'
import { attributed } from '../database/attribution.ts'

/**
 * Opens the queue of background work, in schema pgboss of the same database (so that a job can be sent in the transaction of
 * what it is about), and brings its tables up to date. Queues are made by those who use them. `stop()` waits for running jobs.
 */
export async function openJobs(databaseUrl: string, log: { error(message: string): void }): Promise<PgBoss> {
  const jobs = new PgBoss({
    connectionString: databaseUrl,
    schema: 'pgboss',
    application_name: 'ustaz jobs',
    max: 4,
    // A job whose worker died is found by its missing heartbeat: looked for this often, instead of once a minute.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  jobs.on('error', (error) => {
    log.error(`jobs: ${error.message}`)
  })
  attributeWork(jobs)
  await jobs.start()
  return jobs
}

type Handler = (jobs: readonly { id: string }[], ...rest: unknown[]) => unknown
type Work = (queue: string, ...rest: unknown[]) => Promise<string>

/** What a job writes stands in the audit log under the name of its queue, with the job's id as that of the request. */
function attributeWork(jobs: PgBoss): void {
  const work = jobs.work.bind(jobs) as Work
  const attributedWork: Work = async (queue, ...rest) => {
    const handler = rest.pop() as Handler
    return await work(queue, ...rest, async (...args: Parameters<Handler>) => {
      const attribution = { actor: `job:${queue}`, request: args[0][0]?.id ?? null }
      return await attributed(attribution, async () => await handler(...args))
    })
  }
  Object.assign(jobs, { work: attributedWork })
}
