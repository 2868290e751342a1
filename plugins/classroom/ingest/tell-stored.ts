import type { JudgedMessage } from './judgement.ts'

/** To devices that asked for it: one message for each, with the numbers that are stored. */
export function sendReceipts(judged: readonly JudgedMessage[]): void {
  const asked = judged.flatMap(({ message: { from }, judgement: { receipt } }) =>
    receipt ? [{ from, ...receipt }] : [],
  )
  for (const [topic, receipts] of Map.groupBy(asked, (receipt) => receipt.topic)) {
    receipts[0]?.from.publish(topic, JSON.stringify(receipts.map(({ sequence }) => sequence)))
  }
}

/** To the brokers, for each connection together. */
export function acknowledge(batch: readonly JudgedMessage[]): void {
  for (const [from, messages] of Map.groupBy(batch, ({ message }) => message.from)) {
    from.acknowledge(messages.flatMap(({ message: { id } }) => (id === null ? [] : [id])))
  }
}
