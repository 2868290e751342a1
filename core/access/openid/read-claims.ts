import type { ProvenIdentity } from '../providers/identity.ts'
import type { OpenIdSettings } from './settings.ts'

type Claims = Readonly<Record<string, unknown>>

/** Of the ID token, and of the provider's answer about the person; null: it was not asked. */
export interface ReadClaims {
  subject: string
  idToken: Claims
  userInfo: Claims | null
}

/** Who a person is by the claims about them. An address counts as verified only where the same source says so. */
export function readIdentity(
  provider: string,
  { subject, idToken, userInfo }: ReadClaims,
  { rolesClaim, teacherClaim }: Pick<OpenIdSettings, 'rolesClaim' | 'teacherClaim'>,
): ProvenIdentity {
  const all = { ...idToken, ...userInfo }
  const mail = userInfo && 'email' in userInfo ? userInfo : idToken
  const email = textOf(mail['email'])
  const verified = mail['email_verified']
  return {
    provider,
    subject,
    name: nameOf(all) ?? email ?? subject,
    email,
    emailVerified: verified === true || verified === 'true',
    teacherCode: teacherClaim === null ? null : textOf(valueOf(all, teacherClaim)),
    groups: rolesClaim === null ? [] : textsOf(valueOf(all, rolesClaim)),
  }
}

function nameOf(claims: Claims): string | null {
  const parts = [textOf(claims['family_name']), textOf(claims['given_name'])].filter((part) => part !== null)
  return textOf(claims['name']) ?? textOf(parts.join(' ')) ?? textOf(claims['preferred_username'])
}

/** A claim by its name, which may hold dots, or by its path. */
function valueOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Claims)[key]
      : undefined
  }, claims)
}

/** null: absent or empty. Personnel numbers may come as numbers. */
function textOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  return String(value).trim() || null
}

/** One value or a list of them. */
function textsOf(value: unknown): string[] {
  return [value].flat().flatMap((one) => textOf(one) ?? [])
}
