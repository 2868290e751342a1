import type { PluginContext } from '../plugin/context.ts'
import type { RunningPlugin } from './hosted.ts'
import { messageOf } from './load-plugins.ts'

interface Startable {
  part: 'start' | 'ingest'
  running(): RunningPlugin[]
  contextOf(pluginId: string): PluginContext<never>
  log: { error(message: string): void }
}

/** One part of the plugins' work that lasts as long as the process. It is stopped in the reverse order of its start. */
export function startPlugins({ part, running, contextOf, log }: Startable): {
  start(): Promise<void>
  stop(): Promise<void>
} {
  const stops: { id: string; stop: () => Promise<void> }[] = []
  return {
    async start() {
      for (const plugin of running()) {
        const { id, definition } = plugin
        if (!definition[part]) continue
        try {
          stops.push({ id, stop: await definition[part](contextOf(id)) })
        } catch (error) {
          Object.assign(plugin, { fault: { stage: 'start', message: messageOf(error) } })
          log.error(`plugin ${id} did not start: ${messageOf(error)}`)
        }
      }
    },
    async stop() {
      for (const { id, stop } of stops.splice(0).reverse()) {
        await stop().catch((error: unknown) => {
          log.error(`plugin ${id} did not stop: ${messageOf(error)}`)
        })
      }
    },
  }
}
