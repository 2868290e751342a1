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
      USTAZ_MQTT_PORT: '1885',
      CLAMD_URL: 'tcp://scanner:3310',
      PORT: '0',
      HOST: '::1',
      USTAZ_TRUSTED_PROXIES: '10.0.0.1, 10.1.0.0/16',
      USTAZ_DATA_DIR: '/srv/ustaz',
      LOG_LEVEL: 'warn',
      SMTP_URL: 'smtps://ustaz:secret@mail.university.kz',
      USTAZ_MAIL_FROM: 'Ustaz <ustaz@university.kz>',
      USTAZ_PUBLIC_URL: 'https://ustaz.university.kz/',
    }),
  ).toEqual({
    databaseUrl: 'postgresql://ustaz:secret@db/ustaz',
    mqttUrl: 'mqtts://broker:8883',
    mqttPort: 1885,
    clamdUrl: 'tcp://scanner:3310',
    port: 0,
    host: '::1',
    trustedProxies: ['10.0.0.1', '10.1.0.0/16'],
    demoSignIn: false,
    dataDir: '/srv/ustaz',
    logLevel: 'warn',
    mail: { smtpUrl: 'smtps://ustaz:secret@mail.university.kz', from: 'Ustaz <ustaz@university.kz>' },
    publicUrl: 'https://ustaz.university.kz',
  })
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
