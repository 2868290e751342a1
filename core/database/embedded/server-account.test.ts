import { expect, test } from 'vitest'
import { preferredAccount } from './server-account.ts'

const root = 'root:x:0:0:root:/root:/bin/bash'
const nobody = 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin'
const postgres = 'postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash'

test('the account postgres is taken where there is one', () => {
  expect(preferredAccount([root, nobody, postgres].join('\n'))).toEqual({ uid: 101, gid: 104 })
})

test('else nobody', () => {
  expect(preferredAccount([root, nobody].join('\n'))).toEqual({ uid: 65534, gid: 65534 })
})

test('else a number that belongs to nobody', () => {
  expect(preferredAccount(root)).toEqual({ uid: 65534, gid: 65534 })
})

test('an account that is root by another name is not taken', () => {
  expect(preferredAccount(`postgres:x:0:0::/root:/bin/sh\n${nobody}`)).toEqual({ uid: 65534, gid: 65534 })
})
