import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  ConstraintViolationError,
  FilterParser,
  InappropriateAuthError,
  InvalidCredentialsError,
  NoSuchObjectError,
  UnwillingToPerformError,
} from 'ldapts'
import type { Client, Entry } from 'ldapts'
import { UstazError } from '../../contract/problem.ts'
import type { PasswordProvider } from '../providers/password-provider.ts'
import type { ProvenIdentity } from '../providers/identity.ts'
import { onConnection } from './connect.ts'
import type { Directory } from './connect.ts'
import { findGroups, findPerson, plainDn, readLogin, textsOf, valuesOf } from './find-person.ts'
import type { LdapSettings } from './settings.ts'
import { secrecyOf } from './settings.ts'

/**
 * An LDAP directory: the person is searched by the login, then the directory is asked whether the password is theirs. Throws
 * `config-invalid` where the filter or the file of authorities cannot be read.
 */
export function createLdapProvider(
  settings: LdapSettings,
  secrecy: Directory['secrecy'] = secrecyOf(settings.url),
): PasswordProvider {
  const directory: Directory = { url: settings.url, ca: readCa(settings), secrecy }
  checkFilter(settings)
  const id = `ldap:${plainDn(settings.base)}`
  return {
    id,
    admission: {
      newAccounts: settings.newAccounts,
      rules: settings.rules.map((rule) => ({ ...rule, value: plainDn(rule.value) })),
    },
    async identify(typed, password) {
      const login = readLogin(typed)
      // Without a password a directory lets anybody in as nobody (RFC 4513, 5.1.2).
      if (login === null || password === '') return null
      return await onConnection(directory, async (client) => {
        if (settings.searcher) await client.bind(settings.searcher.dn, settings.searcher.password)
        const person = await findPerson(client, settings, login)
        const dn = person?.dn ?? `cn=${randomBytes(8).toString('hex')},${settings.base}`
        const isRight = await onConnection(directory, async (own) => await proves(own, dn, password))
        if (!person || !isRight) return null
        return toIdentity(id, person, settings, await findGroups(client, settings, person))
      })
    },
  }
}

/** What a directory answers to a wrong password, to who may not sign in now, and to who does not exist. */
const refusals = [
  InvalidCredentialsError,
  InappropriateAuthError,
  UnwillingToPerformError,
  ConstraintViolationError,
  NoSuchObjectError,
]

async function proves(client: Client, dn: string, password: string): Promise<boolean> {
  try {
    await client.bind(dn, password)
    return true
  } catch (error) {
    if (refusals.some((refusal) => error instanceof refusal)) return false
    throw error
  }
}

function toIdentity(
  provider: string,
  person: Entry,
  { idAttribute, teacherAttribute, url }: LdapSettings,
  groups: readonly string[],
): ProvenIdentity {
  const subject = subjectOf(person, idAttribute)
  if (subject === null) {
    const message = `${url}: ${person.dn} has no ${idAttribute} that can be read (USTAZ_LDAP_ID, in upper and lower case as the directory writes it)`
    throw new UstazError('provider-unavailable', { status: 503, message })
  }
  const first = (name: string | null) => (name === null ? null : (textsOf(person, name)[0] ?? null))
  const email = first('mail')
  return {
    provider,
    subject,
    name: first('displayName') ?? first('cn') ?? email ?? person.dn,
    email,
    // The university itself writes its directory.
    emailVerified: true,
    teacherCode: first(teacherAttribute),
    groups: groups.map(plainDn),
  }
}

/** Bytes such as an objectGUID as hexadecimal digits. null: none, or made text by force, in which two people may look alike. */
function subjectOf(person: Entry, attribute: string): string | null {
  const [id] = valuesOf(person, attribute)
  if (id === undefined || id.length === 0) return null
  if (typeof id === 'string') return id.includes('\u{fffd}') ? null : id
  const text = id.toString('latin1')
  return /^[\x21-\x7e]+$/.test(text) ? text : `0x${id.toString('hex')}`
}

function readCa({ caFile }: LdapSettings): string | null {
  if (caFile === null) return null
  try {
    return readFileSync(caFile, 'utf8')
  } catch (cause) {
    throw invalid(`USTAZ_LDAP_CA_FILE ${caFile} cannot be read`, cause)
  }
}

function checkFilter({ filter }: LdapSettings): void {
  try {
    FilterParser.parseString(filter)
  } catch (cause) {
    throw invalid(`USTAZ_LDAP_FILTER ${filter} is no filter of LDAP`, cause)
  }
}

function invalid(fault: string, cause: unknown): UstazError {
  return new UstazError('config-invalid', { status: 500, params: { faults: [fault] }, message: fault, cause })
}
