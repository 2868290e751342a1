import { z } from 'zod'

const receiptSchema = z.array(z.int())

/** Messages that are kept until their receipt comes. */
export interface Outbox<Message> {
  add(sequence: number, message: Message): void
  /** What must be published now: what was not yet, and what was so long ago that it may be lost. It counts as published from then on. */
  due(nowMs: number): Message[]
  /** Forgets what a receipt names. A receipt that is none is passed over: what it meant is published once more. */
  settle(receipt: Uint8Array): void
  /** Messages that are kept. */
  size(): number
}

/**
 * For a device or a gateway that sends Ustaz's own form with `"receipt":true` by a broker that may forget what it acknowledged. It holds what it
 * was given in memory; whoever must outlive a power cut keeps a copy.
 */
export function createOutbox<Message>({ repeatSeconds }: { repeatSeconds: number }): Outbox<Message> {
  const kept = new Map<number, { message: Message; publishedMs: number | null }>()
  return {
    add: (sequence, message) => kept.set(sequence, { message, publishedMs: null }),
    due(nowMs) {
      const before = nowMs - repeatSeconds * 1000
      const due = [...kept.values()].filter(
        ({ publishedMs }) => publishedMs === null || publishedMs <= before,
      )
      for (const one of due) one.publishedMs = nowMs
      return due.map(({ message }) => message)
    },
    settle(receipt) {
      for (const sequence of numbersOf(receipt)) kept.delete(sequence)
    },
    size: () => kept.size,
  }
}

function numbersOf(receipt: Uint8Array): number[] {
  try {
    return receiptSchema.safeParse(JSON.parse(new TextDecoder().decode(receipt))).data ?? []
  } catch {
    return []
  }
}
