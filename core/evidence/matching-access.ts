import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { copyMatching } from './copies/copy-matching.ts'
import type { MatchingAccess } from '../plugin/matching-access.ts'
import type { PluginHost } from '../plugins/host.ts'

/** What people decide again and again, of all running plugins and of core, and the plugin that learns it. */
export function matchingAccess(db: Kysely<CoreTables>, host: PluginHost): MatchingAccess {
  return {
    list: () => [
      copyMatching(db, host),
      ...host.matchings().map(({ plugin, matching }) => ({
        id: `${plugin}.${matching.id}`,
        features: matching.features,
        examples: async (signal: AbortSignal) => await matching.examples(host.contextOf(plugin), signal),
      })),
    ],
    async judge(matching, candidates) {
      const hosted = host.learner()
      if (!hosted || candidates.length === 0) return null
      return await hosted.learner.judge(hosted.context, matching, candidates)
    },
    async count(answered) {
      const hosted = host.learner()
      await hosted?.learner.count(hosted.context, answered)
    },
  }
}
