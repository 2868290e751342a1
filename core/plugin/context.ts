import type { Kysely } from 'kysely'
import type {
  AccountAccess,
  EvidenceAccess,
  JobAccess,
  MailAccess,
  PeopleAccess,
  RecordAccess,
  RegulationAccess,
  RunAccess,
} from './access.ts'
import type { BrokerAddress } from './broker.ts'
import type { MatchingAccess } from './matching-access.ts'
import type { TableAccess } from './table-import.ts'

/** The time zone of a university that did not set one. */
export const usualTimeZone = 'Asia/Almaty'

/** What a plugin may use while it works: its own tables only, and no table of core. */
export interface PluginContext<Tables> {
  db: Kysely<Tables>
  settings: Record<string, unknown>
  log: { info(message: string): void; warn(message: string): void; error(message: string): void }
  now(): Date
  /** IANA name of the university's time zone. */
  timeZone: string
  evidence: EvidenceAccess
  records: RecordAccess
  people: PeopleAccess
  accounts: AccountAccess
  regulations: RegulationAccess
  runs: RunAccess
  jobs: JobAccess<Tables>
  matchings: MatchingAccess
  tables: TableAccess<Tables>
  mail: MailAccess<Tables>
  /** null: this process has no broker. */
  broker: BrokerAddress | null
}
