/** Where messages of devices come in, with the credentials of the product itself. */
export interface BrokerAddress {
  url: string
  /** Of MQTT that is spoken with it: 4 is 3.1.1. */
  version: 4 | 5
  /** Certificate authority that the broker's certificate is checked by, PEM; absent: those that the system knows. */
  ca?: string
  /** Of the embedded broker; absent: it is one of one's own, and messages are subscribed to. */
  direct?: DirectBroker
}

/** A message as a device published it. */
export interface PublishedMessage {
  topic: string
  payload: Buffer
  /** The device says that it may have sent it before. */
  again: boolean
}

/** What the embedded broker offers besides MQTT: a message is acknowledged to its device when it is stored, not when it came. */
export interface DirectBroker {
  /**
   * Hands over what is published to these filters. The device gets its acknowledgement when `take` resolves; when it rejects the device is
   * disconnected, and sends again. Before there is a receiver nothing of a device is taken. Answers how to end it.
   */
  receive(filters: readonly string[], take: (message: PublishedMessage) => Promise<void>): () => void
  /** To whoever has subscribed, with QoS 0. */
  publish(topic: string, payload: string): void
}

/** What a device may do at the broker: topics, with + and #. */
export interface DeviceRights {
  publish: readonly string[]
  subscribe: readonly string[]
  /** Is asked of a topic that `publish` does not cover; absent: there are no others. */
  mayAlsoPublish?(topic: string): Promise<boolean>
}
