/** A message as the broker gave it out. */
export interface ArrivedMessage {
  topic: string
  payload: Buffer
  /** The broker had kept it; it was sent some time ago. */
  retained: boolean
  /** It may have been given out before. */
  again: boolean
  arrivedAt: Date
  /** By which it is acknowledged; null: nobody waits for that. */
  id: number | null
  from: MessageSource
}

/** The connection that messages come by. */
export interface MessageSource {
  acknowledge(ids: readonly number[]): void
  /** Takes no more for now, and again. */
  pause(): void
  resume(): void
  /** With QoS 0. */
  publish(topic: string, payload: string): void
}
