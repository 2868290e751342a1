import { expect, test } from 'vitest'
import { createOutbox } from './outbox.ts'

const receiptOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

test('publishes again what has no receipt, and only that', () => {
  const outbox = createOutbox<string>({ repeatSeconds: 5 })
  outbox.add(1, 'a')
  outbox.add(2, 'b')
  expect(outbox.due(0)).toEqual(['a', 'b'])
  expect(outbox.due(4999)).toEqual([])
  outbox.settle(receiptOf([2, 7]))
  expect(outbox.due(5000)).toEqual(['a'])
  outbox.settle(receiptOf([1]))
  expect(outbox.size()).toBe(0)
})

test('passes over receipts that are none', () => {
  const outbox = createOutbox<string>({ repeatSeconds: 5 })
  outbox.add(1, 'a')
  outbox.settle(receiptOf({ stored: 1 }))
  outbox.settle(receiptOf(['1']))
  outbox.settle(new Uint8Array([0xff, 0x00]))
  expect(outbox.size()).toBe(1)
})
