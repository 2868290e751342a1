import type { DirectBroker, PublishedMessage } from '@ustaz/core/plugin'
import type { ArrivedMessage, MessageSource } from './message.ts'

interface DirectParts {
  broker: DirectBroker
  filters: readonly string[]
  take(message: ArrivedMessage): void
}

export interface DirectReceiving {
  /** Receives what these filters let through from now on, and nothing else. */
  listen(filters: readonly string[]): void
  close(): void
}

/**
 * Takes messages from the broker in this process. Each is a promise that the broker waits for before it acknowledges: it resolves when the
 * message is acknowledged here, and rejects (the device then sends again) when no more is taken.
 */
export function receiveDirectly({ broker, filters, take }: DirectParts): DirectReceiving {
  const waiting = new Map<number, PromiseWithResolvers<undefined>>()
  let isPaused = false
  let number = 0
  const from: MessageSource = {
    acknowledge(ids) {
      for (const id of ids) {
        waiting.get(id)?.resolve(undefined)
        waiting.delete(id)
      }
    },
    pause: () => {
      isPaused = true
    },
    resume: () => {
      isPaused = false
    },
    publish: (topic, payload) => broker.publish(topic, payload),
  }
  const receive = async (message: PublishedMessage) => {
    if (isPaused) throw new Error('more messages wait to be stored than can be held')
    const id = number++
    const stored = Promise.withResolvers<undefined>()
    waiting.set(id, stored)
    take({ ...message, retained: false, arrivedAt: new Date(), id, from })
    await stored.promise
  }
  let end = broker.receive(filters, receive)
  return {
    listen(next) {
      end = broker.receive(next, receive)
    },
    close() {
      end()
      for (const { reject } of waiting.values()) reject(new Error('receiving has ended'))
      waiting.clear()
    },
  }
}
