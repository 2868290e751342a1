import { join } from 'node:path'
import { startEmbeddedBroker } from '../broker/embedded-broker.ts'
import type { Config } from '../config.ts'
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import { createUndo } from './undo.ts'

export interface Servers {
  databaseUrl: string
  mqttUrl: string
  stop(): Promise<void>
}

/** The servers the product stands on: those the settings name, embedded ones in the place of those they do not. */
export async function openServers(config: Config): Promise<Servers> {
  const undo = createUndo()
  return await undo.onFailure(async () => {
    const databaseUrl = config.databaseUrl ?? undo.later(await openDatabaseServer(config)).url
    const mqttUrl = config.mqttUrl ?? undo.later(await startEmbeddedBroker({ port: 0 })).url
    return { databaseUrl, mqttUrl, stop: undo.run }
  })
}

async function openDatabaseServer({ dataDir }: Config) {
  return await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), durable: true })
}
