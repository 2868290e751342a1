import type { MqttClient } from 'mqtt'

/** Publishes with QoS 1 until it is acknowledged. mqtt.js does so too, but gives up what it was sending again when the connection ends once more. */
export async function publishAgain(client: MqttClient, topic: string, payload: string): Promise<void> {
  for (;;) {
    try {
      await client.publishAsync(topic, payload, { qos: 1 })
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
