import type { Kysely } from 'kysely'
import { fromKysely } from 'pg-boss'
import type { Job, PgBoss } from 'pg-boss'
import type { CoreTables } from '../database/tables.ts'
import type { PluginJob } from '../plugin/job.ts'
import type { JobAccess } from '../plugin/access.ts'
import type { PluginHost } from '../plugins/host.ts'
import { startNightly } from './start-nightly.ts'

/** One queue for each job of each plugin. */
const queueOf = (plugin: string, job: string) => `plugin.${plugin}.${job}`
type Host = Pick<PluginHost, 'jobs' | 'contextOf'>

const policy = 'short' as const
/** Jobs whose worker died are found by their missing heartbeat and given to another worker. */
const optionsOf = ({ expireSeconds = 3600 }: PluginJob<never>) => ({
  policy,
  heartbeatSeconds: 10,
  retryLimit: 3,
  retryDelay: 5,
  expireInSeconds: expireSeconds,
})

/** Makes the queues of all running plugins, or brings their options up to date. */
export async function createPluginQueues(jobs: PgBoss, host: Pick<PluginHost, 'jobs'>): Promise<void> {
  for (const { plugin, name, job } of host.jobs()) {
    const queue = queueOf(plugin, name)
    const { policy: chosen, ...options } = optionsOf(job)
    if (await jobs.getQueue(queue)) await jobs.updateQueue(queue, options)
    else await jobs.createQueue(queue, { policy: chosen, ...options })
  }
}

/** Takes the jobs of all running plugins, one of each queue at a time in this process. */
export async function startPluginJobs(jobs: PgBoss, host: Host): Promise<void> {
  for (const { plugin, name, job } of host.jobs()) {
    await jobs.work(
      queueOf(plugin, name),
      { batchSize: 1, pollingIntervalSeconds: 1 },
      async ([taken]: Job<Record<string, unknown>>[]) => {
        if (taken) await job.work(host.contextOf(plugin), taken.data, taken.signal)
      },
    )
  }
  const nightly = host.jobs().filter(({ job }) => job.when === 'night')
  const sends = nightly.map(({ plugin, name }) => {
    const queue = queueOf(plugin, name)
    return [
      `${queue}.night`,
      async () => {
        await jobs.send(queue, {})
      },
    ] as const
  })
  await startNightly(jobs, Object.fromEntries(sends))
}

/** Asks, in the transaction that ends an official run, for what plugins do with finished runs. */
export async function sendRunFinished(
  trx: Kysely<CoreTables>,
  jobs: PgBoss,
  host: Pick<PluginHost, 'jobs'>,
  runId: number,
): Promise<void> {
  for (const { plugin, name, job } of host.jobs()) {
    if (job.when !== 'run-finished') continue
    await jobs.send(queueOf(plugin, name), { runId }, { db: fromKysely(trx), singletonKey: String(runId) })
  }
}

/** What a plugin sends jobs by; null: this process has no queue, and a plugin that sends is told so. */
export function jobAccess(
  jobs: PgBoss | null,
  host: Pick<PluginHost, 'jobs'>,
  plugin: string,
): JobAccess<never> {
  return {
    async send(name, data, { trx, key, afterSeconds } = {}) {
      if (!host.jobs().some((one) => one.plugin === plugin && one.name === name)) {
        throw new Error(`the plugin ${plugin} has no job "${name}"`)
      }
      if (!jobs) throw new Error('this process has no queue of jobs')
      await jobs.send(queueOf(plugin, name), data, {
        ...(trx ? { db: fromKysely(trx) } : {}),
        // In a queue of this policy a key stands at most once among the waiting; without one each job is its own.
        singletonKey: key ?? crypto.randomUUID(),
        ...(afterSeconds === undefined ? {} : { startAfter: afterSeconds }),
      })
    },
  }
}
