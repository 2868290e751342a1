import { expect, test } from 'vitest'
import { readIdentity } from './read-claims.ts'

const settings = { rolesClaim: 'realm_access.roles', teacherClaim: 'staff_number' }
const read = (idToken: Record<string, unknown>, userInfo: Record<string, unknown> | null = null) =>
  readIdentity('openid:x', { subject: 's', idToken, userInfo }, settings)

test('an address is verified only by the source that names it', () => {
  const verified = { email: 'a@u.kz', email_verified: true }
  expect(read(verified)).toMatchObject({ email: 'a@u.kz', emailVerified: true })
  expect(read(verified, { email: 'rector@u.kz' })).toMatchObject({
    email: 'rector@u.kz',
    emailVerified: false,
  })
  expect(read({ email: 'rector@u.kz' }, { email_verified: true })).toMatchObject({ emailVerified: false })
  expect(read({ ...verified, email_verified: 'true' })).toMatchObject({ emailVerified: true })
  for (const answer of [1, 'yes', {}, null]) {
    expect(read({ ...verified, email_verified: answer })).toMatchObject({ emailVerified: false })
  }
})

test('groups stand in a claim or on a path, one or several, and never come from what all objects have', () => {
  expect(read({ realm_access: { roles: ['a', 'b', 7, null, {}] } }).groups).toEqual(['a', 'b', '7'])
  expect(read({ 'realm_access.roles': 'a' }).groups).toEqual(['a'])
  expect(read({ realm_access: 'a' }).groups).toEqual([])
  const odd = { ...settings, rolesClaim: 'constructor.name' }
  expect(readIdentity('x', { subject: 's', idToken: {}, userInfo: null }, odd).groups).toEqual([])
})

test('a name is put together where it is not given whole', () => {
  expect(read({ name: ' Айгүл ' }).name).toBe('Айгүл')
  expect(read({ family_name: 'Ким', given_name: 'Виктор' }).name).toBe('Ким Виктор')
  expect(read({ preferred_username: 'kim', email: 'k@u.kz' }).name).toBe('kim')
  expect(read({ email: 'k@u.kz' }).name).toBe('k@u.kz')
  expect(read({}).name).toBe('s')
})

test('a personnel number may be a number', () => {
  expect(read({ staff_number: 1042 }).teacherCode).toBe('1042')
  expect(read({ staff_number: '' }).teacherCode).toBeNull()
})
