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
  /** The connection it came by. */
  from: { acknowledge(ids: readonly number[]): void; pause(): void; resume(): void }
}
