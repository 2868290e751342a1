import { afterEach, expect, test } from 'vitest'
import { findPerson, personFilter, plainDn, readLogin } from './find-person.ts'
import { createLdapProvider } from './provider.ts'
import { secrecyOf } from './settings.ts'
import type { LdapSettings } from './settings.ts'
import { base, caFile, searcher, startTestDirectory } from './test-directory.ts'
import type { TestDirectory } from './test-directory.ts'

const password = 'төрт түлік мал'
const aigul = `uid=aigul,ou=people,${base}`
const open: TestDirectory[] = []
afterEach(async () => {
  for (const directory of open.splice(0)) await directory.close()
})

async function start(secrecy?: Parameters<typeof startTestDirectory>[0]): Promise<TestDirectory> {
  const directory = await startTestDirectory(secrecy)
  open.push(directory)
  directory.entries.set(aigul, person('aigul', 'Айгүл Оразбаева'))
  return directory
}
const person = (uid: string, name: string) => ({
  objectClass: ['person', 'inetOrgPerson'],
  uid,
  displayName: name,
  mail: `${uid}@university.kz`,
  entryUUID: `1f0c-${uid}`,
  employeeNumber: 'T-7',
  memberOf: [`cn=rating-office, ou=groups,${base}`],
  userPassword: password,
})
const providerOf = ({ settings }: TestDirectory, change: Partial<LdapSettings> = {}) =>
  createLdapProvider({ ...settings, ...change })

test('login and password prove a person, by name or address, in any case', async () => {
  const directory = await start()
  const provider = providerOf(directory)
  for (const login of ['aigul', ' AIGUL ', 'Aigul@University.kz']) {
    expect(await provider.identify(login, password)).toEqual({
      provider: `ldap:${base}`,
      subject: '1f0c-aigul',
      name: 'Айгүл Оразбаева',
      email: 'aigul@university.kz',
      emailVerified: true,
      teacherCode: 'T-7',
      groups: [`cn=rating-office,ou=groups,${base}`],
    })
  }
})

test('a wrong password and an unknown login prove nobody, by the same number of questions', async () => {
  const directory = await start()
  const provider = providerOf(directory)
  expect(await provider.identify('aigul', 'wrong')).toBeNull()
  const asked = directory.asked.splice(0).length
  expect(await provider.identify('nobody', password)).toBeNull()
  expect(directory.asked).toHaveLength(asked)
})

test('no password is no proof: the directory, which would let it in as nobody, is not even asked', async () => {
  const directory = await start()
  expect(await providerOf(directory).identify('aigul', '')).toBeNull()
  expect(directory.asked).toEqual([])
})

test.each([
  '*',
  'a*',
  'aigul)(uid=*',
  '*)(objectClass=*',
  'aigul\\2a',
  '\\61igul',
  'ai gul',
  'ai\u{ad}gul',
  'aigul\0',
  '',
  'a'.repeat(255),
])('a login that is none (%j) is not looked for', async (login) => {
  const directory = await start()
  expect(readLogin(login)).toBeNull()
  expect(await providerOf(directory).identify(login, password)).toBeNull()
  expect(directory.asked).toEqual([])
})

test('whatever a login holds stays a value in the filter', async () => {
  const directory = await start()
  expect(personFilter(directory.settings, 'a*)(uid=*)(\\').toString()).toBe(
    '(&(objectClass=person)(|(uid=a\\2a\\29\\28uid=\\2a\\29\\28\\5c)(mail=a\\2a\\29\\28uid=\\2a\\29\\28\\5c)))',
  )
  const { Client } = await import('ldapts')
  const client = new Client({ url: directory.settings.url })
  await client.bind(searcher.dn, searcher.password)
  for (const login of ['*', 'a*', 'aigul)(uid=*', '*)(objectClass=*']) {
    expect(await findPerson(client, directory.settings, login)).toBeNull()
  }
  expect((await findPerson(client, directory.settings, 'aigul'))?.dn).toBe(aigul)
  await client.unbind()
  expect(directory.asked.filter((line) => line.startsWith('search')).slice(0, 4)).toEqual(
    ['\\2a', 'a\\2a', 'aigul\\29\\28uid=\\2a', '\\2a\\29\\28objectClass=\\2a'].map(
      (value) => `search (&(objectClass=person)(|(uid=${value})(mail=${value})))`,
    ),
  )
})

test('only who the filter says counts', async () => {
  const directory = await start()
  const provider = providerOf(directory, { filter: '(&(objectClass=person)(employeeNumber=T-8))' })
  expect(await provider.identify('aigul', password)).toBeNull()
  expect(() => providerOf(directory, { filter: '(uid=' })).toThrow('USTAZ_LDAP_FILTER (uid= is no filter')
})

test('where two people have one login nobody is let in', async () => {
  const directory = await start()
  directory.entries.set(`uid=other,ou=people,${base}`, {
    ...person('other', 'Other'),
    mail: 'aigul@university.kz',
  })
  await expect(providerOf(directory).identify('aigul@university.kz', password)).rejects.toThrow(
    'several people',
  )
})

test('who has no permanent id is not let in', async () => {
  const directory = await start()
  await expect(
    providerOf(directory, { idAttribute: 'objectGUID' }).identify('aigul', password),
  ).rejects.toThrow('has no objectGUID')
})

test('groups are searched where the people do not say them', async () => {
  const directory = await start()
  const group = `cn=deans,ou=groups,${base}`
  directory.entries.set(group, { objectClass: 'groupOfNames', cn: 'deans', member: [aigul] })
  directory.entries.set(`cn=other,ou=groups,${base}`, {
    objectClass: 'groupOfNames',
    cn: 'other',
    member: [base],
  })
  const provider = providerOf(directory, { groupBase: `ou=groups,${base}` })
  expect((await provider.identify('aigul', password))?.groups).toEqual([group])
})

test('names of groups are held side by side without regard to case and spaces', () => {
  expect(plainDn(' CN=Deans , OU=Groups,DC=university,DC=kz')).toBe('cn=deans,ou=groups,dc=university,dc=kz')
})

test.each([
  ['tls', 'tls'],
  ['start-tls', 'start-tls'],
] as const)('by %s everything is said on a line that nobody reads', async (kind, secrecy) => {
  const directory = await start(kind)
  const provider = createLdapProvider(directory.settings, secrecy)
  expect(await provider.identify('aigul', password)).toMatchObject({ subject: '1f0c-aigul' })
  expect(directory.asked.length).toBeGreaterThan(2)
  expect(directory.asked.filter((line) => !line.startsWith('tls '))).toEqual([])
})

test.each([
  ['that nobody vouches for', 'tls', { caFile: null }],
  ['that nobody vouches for', 'start-tls', { caFile: null }],
  ['for another name', 'tls', { host: '127.0.0.1' }],
  ['for another name', 'start-tls', { host: '127.0.0.1' }],
] as const)('a certificate %s (%s) ends it before a password is said', async (_, kind, change) => {
  const directory = await start(kind)
  const url =
    'host' in change ? directory.settings.url.replace('localhost', change.host) : directory.settings.url
  const settings = {
    ...directory.settings,
    url,
    ...('caFile' in change ? { caFile: change.caFile } : { caFile }),
  }
  await expect(createLdapProvider(settings, kind).identify('aigul', password)).rejects.toMatchObject({
    code: 'provider-unavailable',
  })
  expect(directory.asked).toEqual([])
})

test('a directory that cannot be raised to TLS is told nothing', async () => {
  const directory = await start('none')
  const provider = createLdapProvider(directory.settings, 'start-tls')
  await expect(provider.identify('aigul', password)).rejects.toMatchObject({ code: 'provider-unavailable' })
  expect(directory.asked).toEqual([])
})

test('only on this machine a plain address stays plain', () => {
  expect(
    ['ldaps://ldap.u.kz', 'ldap://ldap.u.kz', 'ldap://127.0.0.1:389', 'ldap://localhost'].map(secrecyOf),
  ).toEqual(['tls', 'start-tls', 'local', 'local'])
})

test('a directory that is out of reach, or does not let the searcher in, is said to be so', async () => {
  const directory = await start()
  const wrong = { searcher: { ...searcher, password: 'wrong' } }
  await expect(providerOf(directory, wrong).identify('aigul', password)).rejects.toMatchObject({
    code: 'provider-unavailable',
  })
  await directory.close()
  open.splice(0)
  await expect(providerOf(directory).identify('aigul', password)).rejects.toMatchObject({
    code: 'provider-unavailable',
  })
})
