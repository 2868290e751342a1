import type { Kysely } from 'kysely'
import type { PluginContext } from './definition.ts'

/**
 * Work in the background, done by any of the worker processes, at least once: it must be able to run twice. `when`: besides being sent by
 * the plugin, it is sent by core, once a night (data {}), or in the transaction that ends an official run (data { runId }).
 */
export interface PluginJob<Tables> {
  when?: 'night' | 'run-finished'
  /** What takes longer gives way to another try; absent: 3,600 seconds. */
  expireSeconds?: number
  /**
   * Throw to have it tried again, three times in all. `signal` aborts when the time is over or the process stops.
   */
  work(context: PluginContext<Tables>, data: Record<string, unknown>, signal: AbortSignal): Promise<void>
}

export interface JobAccess<Tables> {
  /**
   * Asks for one of the plugin's own jobs. `trx`: in this transaction; `key`: while a job with the same key waits, none is added;
   * `afterSeconds`: not sooner. Throws if the plugin has no such job.
   */
  send(
    job: string,
    data: Record<string, unknown>,
    options?: { trx?: Kysely<Tables>; key?: string; afterSeconds?: number },
  ): Promise<void>
}
