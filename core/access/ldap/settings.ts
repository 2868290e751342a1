import { z } from 'zod'
import { isLocalName } from '../../local-name.ts'
import { roleRules, textVariable, yesOrNo } from '../providers/settings.ts'
import type { Admission } from '../providers/settings.ts'

export interface LdapSettings extends Admission {
  /** ldap or ldaps with host and port. */
  url: string
  /** PEM file of the authorities that sign the server's certificate; null: those that Node knows. */
  caFile: string | null
  /** As whom one searches; null: as nobody. */
  searcher: { dn: string; password: string } | null
  /** Below it people are searched. */
  base: string
  /** Who of them counts (RFC 4515). */
  filter: string
  /** Attributes one of which a login must be. */
  loginAttributes: readonly string[]
  /** Attribute that never changes and never goes to somebody else. */
  idAttribute: string
  /** Attribute with the personnel number (teacher.code); null: none. */
  teacherAttribute: string | null
  /** Below it groups with the person as a member are searched; null: the person's memberOf says them. */
  groupBase: string | null
}

const attribute = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: 'must be the name of an attribute' })

export const ldapVariables = {
  /** ldaps://host, or ldap://host, which is raised to TLS unless it is an address of this machine; unset: no directory is asked. */
  USTAZ_LDAP_URL: z
    .string()
    .regex(/^ldaps?:\/\/[^/?#@\s]+\/?$/, {
      error: 'must be an address such as ldaps://ldap.example.kz, without a path',
    })
    .nullable()
    .default(null),
  USTAZ_LDAP_CA_FILE: textVariable,
  /** As whom people are searched; with USTAZ_LDAP_BIND_PASSWORD. Unset: anonymously. */
  USTAZ_LDAP_BIND_DN: textVariable,
  USTAZ_LDAP_BIND_PASSWORD: textVariable,
  USTAZ_LDAP_BASE: textVariable,
  USTAZ_LDAP_FILTER: z.string().default('(objectClass=person)'),
  /** Attributes separated by commas; for Active Directory sAMAccountName,userPrincipalName. */
  USTAZ_LDAP_LOGIN: z
    .string()
    .default('uid,mail')
    .transform((names) => names.split(',').map((name) => name.trim()))
    .pipe(z.array(attribute)),
  /** For Active Directory objectGUID. */
  USTAZ_LDAP_ID: attribute.default('entryUUID'),
  USTAZ_LDAP_TEACHER: attribute.nullable().default(null),
  USTAZ_LDAP_GROUP_BASE: textVariable,
  /** The groups by their whole names (DN). */
  USTAZ_LDAP_ROLES: roleRules,
  USTAZ_LDAP_NEW_ACCOUNTS: yesOrNo,
}
type Values = z.output<z.ZodObject<typeof ldapVariables>>

/** null: no directory is asked. */
export function ldapOf(values: Values): LdapSettings | null {
  const { USTAZ_LDAP_URL: url, USTAZ_LDAP_BASE: base } = values
  const { USTAZ_LDAP_BIND_DN: dn, USTAZ_LDAP_BIND_PASSWORD: password } = values
  if (url === null || base === null) return null
  return {
    url,
    caFile: values.USTAZ_LDAP_CA_FILE,
    searcher: dn !== null && password !== null ? { dn, password } : null,
    base,
    filter: values.USTAZ_LDAP_FILTER,
    loginAttributes: values.USTAZ_LDAP_LOGIN,
    idAttribute: values.USTAZ_LDAP_ID,
    teacherAttribute: values.USTAZ_LDAP_TEACHER,
    groupBase: values.USTAZ_LDAP_GROUP_BASE,
    rules: values.USTAZ_LDAP_ROLES,
    newAccounts: values.USTAZ_LDAP_NEW_ACCOUNTS,
  }
}

/** What is wrong with the settings as a whole. */
export function ldapFaults(values: Values): string[] {
  const isUnset = (name: keyof Values) => values[name] === null
  const faults: string[] = []
  for (const [one, other] of [
    ['USTAZ_LDAP_URL', 'USTAZ_LDAP_BASE'],
    ['USTAZ_LDAP_BIND_DN', 'USTAZ_LDAP_BIND_PASSWORD'],
  ] as const) {
    if (isUnset(one) !== isUnset(other)) faults.push(`${one} and ${other} go together: set both, or none`)
  }
  return faults
}

/** How a connection is kept from being read: TLS from the first byte, raised to it before anything is said, or on this machine only. */
export function secrecyOf(url: string): 'tls' | 'start-tls' | 'local' {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'ldaps:') return 'tls'
  return isLocalName(hostname) ? 'local' : 'start-tls'
}
