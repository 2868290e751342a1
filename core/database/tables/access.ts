import type { ColumnType, Generated } from 'kysely'
import type { Id } from './column.ts'

export interface AccountTable {
  id: Id
  name: string
  teacher_id: number | null
  email: string | null
  language: Generated<'kk' | 'ru' | 'en'>
  wants_mail: Generated<boolean>
  locked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface AccountRoleTable {
  account_id: number
  role: string
  unit_id: number | null
  source: ColumnType<
    'given' | 'claim' | 'appointment',
    'given' | 'claim' | 'appointment' | undefined,
    'given' | 'claim' | 'appointment'
  >
}
export interface AccountPasswordTable {
  account_id: number
  hash: string
  changed_at: Date
}
export interface AccountSessionTable {
  id: Id
  account_id: number
  token_hash: Buffer
  provider: string
  address: string
  agent: string | null
  created_at: Date
  seen_at: Date
  expires_at: Date
}
export interface AccountLinkTable {
  id: Id
  account_id: number
  purpose: 'invitation' | 'reset' | 'email'
  email: string | null
  token_hash: Buffer
  created_by: number | null
  created_at: Date
  expires_at: Date
  used_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface SignInGuessTable {
  subject: string
  failures: number
  last_at: Date
  blocked_until: Date | null
}
export interface AccountTotpTable {
  account_id: number
  secret: Buffer
  confirmed_at: Date | null
  last_step: number | null
}
export interface AccountRecoveryCodeTable {
  account_id: number
  code_hash: Buffer
  used_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface ApiTokenTable {
  id: Id
  account_id: number
  name: string
  token_hash: Buffer
  actions: string[]
  created_at: Date
  expires_at: Date
  used_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  revoked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface AccountIdentityTable {
  provider: string
  subject: string
  account_id: number
  linked_at: Date
}
export interface SignInFlowTable {
  token_hash: Buffer
  provider: string
  state: string
  nonce: string
  verifier: string
  return_to: string
  expires_at: Date
}

/** Who signs in, and by what. */
export interface AccessTables {
  account: AccountTable
  account_role: AccountRoleTable
  account_password: AccountPasswordTable
  account_session: AccountSessionTable
  account_link: AccountLinkTable
  account_totp: AccountTotpTable
  account_recovery_code: AccountRecoveryCodeTable
  account_identity: AccountIdentityTable
  api_token: ApiTokenTable
  sign_in_guess: SignInGuessTable
  sign_in_flow: SignInFlowTable
}
