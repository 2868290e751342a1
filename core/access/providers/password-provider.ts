import type { ProvenIdentity } from './identity.ts'
import type { Admission } from './settings.ts'

/**
 * A service that knows logins and passwords besides the product's own. A new one: a folder beside ldap/ that makes such an
 * object, and a line in open-ways.ts. Limits to guessing, accounts and roles are core's business, the same for all.
 */
export interface PasswordProvider {
  /** Permanent, and another one for another service: stands in account_identity and in sessions. */
  id: string
  admission: Admission
  /**
   * Whom login and password prove; null: unknown login or wrong password, which takes about as long. Throws
   * `provider-unavailable`.
   */
  identify(login: string, password: string): Promise<ProvenIdentity | null>
}
