import { join } from 'node:path'
import { startEmbeddedBroker } from '../broker/embedded-broker.ts'
import type { EmbeddedBroker } from '../broker/embedded-broker.ts'
import type { Config } from '../config.ts'
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import type { BrokerAddress } from '../plugin/definition.ts'
import { createUndo } from './undo.ts'

export interface Servers {
  databaseUrl: string
  broker: BrokerAddress
  /** null: the broker is one of one's own. */
  embeddedBroker: EmbeddedBroker | null
  stop(): Promise<void>
}

/** The servers the product stands on: those the settings name, embedded ones in the place of those they do not. */
export async function openServers(config: Config): Promise<Servers> {
  const undo = createUndo()
  return await undo.onFailure(async () => {
    const databaseUrl = config.databaseUrl ?? undo.later(await openDatabaseServer(config)).url
    if (config.mqttUrl !== null)
      return {
        databaseUrl,
        broker: { url: config.mqttUrl, version: 5 },
        embeddedBroker: null,
        stop: undo.run,
      }
    const embeddedBroker = undo.later(await startEmbeddedBroker({ port: config.mqttPort }))
    const broker = { url: embeddedBroker.url, version: 4 } as const
    return { databaseUrl, broker, embeddedBroker, stop: undo.run }
  })
}

async function openDatabaseServer({ dataDir }: Config) {
  return await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), durable: true })
}
