import { isIPv4 } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
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

/** Every environment variable the product knows; nothing else reads process.env. */
const environmentSchema = z.object({
  /** A PostgreSQL server of one's own, 15 or newer; unset: the embedded one. */
  DATABASE_URL: url('postgresql', 'postgres'),
  /** An MQTT broker of one's own; unset: the embedded one. */
  MQTT_URL: url('mqtt', 'mqtts', 'ws', 'wss'),
  /** tcp://host:port of a clamd that scans what is uploaded; unset: files are not scanned, and said to be so. */
  CLAMD_URL: url('tcp'),
  /** Of the embedded broker, on this machine only; 0: any free one. */
  USTAZ_MQTT_PORT: port.default(0),
  /** Of the HTTP server; 0: any free one. */
  PORT: port.default(4870),
  HOST: z.string().default('127.0.0.1'),
  /** yes: HOST may be any address, because what publishes the port outside publishes it on a loopback address. */
  USTAZ_BEHIND_LOOPBACK: z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('no'),
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
  /** Where people reach the product, for links in mail; unset: http:// with HOST and PORT. */
  USTAZ_PUBLIC_URL: url('http', 'https'),
})

export interface Config {
  /** null: start the embedded PostgreSQL. */
  databaseUrl: string | null
  /** null: start the embedded broker. */
  mqttUrl: string | null
  /** null: uploaded files are not scanned. */
  clamdUrl: string | null
  /** Of the embedded broker; 0: any free one. */
  mqttPort: number
  host: string
  /** 0: any free one. */
  port: number
  /** Absolute. */
  dataDir: string
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL']
  /** null: no mail is sent. */
  mail: { smtpUrl: string; from: string } | null
  /** Without a slash at the end. */
  publicUrl: string
}

/** Reads the settings; an empty variable counts as unset. Throws `config-invalid`, which names the variables that are wrong. */
export function readConfig(environment: Environment = process.env): Config {
  const values = parse(environment)
  return {
    databaseUrl: values.DATABASE_URL,
    mqttUrl: values.MQTT_URL,
    clamdUrl: values.CLAMD_URL,
    mqttPort: values.USTAZ_MQTT_PORT,
    host: values.HOST,
    port: values.PORT,
    dataDir: resolve(values.USTAZ_DATA_DIR),
    logLevel: values.LOG_LEVEL,
    mail: mailOf(values),
    publicUrl: (values.USTAZ_PUBLIC_URL ?? addressOf(values)).replace(/\/+$/, ''),
  }
}

function addressOf({ HOST: host, PORT }: z.infer<typeof environmentSchema>): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}

function mailOf({
  SMTP_URL: smtpUrl,
  USTAZ_MAIL_FROM: from,
}: z.infer<typeof environmentSchema>): Config['mail'] {
  return smtpUrl !== null && from !== null ? { smtpUrl, from } : null
}

/** Address of the server for tests; null: none was given. */
export function readTestDatabaseUrl(environment: Environment = process.env): string | null {
  return environment['USTAZ_TEST_DATABASE_URL'] ?? null
}

function parse(environment: Environment): z.infer<typeof environmentSchema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const { success, data, error } = environmentSchema.safeParse(given)
  const faults = success
    ? [...hostFaults(data), ...mailFaults(data)]
    : error.issues.map(({ path, message }) => `${path.join()} ${message}`)
  faults.push(...unknownFaults(given))
  if (!success || faults.length > 0) throw invalid(faults)
  return data
}

/** Until there are accounts, whoever reaches the server may do everything. */
function hostFaults(values: z.infer<typeof environmentSchema>): string[] {
  if (values.USTAZ_BEHIND_LOOPBACK === 'yes' || isLoopback(values.HOST)) return []
  return [
    `HOST ${values.HOST} is not a loopback address: as long as Ustaz has no accounts it may only be reached from the ` +
      'machine itself (127.0.0.1, ::1 or localhost). In a container whose port is published on 127.0.0.1 only, set ' +
      'USTAZ_BEHIND_LOOPBACK=yes.',
  ]
}

function mailFaults(values: z.infer<typeof environmentSchema>): string[] {
  if ((values.SMTP_URL === null) === (values.USTAZ_MAIL_FROM === null)) return []
  return ['SMTP_URL and USTAZ_MAIL_FROM go together: set both, or none']
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
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
