import { PgBoss } from 'pg-boss'

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
  await jobs.start()
  return jobs
}
