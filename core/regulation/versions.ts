import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { Page } from '../contract/paging.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { RegulationVersion } from '../contract/resources/regulations.ts'
import type { LocalizedText } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'

export interface VersionFilter {
  page: number
  pageSize: number
  state?: RegulationVersion['state'] | undefined
}

/** Versions of all regulations, newest first. */
export async function listVersions(
  db: Kysely<CoreTables>,
  { page, pageSize, state }: VersionFilter,
): Promise<Page<RegulationVersion>> {
  const matching = selectVersions(db).$if(state !== undefined, (query) => query.where('v.state', '=', state!))
  const { total } = await matching
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching
    .orderBy('v.created_at', 'desc')
    .orderBy('v.id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { items: rows.map(toVersion), total, page, pageSize }
}

/** One version with its document, keys in the schema's order. Throws `regulation-not-found`. */
export async function getVersion(
  db: Kysely<CoreTables>,
  id: number,
): Promise<RegulationVersion & { document: RegulationDocument }> {
  const row = await selectVersions(db).select('v.document').where('v.id', '=', id).executeTakeFirst()
  if (!row) throw new UstazError('regulation-not-found', { status: 404 })
  return { ...toVersion(row), document: regulationDocumentSchema.parse(row.document) }
}

function selectVersions(db: Kysely<CoreTables>) {
  return db
    .selectFrom('regulation_version as v')
    .innerJoin('regulation as r', 'r.id', 'v.regulation_id')
    .select(['v.id', 'r.code', 'v.version', 'v.state', 'v.hash', 'v.created_at', 'v.approved_at'])
    .select(sql<LocalizedText>`v.document -> 'title'`.as('title'))
}

type VersionRow = Awaited<ReturnType<ReturnType<typeof selectVersions>['executeTakeFirstOrThrow']>>

function toVersion(row: VersionRow): RegulationVersion {
  const { id, code, version, title, state, hash } = row
  return {
    id,
    code,
    version,
    title,
    state,
    hash,
    createdAt: row.created_at.toISOString(),
    approvedAt: row.approved_at?.toISOString() ?? null,
  }
}
