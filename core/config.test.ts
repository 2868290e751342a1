import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('without any setting everything is embedded and only this machine can reach it', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    databaseUrl: null,
    mqttUrl: null,
    mqttPort: 0,
    host: '127.0.0.1',
    port: 4870,
    logLevel: 'info',
  })
  expect(config.dataDir).toMatch(/^\/.*\/\.ustaz$/)
})

test('reads what is set', () => {
  expect(
    readConfig({
      DATABASE_URL: 'postgresql://ustaz:secret@db/ustaz',
      MQTT_URL: 'mqtts://broker:8883',
      USTAZ_MQTT_CA: '/etc/ustaz/ca.pem',
      USTAZ_MQTT_PORT: '1885',
      USTAZ_MQTT_HOST: '0.0.0.0',
      USTAZ_MQTT_CERTIFICATE: '/etc/ustaz/broker.pem',
      USTAZ_MQTT_KEY: '/etc/ustaz/broker.key',
      CLAMD_URL: 'tcp://scanner:3310',
      PORT: '0',
      HOST: '::1',
      USTAZ_TRUSTED_PROXIES: '10.0.0.1, 10.1.0.0/16',
      USTAZ_SECOND_FACTOR_ROLES: 'administrator, office',
      USTAZ_DATA_DIR: '/srv/ustaz',
      LOG_LEVEL: 'warn',
      SMTP_URL: 'smtps://ustaz:secret@mail.university.kz',
      USTAZ_MAIL_FROM: 'Ustaz <ustaz@university.kz>',
      USTAZ_PUBLIC_URL: 'https://ustaz.university.kz/',
      USTAZ_TIME_ZONE: 'Asia/Aqtau',
    }),
  ).toEqual({
    databaseUrl: 'postgresql://ustaz:secret@db/ustaz',
    mqttUrl: 'mqtts://broker:8883',
    mqttCa: '/etc/ustaz/ca.pem',
    mqttPort: 1885,
    mqttSecure: { host: '0.0.0.0', certificate: '/etc/ustaz/broker.pem', key: '/etc/ustaz/broker.key' },
    clamdUrl: 'tcp://scanner:3310',
    port: 0,
    host: '::1',
    trustedProxies: ['10.0.0.1', '10.1.0.0/16'],
    secondFactorRoles: ['office', 'administrator'],
    demoSignIn: false,
    openId: null,
    ldap: null,
    rolesFromPosts: false,
    dataDir: '/srv/ustaz',
    logLevel: 'warn',
    mail: { smtpUrl: 'smtps://ustaz:secret@mail.university.kz', from: 'Ustaz <ustaz@university.kz>' },
    publicUrl: 'https://ustaz.university.kz',
    timeZone: 'Asia/Aqtau',
  })
})

test('a time zone that there is not is named as wrong, and none is that of Almaty', () => {
  expect(() => readConfig({ USTAZ_TIME_ZONE: 'Asia/Atlantis' })).toThrow('USTAZ_TIME_ZONE')
  expect(readConfig({}).timeZone).toBe('Asia/Almaty')
})

test('without a mail server no mail is sent, and links lead to where the server listens', () => {
  expect(readConfig({ HOST: '::1' })).toMatchObject({ mail: null, publicUrl: 'http://[::1]:4870' })
})

test('a mail server without a sender is refused, and the other way round', () => {
  expect(() => readConfig({ SMTP_URL: 'smtp://localhost' })).toThrow(
    'SMTP_URL and USTAZ_MAIL_FROM go together',
  )
  expect(() => readConfig({ USTAZ_MAIL_FROM: 'a@b.kz' })).toThrow('SMTP_URL and USTAZ_MAIL_FROM go together')
})

test('a role that there is not cannot be held to a second factor', () => {
  expect(() => readConfig({ USTAZ_SECOND_FACTOR_ROLES: 'office,rector' })).toThrow(
    'USTAZ_SECOND_FACTOR_ROLES names "rector"',
  )
})

test('the embedded broker listens for other machines by TLS only', () => {
  expect(() => readConfig({ USTAZ_MQTT_HOST: '0.0.0.0' })).toThrow('is for devices that come in by TLS')
  expect(() => readConfig({ USTAZ_MQTT_KEY: '/k' })).toThrow(
    'USTAZ_MQTT_CERTIFICATE and USTAZ_MQTT_KEY go together',
  )
})

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 4870, databaseUrl: null })
})

test.each([
  ['PORT', 'http', 'PORT must be a number'],
  ['PORT', '70000', 'PORT must be 0 to 65535'],
  ['PORT', '80.5', 'PORT must be a whole number'],
  [
    'DATABASE_URL',
    'mysql://db',
    'DATABASE_URL must be an address that starts with postgresql:// or postgres://',
  ],
  ['MQTT_URL', 'broker:1883', 'MQTT_URL must be an address that starts with mqtt:// or'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be trace'],
  ['SMTP_URL', 'mail.university.kz', 'SMTP_URL must be an address that starts with smtp:// or smtps://'],
  ['USTAZ_MAIL_FROM', 'Ustaz\r\nBcc: a@b.kz', 'USTAZ_MAIL_FROM must be an address such as'],
  ['USTAZ_PUBLIC_URL', 'ustaz.example', 'USTAZ_PUBLIC_URL must be an address that starts with https:// or'],
  ['USTAZ_PUBLIC_URL', 'https://ustaz.example/rating', 'USTAZ_PUBLIC_URL must have no path'],
  ['USTAZ_PUBLIC_URL', 'http://ustaz.example', 'USTAZ_PUBLIC_URL must start with https://'],
  ['USTAZ_DEMO_SIGN_IN', 'yes', 'USTAZ_DEMO_SIGN_IN is not a setting of Ustaz'],
  ['USTAZ_DATADIR', '/srv', 'USTAZ_DATADIR is not a setting of Ustaz'],
])('%s=%s is refused by name', (name, value, message) => {
  expect(() => readConfig({ [name]: value })).toThrow(message)
})

const openId = {
  USTAZ_OPENID_ISSUER: 'https://login.university.kz/realms/staff',
  USTAZ_OPENID_CLIENT_ID: 'ustaz',
}

test('a provider for signing in needs its address and a name of ours; the rest is cautious', () => {
  expect(readConfig(openId).openId).toEqual({
    issuer: 'https://login.university.kz/realms/staff',
    clientId: 'ustaz',
    clientSecret: null,
    scopes: 'openid email profile',
    rolesClaim: null,
    rules: [],
    teacherClaim: null,
    newAccounts: false,
  })
})

test('values of a claim are mapped to roles, in a unit or in the whole university', () => {
  const roles = '{"office":"office","deans":["dean@ENG","teacher"],"a@b":"head@CS@1"}'
  const settings = { ...openId, USTAZ_OPENID_ROLES_CLAIM: 'realm_access.roles', USTAZ_OPENID_ROLES: roles }
  expect(readConfig({ ...settings, USTAZ_OPENID_NEW_ACCOUNTS: 'yes' }).openId).toMatchObject({
    rolesClaim: 'realm_access.roles',
    newAccounts: true,
    rules: [
      { value: 'office', role: 'office', unitCode: null },
      { value: 'deans', role: 'dean', unitCode: 'ENG' },
      { value: 'deans', role: 'teacher', unitCode: null },
      { value: 'a@b', role: 'head', unitCode: 'CS@1' },
    ],
  })
})

test.each([
  [{ USTAZ_OPENID_CLIENT_ID: '' }, 'USTAZ_OPENID_ISSUER and USTAZ_OPENID_CLIENT_ID go together'],
  [{ USTAZ_OPENID_ISSUER: 'http://login.university.kz' }, 'USTAZ_OPENID_ISSUER must start with https://'],
  [{ USTAZ_OPENID_ISSUER: 'login.university.kz' }, 'USTAZ_OPENID_ISSUER must start with https://'],
  [{ USTAZ_OPENID_SCOPES: 'email' }, 'USTAZ_OPENID_SCOPES must have openid among its scopes'],
  [{ USTAZ_OPENID_ROLES: '{"a":"office"}' }, 'USTAZ_OPENID_ROLES_CLAIM and USTAZ_OPENID_ROLES go together'],
  [{ USTAZ_OPENID_ROLES: '{"a":"rector"}' }, 'USTAZ_OPENID_ROLES must be JSON such as'],
  [{ USTAZ_OPENID_ROLES: '{"a":"dean@"}' }, 'USTAZ_OPENID_ROLES must be JSON such as'],
  [{ USTAZ_OPENID_ROLES: 'a=office' }, 'USTAZ_OPENID_ROLES must be JSON such as'],
  [{ USTAZ_OPENID_NEW_ACCOUNTS: 'maybe' }, 'USTAZ_OPENID_NEW_ACCOUNTS must be yes or no'],
])('%j is refused for the provider', (settings, message) => {
  expect(() => readConfig({ ...openId, ...settings })).toThrow(message)
})

test('a provider on this machine may go without TLS', () => {
  const issuer = 'http://127.0.0.1:3000'
  expect(readConfig({ ...openId, USTAZ_OPENID_ISSUER: issuer }).openId?.issuer).toBe(issuer)
})

const ldap = { USTAZ_LDAP_URL: 'ldaps://ldap.university.kz', USTAZ_LDAP_BASE: 'dc=university,dc=kz' }

test('a directory needs its address and where people stand in it; the rest is as OpenLDAP has it', () => {
  expect(readConfig(ldap).ldap).toEqual({
    url: 'ldaps://ldap.university.kz',
    caFile: null,
    searcher: null,
    base: 'dc=university,dc=kz',
    filter: '(objectClass=person)',
    loginAttributes: ['uid', 'mail'],
    idAttribute: 'entryUUID',
    teacherAttribute: null,
    groupBase: null,
    rules: [],
    newAccounts: false,
  })
  const group = 'CN=Deans,OU=Groups,DC=university,DC=kz'
  const more = { USTAZ_LDAP_LOGIN: 'sAMAccountName, mail', USTAZ_LDAP_ROLES: `{"${group}":"dean@ENG"}` }
  expect(readConfig({ ...ldap, ...more }).ldap).toMatchObject({
    loginAttributes: ['sAMAccountName', 'mail'],
    rules: [{ value: group, role: 'dean', unitCode: 'ENG' }],
  })
})

test.each([
  [{ USTAZ_LDAP_BASE: '' }, 'USTAZ_LDAP_URL and USTAZ_LDAP_BASE go together'],
  [{ USTAZ_LDAP_BIND_DN: 'cn=a' }, 'USTAZ_LDAP_BIND_DN and USTAZ_LDAP_BIND_PASSWORD go together'],
  [{ USTAZ_LDAP_URL: 'ldap.university.kz' }, 'USTAZ_LDAP_URL must be an address such as ldaps://'],
  [{ USTAZ_LDAP_URL: 'ldaps://a.kz/dc=kz' }, 'USTAZ_LDAP_URL must be an address such as ldaps://'],
  [{ USTAZ_LDAP_LOGIN: 'uid)(cn' }, 'must be the name of an attribute'],
  [{ USTAZ_LDAP_ID: '*' }, 'USTAZ_LDAP_ID must be the name of an attribute'],
])('%j is refused for the directory', (settings, message) => {
  expect(() => readConfig({ ...ldap, ...settings })).toThrow(message)
})

test('all wrong settings are named at once', () => {
  expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT.*LOG_LEVEL/)
})

test.each(['0.0.0.0', '::', '192.168.1.5', 'ustaz.example', '127.0.0.1.example'])(
  'listening on %s needs the address that people open',
  (host) => {
    expect(() => readConfig({ HOST: host })).toThrow(`HOST ${host} is not a loopback address`)
    const config = readConfig({ HOST: host, USTAZ_PUBLIC_URL: 'https://ustaz.example/' })
    expect(config).toMatchObject({ host, publicUrl: 'https://ustaz.example' })
  },
)

test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('listening on %s needs nothing more', (host) => {
  expect(readConfig({ HOST: host }).host).toBe(host)
})

test('an address of this machine may go without TLS', () => {
  expect(readConfig({ HOST: '0.0.0.0', USTAZ_PUBLIC_URL: 'http://localhost:4870' }).publicUrl).toBe(
    'http://localhost:4870',
  )
})

test('nothing in the environment lets people in without a password', () => {
  expect(readConfig({}).demoSignIn).toBe(false)
})
