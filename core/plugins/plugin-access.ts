import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { createDrafts } from '../evidence/create-drafts.ts'
import { findByIdentity, findByTitle } from '../evidence/known-evidence.ts'
import { listTeacherNames } from '../people/teacher-names.ts'
import { searchTeachers } from '../people/search-teachers.ts'
import type { PluginAccess } from './host.ts'

/** What core lends to plugins: evidence of their own kinds only (throws `indicator-foreign` otherwise), and names of teachers. */
export function pluginAccess(db: Kysely<CoreTables>, now: () => Date = () => new Date()): PluginAccess {
  return {
    evidence: (host, pluginId) => ({
      async createDrafts(actor, inputs) {
        for (const { indicator } of inputs) refuseForeign(pluginId, indicator)
        return await createDrafts({ db, host, now }, actor, inputs)
      },
      async findByIdentity(indicator, identities) {
        refuseForeign(pluginId, indicator)
        return await findByIdentity(db, indicator, identities)
      },
      async findByTitle(indicator, titles) {
        refuseForeign(pluginId, indicator)
        return await findByTitle(db, indicator, titles)
      },
    }),
    people: {
      searchTeachers: async (names) => await searchTeachers(db, names),
      listTeachers: async () => await listTeacherNames(db),
    },
  }
}

function refuseForeign(plugin: string, indicator: string): void {
  if (indicator.startsWith(`${plugin}.`)) return
  throw new UstazError('indicator-foreign', { status: 403, params: { indicator, plugin } })
}
