import type { Kysely } from 'kysely'
import type { PgBoss } from 'pg-boss'
import type { Pool } from 'pg'
import type { OpenIdProvider } from './access/openid/provider.ts'
import type { PasswordProvider } from './access/providers/password-provider.ts'
import type { FileStore } from './evidence/file-store.ts'
import type { CoreTables } from './database/tables.ts'
import type { PluginHost } from './plugins/host.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

/** What core's routes and jobs work with; the same for main and for tests. */
export interface AppContext {
  db: Kysely<CoreTables>
  pool: Pool
  host: PluginHost
  jobs: PgBoss
  files: FileStore
  config: Config
  log: Log
  /** null: nobody signs in by OpenID Connect. */
  openId: OpenIdProvider | null
  /** Services besides ours that know logins and passwords, in the order in which they are asked. */
  passwordProviders: readonly PasswordProvider[]
  /** null: this process has no broker. */
  broker: { ping(): Promise<void> } | null
  now(): Date
}
