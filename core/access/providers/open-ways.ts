import type { AppContext } from '../../app-context.ts'
import type { Log } from '../../log.ts'
import type { Config } from '../../config.ts'
import { createLdapProvider } from '../ldap/provider.ts'
import { createOpenIdProvider } from '../openid/provider.ts'

/** The other providers that the settings name. Throws `config-invalid`. */
export function openWays(
  { openId, ldap }: Config,
  log: Log,
): Pick<AppContext, 'openId' | 'passwordProviders'> {
  return {
    openId: openId && createOpenIdProvider(openId, log),
    passwordProviders: ldap ? [createLdapProvider(ldap)] : [],
  }
}
