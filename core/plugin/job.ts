import type { PluginContext } from './context.ts'

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
