import { argon2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkPassword, hashPassword, presentCost, verifyPassword } from './password.ts'

const cheap = { memory: 64, passes: 1, parallelism: 1 }

test('the hash function is Argon2id as RFC 9106, 5.3 tells it', () => {
  const tag = argon2Sync('argon2id', {
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    parallelism: 4,
    passes: 3,
    memory: 32,
    tagLength: 32,
  })
  expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659')
})

test('a password is known again, another is not, and no two hashes are alike', async () => {
  const stored = await hashPassword('Сары дала, көк аспан')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/)
  expect(await verifyPassword('Сары дала, көк аспан', stored)).toEqual({ right: true, outdated: false })
  expect(await verifyPassword('сары дала, көк аспан', stored)).toEqual({ right: false, outdated: false })
  expect(await hashPassword('Сары дала, көк аспан')).not.toBe(stored)
})

test('a hash of other parameters still opens, and says that it is outdated', async () => {
  expect(await verifyPassword('the old one', await hashPassword('the old one', cheap))).toEqual({
    right: true,
    outdated: true,
  })
})

test('letters put together from parts are the same password', async () => {
  const stored = await hashPassword('\u0439'.repeat(12), cheap)
  expect((await verifyPassword('\u0438\u0306'.repeat(12), stored)).right).toBe(true)
})

test('what is no hash of ours is a fault, not a wrong password', async () => {
  await expect(verifyPassword('x', '5f4dcc3b5aa765d61d8327deb882cf99')).rejects.toThrow('not argon2id')
})

test.each([
  ['short', null],
  ['aaaaaaaaaaaaaaaa', null],
  ['ababcdcdabab', null],
  ['Aigul.Orazbayeva1', 'aigul.orazbayeva@university.kz'],
])('%s is refused', (password, login) => {
  expect(() => {
    checkPassword(password, login)
  }).toThrow(expect.objectContaining({ code: 'password-weak', status: 422 }))
})

test.each([
  ['төрт түлік мал', null],
  ['correct horse battery', 'aigul@university.kz'],
  ['0123456789', 'abc@x.kz'],
])('%s is taken', (password, login) => {
  expect(() => {
    checkPassword(password, login)
  }).not.toThrow()
})

test('the present parameters are not below what OWASP asks for', () => {
  expect(presentCost).toEqual({ memory: 46 * 1024, passes: 1, parallelism: 1 })
})
