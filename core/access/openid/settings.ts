import { z } from 'zod'
import { isSafeAddress, roleRules, textVariable, yesOrNo } from '../providers/settings.ts'
import type { Admission } from '../providers/settings.ts'

export interface OpenIdSettings extends Admission {
  issuer: string
  clientId: string
  /** null: a public client, which PKCE alone protects. */
  clientSecret: string | null
  scopes: string
  /** Where groups stand: a claim, or a path such as realm_access.roles; null: no roles come from there. */
  rolesClaim: string | null
  /** Where the personnel number (teacher.code) stands; null: nowhere. */
  teacherClaim: string | null
}

export const openIdVariables = {
  /** Address of an OpenID Connect provider, as its discovery document says it; unset: nobody signs in that way. */
  USTAZ_OPENID_ISSUER: textVariable,
  USTAZ_OPENID_CLIENT_ID: textVariable,
  /** Unset: a public client. */
  USTAZ_OPENID_CLIENT_SECRET: textVariable,
  USTAZ_OPENID_SCOPES: z
    .string()
    .default('openid email profile')
    .refine((scopes) => scopes.split(' ').includes('openid'), { error: 'must have openid among its scopes' }),
  /** The claim that USTAZ_OPENID_ROLES is about: its name, or a path such as realm_access.roles. */
  USTAZ_OPENID_ROLES_CLAIM: textVariable,
  USTAZ_OPENID_ROLES: roleRules,
  /** The claim with the personnel number, by which an account is joined with its teacher. */
  USTAZ_OPENID_TEACHER_CLAIM: textVariable,
  /** Whether who is unknown is made an account; otherwise only who has one with the same verified address gets in. */
  USTAZ_OPENID_NEW_ACCOUNTS: yesOrNo,
}
type Values = z.output<z.ZodObject<typeof openIdVariables>>

/** null: there is no such provider. */
export function openIdOf(values: Values): OpenIdSettings | null {
  const { USTAZ_OPENID_ISSUER: issuer, USTAZ_OPENID_CLIENT_ID: clientId } = values
  if (issuer === null || clientId === null) return null
  return {
    issuer,
    clientId,
    clientSecret: values.USTAZ_OPENID_CLIENT_SECRET,
    scopes: values.USTAZ_OPENID_SCOPES,
    rolesClaim: values.USTAZ_OPENID_ROLES_CLAIM,
    rules: values.USTAZ_OPENID_ROLES,
    teacherClaim: values.USTAZ_OPENID_TEACHER_CLAIM,
    newAccounts: values.USTAZ_OPENID_NEW_ACCOUNTS,
  }
}

/** What is wrong with the settings as a whole. */
export function openIdFaults(values: Values): string[] {
  const { USTAZ_OPENID_ISSUER: issuer, USTAZ_OPENID_CLIENT_ID: clientId } = values
  const faults: string[] = []
  if ((issuer === null) !== (clientId === null)) {
    faults.push('USTAZ_OPENID_ISSUER and USTAZ_OPENID_CLIENT_ID go together: set both, or none')
  }
  if (issuer !== null && !isSafeAddress(issuer)) {
    faults.push('USTAZ_OPENID_ISSUER must start with https://, except for an address of this machine')
  }
  if ((values.USTAZ_OPENID_ROLES_CLAIM === null) !== (values.USTAZ_OPENID_ROLES.length === 0)) {
    faults.push('USTAZ_OPENID_ROLES_CLAIM and USTAZ_OPENID_ROLES go together: set both, or none')
  }
  return faults
}
