import type { Kysely } from 'kysely'
import { decide } from '../access/rights.ts'
import type { Action } from '../access/rights.ts'
import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { RegulationVersion } from '../contract/resources/regulations.ts'
import type { CoreTables } from '../database/tables.ts'
import type { RegulationAccess, WeighedRegulation } from '../plugin/access.ts'
import type { Actor } from '../plugin/route.ts'
import type { PluginHost } from '../plugins/host.ts'
import { setWeighting } from './set-weighting.ts'
import { getVersion, listVersions } from './versions.ts'

/** Drafts that are offered for a weighting: more than a university works on at once. */
const mostDrafts = 200

/** Regulations as one plugin may use them; every call asks the rights table about the person it acts for. */
export function regulationAccess(
  { db, host, now }: { db: Kysely<CoreTables>; host: Pick<PluginHost, 'weighting'>; now(): Date },
  pluginId: string,
): RegulationAccess {
  return {
    async listDrafts(actor) {
      allow(actor, 'regulation.write')
      const { items } = await listVersions(db, { page: 1, pageSize: mostDrafts, state: 'draft' })
      return (await Promise.all(items.map(({ id }) => getVersion(db, id)))).map(toWeighed)
    },
    async find(actor, versionId) {
      allow(actor, 'regulation.read')
      return await getVersion(db, versionId).then(toWeighed, absent)
    },
    async setWeighting(actor, versionId, change) {
      allow(actor, 'regulation.write')
      const { id } = change.weighting
      if (!id.startsWith(`${pluginId}.`))
        throw new UstazError('weighting-foreign', {
          status: 403,
          params: { weighting: id, plugin: pluginId },
        })
      const by = { accountId: actor.accountId, at: now(), findWeighting: host.weighting }
      await setWeighting(db, versionId, { ...change, ...by })
    },
  }
}

function allow(actor: Actor, action: Action): void {
  if (decide(actor, action).length === 0)
    throw new UstazError('not-allowed', { status: 403, params: { action } })
}

function toWeighed(version: RegulationVersion & { document: RegulationDocument }): WeighedRegulation {
  const { id, code, title, state, hash, document } = version
  const areas = document.areas.map((area) => ({ id: area.id, title: area.title }))
  return { id, code, version: version.version, title, state, hash, areas, weighting: document.weighting }
}

function absent(error: unknown): null {
  if (error instanceof UstazError && error.code === 'regulation-not-found') return null
  throw error
}
