import { expect, test } from 'vitest'
import { isLocalName, isLoopback } from './local-name.ts'

test.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
  expect(isLoopback(address)).toBe(true)
})

test.each(['', '10.0.0.1', '0.0.0.0', '::', '::ffff:10.0.0.1', '127.0.0.1.evil.example', '1127.0.0.1'])(
  '%j is not',
  (address) => {
    expect(isLoopback(address)).toBe(false)
  },
)

test.each([
  ['localhost', true],
  ['LOCALHOST', true],
  ['ustaz.localhost', true],
  ['[::1]', true],
  ['localhost.evil.example', false],
  ['evil-localhost', false],
  ['', false],
])('the name %j: %s', (name, local) => {
  expect(isLocalName(name)).toBe(local)
})
