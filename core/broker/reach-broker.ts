import mqtt from 'mqtt'
import type { BrokerAddress } from '../plugin/broker.ts'

/** Connects to a broker and leaves again; rejects if it does not answer within 2 seconds. */
export async function reachBroker({ url, ca }: BrokerAddress): Promise<void> {
  const client = await mqtt.connectAsync(url, {
    ...(ca === undefined ? {} : { ca }),
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: 2000,
  })
  await client.endAsync()
}
