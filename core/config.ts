import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { isLocalName } from './local-name.ts'
import { openIdFaults, openIdOf, openIdVariables } from './access/openid/settings.ts'
import type { OpenIdSettings } from './access/openid/settings.ts'
import { ldapFaults, ldapOf, ldapVariables } from './access/ldap/settings.ts'
import type { LdapSettings } from './access/ldap/settings.ts'
import { yesOrNo } from './access/providers/settings.ts'
import { usualTimeZone } from './plugin/context.ts'
import { roles } from './access/rights.ts'
import type { Role } from './access/rights.ts'
import { UstazError } from './contract/problem.ts'

type Environment = Record<string, string | undefined>

const projectRoot = fileURLToPath(new URL('..', import.meta.url))

const url = (...protocols: string[]) =>
  z
    .string()
    .refine((text) => protocols.includes(URL.parse(text)?.protocol.slice(0, -1) ?? ''), {
      error: `must be an address that starts with ${protocols.join(':// or ')}://`,
    })
    .nullable()
    .default(null)

const port = z.coerce
  .number({ error: 'must be a number' })
  .int({ error: 'must be a whole number' })
  .min(0, { error: 'must be 0 to 65535' })
  .max(65535, { error: 'must be 0 to 65535' })

const path = z
  .string()
  .transform((given) => resolve(given))
  .nullable()
  .default(null)

/** Every environment variable the product knows; nothing else reads process.env. */
const environmentSchema = z.object({
  /** A PostgreSQL server of one's own, 15 or newer; unset: the embedded one. */
  DATABASE_URL: url('postgresql', 'postgres'),
  /** An MQTT broker of one's own; unset: the embedded one. */
  MQTT_URL: url('mqtt', 'mqtts', 'ws', 'wss'),
  /** tcp://host:port of a clamd that scans what is uploaded; unset: files are not scanned, and said to be so. */
  CLAMD_URL: url('tcp'),
  /** File with the certificate authority of MQTT_URL's broker (PEM); unset: those that the system knows. */
  USTAZ_MQTT_CA: path,
  /** Of the embedded broker; 0: any free one. */
  USTAZ_MQTT_PORT: port.default(0),
  /** Where the embedded broker listens; of other than this machine only with certificate and key. */
  USTAZ_MQTT_HOST: z.string().default('127.0.0.1'),
  /** Files with the embedded broker's certificate (and those between it and its authority) and key (PEM): devices then come in by TLS only. */
  USTAZ_MQTT_CERTIFICATE: path,
  USTAZ_MQTT_KEY: path,
  /** Of the HTTP server; 0: any free one. */
  PORT: port.default(4870),
  HOST: z.string().default('127.0.0.1'),
  /** Addresses or networks (10.0.0.0/8), separated by commas, of the proxies whose X-Forwarded-* headers are believed. */
  USTAZ_TRUSTED_PROXIES: z.string().default(''),
  /** Roles, separated by commas, whose people must set up a second factor before they do anything else, such as office,administrator. */
  USTAZ_SECOND_FACTOR_ROLES: z.string().default(''),
  /** Folder of the embedded database and of uploaded files. */
  USTAZ_DATA_DIR: z.string().default(resolve(projectRoot, '.ustaz')),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
  /** A server where tests may create databases; unset: an embedded one for the run. */
  USTAZ_TEST_DATABASE_URL: url('postgresql', 'postgres'),
  /** A mail server, with name and password where it wants them; unset: no mail is sent. */
  SMTP_URL: url('smtp', 'smtps'),
  /** Who mail is from: an address, or a name and an address in angle brackets; goes with SMTP_URL. */
  USTAZ_MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, {
      error: 'must be an address such as ustaz@example.kz, or Ustaz <ustaz@example.kz>',
    })
    .nullable()
    .default(null),
  /** Where people reach the product, without a path; may be unset (http:// with HOST and PORT) where HOST is of this machine only. */
  USTAZ_PUBLIC_URL: url('https', 'http'),
  /** IANA name of the university's time zone: by its clock times are shown and typed, and read from what says no zone. */
  USTAZ_TIME_ZONE: z
    .string()
    .refine((name) => name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name), {
      error: 'must be the IANA name of a time zone, such as Asia/Almaty',
    })
    .default(usualTimeZone),
  ...openIdVariables,
  ...ldapVariables,
  /** Whether teachers, heads and deans have these roles, at each sign-in anew, by the posts they hold that day. */
  USTAZ_ROLES_FROM_POSTS: yesOrNo,
})

export interface Config {
  /** null: start the embedded PostgreSQL. */
  databaseUrl: string | null
  /** null: start the embedded broker. */
  mqttUrl: string | null
  /** null: uploaded files are not scanned. */
  clamdUrl: string | null
  /** File of the certificate authority by which that broker is checked; null: those that the system knows. */
  mqttCa: string | null
  /** Of the embedded broker; 0: any free one. */
  mqttPort: number
  /** Files of the embedded broker's certificate and key, and where it listens by TLS; null: on this machine only, without. */
  mqttSecure: { host: string; certificate: string; key: string } | null
  host: string
  /** 0: any free one. */
  port: number
  trustedProxies: readonly string[]
  /** Whether anybody may sign in as anybody by one click. No setting turns it on: only the demonstration does. */
  demoSignIn: boolean
  /** null: nobody signs in by OpenID Connect. */
  openId: OpenIdSettings | null
  /** null: no directory is asked about logins and passwords. */
  ldap: LdapSettings | null
  /** Whether posts give roles at sign-in. */
  rolesFromPosts: boolean
  /** Whose people must have a second factor. */
  secondFactorRoles: readonly Role[]
  /** Absolute. */
  dataDir: string
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL']
  /** null: no mail is sent. */
  mail: { smtpUrl: string; from: string } | null
  /** Where people reach the product: origin without a path. Names of this machine are served besides. */
  publicUrl: string
  /** IANA name. */
  timeZone: string
}

/** Reads the settings; an empty variable counts as unset. Throws `config-invalid`, which names the variables that are wrong. */
export function readConfig(environment: Environment = process.env): Config {
  const values = parse(environment)
  return {
    databaseUrl: values.DATABASE_URL,
    mqttUrl: values.MQTT_URL,
    clamdUrl: values.CLAMD_URL,
    mqttCa: values.USTAZ_MQTT_CA,
    mqttPort: values.USTAZ_MQTT_PORT,
    mqttSecure: mqttSecureOf(values),
    host: values.HOST,
    port: values.PORT,
    trustedProxies: partsOf(values.USTAZ_TRUSTED_PROXIES),
    secondFactorRoles: roles.filter((role) => partsOf(values.USTAZ_SECOND_FACTOR_ROLES).includes(role)),
    demoSignIn: false,
    openId: openIdOf(values),
    ldap: ldapOf(values),
    rolesFromPosts: values.USTAZ_ROLES_FROM_POSTS,
    dataDir: resolve(values.USTAZ_DATA_DIR),
    logLevel: values.LOG_LEVEL,
    mail: mailOf(values),
    timeZone: values.USTAZ_TIME_ZONE,
    publicUrl: new URL(values.USTAZ_PUBLIC_URL ?? addressOf(values)).origin,
  }
}

const partsOf = (list: string) =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

function addressOf({ HOST: host, PORT }: z.infer<typeof environmentSchema>): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}

function mailOf({
  SMTP_URL: smtpUrl,
  USTAZ_MAIL_FROM: from,
}: z.infer<typeof environmentSchema>): Config['mail'] {
  return smtpUrl !== null && from !== null ? { smtpUrl, from } : null
}

function mqttSecureOf({
  USTAZ_MQTT_HOST: host,
  USTAZ_MQTT_CERTIFICATE: certificate,
  USTAZ_MQTT_KEY: key,
}: z.infer<typeof environmentSchema>): Config['mqttSecure'] {
  return certificate !== null && key !== null ? { host, certificate, key } : null
}

/** Address of the server for tests; null: none was given. */
export function readTestDatabaseUrl(environment: Environment = process.env): string | null {
  return environment['USTAZ_TEST_DATABASE_URL'] ?? null
}

function parse(environment: Environment): z.infer<typeof environmentSchema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const { success, data, error } = environmentSchema.safeParse(given)
  const faults = success
    ? [hostFaults, mailFaults, mqttFaults, openIdFaults, ldapFaults, roleFaults].flatMap((find) => find(data))
    : error.issues.map(({ path, message }) => `${path.join()} ${message}`)
  faults.push(...unknownFaults(given))
  if (!success || faults.length > 0) throw invalid(faults)
  return data
}

/** Passwords and sessions never go over a network in the clear, and links in mails need an address. */
function hostFaults(values: z.infer<typeof environmentSchema>): string[] {
  const { HOST, USTAZ_PUBLIC_URL: publicUrl } = values
  if (publicUrl === null) {
    if (isLocalName(HOST)) return []
    return [
      `HOST ${HOST} is not a loopback address: set USTAZ_PUBLIC_URL to the address that people open, such as https://ustaz.example.kz.`,
    ]
  }
  const { protocol, hostname, pathname } = new URL(publicUrl)
  const faults = pathname === '/' ? [] : ['USTAZ_PUBLIC_URL must have no path']
  if (protocol !== 'https:' && !isLocalName(hostname)) {
    faults.push('USTAZ_PUBLIC_URL must start with https://, except for an address of this machine')
  }
  return faults
}

function mailFaults(values: z.infer<typeof environmentSchema>): string[] {
  if ((values.SMTP_URL === null) === (values.USTAZ_MAIL_FROM === null)) return []
  return ['SMTP_URL and USTAZ_MAIL_FROM go together: set both, or none']
}

function roleFaults({ USTAZ_SECOND_FACTOR_ROLES: list }: z.infer<typeof environmentSchema>): string[] {
  const unknown = partsOf(list).filter((name) => !roles.some((role) => role === name))
  return unknown.map(
    (name) => `USTAZ_SECOND_FACTOR_ROLES names "${name}", which is none of ${roles.join(', ')}`,
  )
}

/** Devices' passwords do not go over a network in the clear either. */
function mqttFaults(values: z.infer<typeof environmentSchema>): string[] {
  const [host, isSecure] = [values.USTAZ_MQTT_HOST, values.USTAZ_MQTT_CERTIFICATE !== null]
  if (isSecure !== (values.USTAZ_MQTT_KEY !== null))
    return ['USTAZ_MQTT_CERTIFICATE and USTAZ_MQTT_KEY go together: set both, or none']
  if (isSecure || host === '127.0.0.1') return []
  return [
    `USTAZ_MQTT_HOST ${host} is for devices that come in by TLS: set USTAZ_MQTT_CERTIFICATE and USTAZ_MQTT_KEY`,
  ]
}

/** A name with our prefix that we do not know is a slip that would be passed over in silence. */
function unknownFaults(given: object): string[] {
  return Object.keys(given)
    .filter((name) => name.startsWith('USTAZ_') && !(name in environmentSchema.shape))
    .map((name) => `${name} is not a setting of Ustaz`)
}

function invalid(faults: string[]): UstazError {
  return new UstazError('config-invalid', {
    status: 500,
    params: { faults },
    message: `Environment: ${faults.join('; ')}`,
  })
}
