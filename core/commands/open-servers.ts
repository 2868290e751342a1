import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmbeddedBroker } from '../broker/embedded-broker.ts'
import type { EmbeddedBroker } from '../broker/embedded-broker.ts'
import type { Config } from '../config.ts'
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import type { BrokerAddress } from '../plugin/broker.ts'
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
        broker: { url: config.mqttUrl, version: 5, ...(await authorityOf(config)) },
        embeddedBroker: null,
        stop: undo.run,
      }
    const embeddedBroker = undo.later(await openBroker(config))
    const broker = { url: embeddedBroker.url, version: 4, direct: embeddedBroker.direct } as const
    return { databaseUrl, broker, embeddedBroker, stop: undo.run }
  })
}

async function authorityOf({ mqttCa }: Config): Promise<{ ca?: string }> {
  return mqttCa === null ? {} : { ca: await readFile(mqttCa, 'utf8') }
}

async function openBroker({ mqttPort: port, mqttSecure }: Config): Promise<EmbeddedBroker> {
  if (!mqttSecure) return await startEmbeddedBroker({ port })
  const [certificate, key] = await Promise.all([
    readFile(mqttSecure.certificate, 'utf8'),
    readFile(mqttSecure.key, 'utf8'),
  ])
  return await startEmbeddedBroker({ port, secure: { host: mqttSecure.host, certificate, key } })
}

async function openDatabaseServer({ dataDir }: Config) {
  return await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), durable: true })
}
