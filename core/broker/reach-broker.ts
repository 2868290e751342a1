import mqtt from 'mqtt'

/** Connects to a broker and leaves again; rejects if it does not answer within 2 seconds. */
export async function reachBroker(url: string): Promise<void> {
  const client = await mqtt.connectAsync(url, {
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: 2000,
  })
  await client.endAsync()
}
