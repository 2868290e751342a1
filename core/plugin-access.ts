import type { Kysely, Transaction } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { listAccounts } from './access/list-accounts.ts'
import { isAction, rolesOf } from './access/rights.ts'
import type { Config } from './config.ts'
import { UstazError } from './contract/problem.ts'
import type { CoreTables } from './database/tables.ts'
import { countUndated, countYears } from './evidence/count-years.ts'
import { createDrafts } from './evidence/create-drafts.ts'
import { countShared, listWithPeople } from './evidence/approved-entries.ts'
import { findByIdentity, findByTitle } from './evidence/known-evidence.ts'
import { recordAccess } from './evidence/record-access.ts'
import { jobAccess } from './jobs/plugin-jobs.ts'
import { matchingAccess } from './evidence/matching-access.ts'
import { queueMail } from './mail/queue-mail.ts'
import { pluginTables } from './people/import/plugin-tables.ts'
import { listPosts } from './people/list-posts.ts'
import { teachersIn } from './people/teachers-of-units.ts'
import { listTeacherNames } from './people/teacher-names.ts'
import { listUnitNames } from './people/units.ts'
import { searchTeachers } from './people/search-teachers.ts'
import type { AccountAccess, EvidenceAccess, MailAccess } from './plugin/access.ts'
import type { PluginAccess, PluginHost } from './plugins/host.ts'
import { runAccess } from './rating/results/run-access.ts'
import { regulationAccess } from './regulation/regulation-access.ts'

/**
 * What core lends to plugins: evidence of their own kinds only (throws `indicator-foreign` otherwise), names of teachers and
 * accounts, regulations by the rights of the person a plugin acts for, finished runs, its own jobs, and mail. `jobs` null: a process without a queue,
 * which sends no mail either.
 */
export function pluginAccess(
  db: Kysely<CoreTables>,
  now: () => Date = () => new Date(),
  jobs: PgBoss | null = null,
  config: Pick<Config, 'mail' | 'publicUrl'> = { mail: null, publicUrl: 'http://127.0.0.1' },
): PluginAccess {
  return {
    evidence: (host, pluginId) => evidenceAccess({ db, host, now }, pluginId),
    records: (host) => recordAccess(db, host),
    people: {
      searchTeachers: async (names) => await searchTeachers(db, names),
      listUnits: async () => await listUnitNames(db),
      listTeachers: async () => await listTeacherNames(db),
      postsOn: async (day) => await listPosts(db, day),
      teachersIn: async (scope) => await teachersIn(db, scope),
    },
    accounts: accountAccess(db),
    regulations: (host, pluginId) => regulationAccess({ db, host, now }, pluginId),
    runs: runAccess(db),
    matchings: (host) => matchingAccess(db, host),
    jobs: (host, pluginId) => jobAccess(jobs, host, pluginId),
    tables: (host, pluginId) => pluginTables(db, (id) => host.messagesOf(id), pluginId),
    mail: mailAccess({ jobs, config, now }),
  }
}

function mailAccess({
  jobs,
  config,
  now,
}: {
  jobs: PgBoss | null
  config: Pick<Config, 'mail' | 'publicUrl'>
  now(): Date
}): MailAccess<never> {
  return {
    canSend: jobs !== null && config.mail !== null,
    address: config.publicUrl,
    async queue(trx, mail) {
      if (!jobs) return false
      const core = trx.withSchema('core') as unknown as Transaction<CoreTables>
      return await queueMail({ jobs, config, now }, core, mail)
    },
  }
}

function evidenceAccess(
  context: { db: Kysely<CoreTables>; host: PluginHost; now(): Date },
  pluginId: string,
): EvidenceAccess {
  return {
    async createDrafts(actor, inputs) {
      for (const { indicator } of inputs) refuseForeign(pluginId, indicator)
      return await createDrafts(context, actor, inputs)
    },
    async findByIdentity(indicator, identities) {
      refuseForeign(pluginId, indicator)
      return await findByIdentity(context.db, indicator, identities)
    },
    async findByTitle(indicator, titles) {
      refuseForeign(pluginId, indicator)
      return await findByTitle(context.db, indicator, titles)
    },
    async listApproved(indicator, page) {
      refuseForeign(pluginId, indicator)
      return await listWithPeople(context.db, indicator, page)
    },
    async countShared(indicator, teacherIds, otherIds) {
      refuseForeign(pluginId, indicator)
      return await countShared(context.db, indicator, { teacherIds, otherIds })
    },
    countYears: async (years, of) => await countYears(context.db, years, of),
    countUndated: async (since, of) => await countUndated(context.db, since, of),
  }
}

function refuseForeign(plugin: string, indicator: string): void {
  if (indicator.startsWith(`${plugin}.`)) return
  throw new UstazError('indicator-foreign', { status: 403, params: { indicator, plugin } })
}

function accountAccess(db: Kysely<CoreTables>): AccountAccess {
  return {
    async list({ action, ...filter }) {
      if (!isAction(action)) throw new Error(`there is no action "${action}"`)
      const { items, ...page } = await listAccounts(db, { ...filter, roles: rolesOf(action) })
      return { ...page, items: items.map(({ id, name }) => ({ id, name })) }
    },
  }
}
