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

export type StoredVersion = RegulationVersion & {
  document: RegulationDocument
  /** YAML with the comments of whoever wrote it; null: only the document is kept. */
  text: string | null
}

/** One version with its document, keys in the schema's order. Throws `regulation-not-found`. */
export async function getVersion(db: Kysely<CoreTables>, id: number): Promise<StoredVersion> {
  const row = await selectVersions(db)
    .select(['v.document', 'v.source_text'])
    .where('v.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new UstazError('regulation-not-found', { status: 404 })
  return {
    ...toVersion(row),
    document: regulationDocumentSchema.parse(row.document),
    text: row.source_text,
  }
}

/** The version of the same regulation that was approved last, this one left out; null: none was. */
export async function findPrevious(
  db: Kysely<CoreTables>,
  { id, code, approvedAt }: Pick<RegulationVersion, 'id' | 'code' | 'approvedAt'>,
): Promise<{ id: number; version: string } | null> {
  const previous = await db
    .selectFrom('regulation_version as v')
    .innerJoin('regulation as r', 'r.id', 'v.regulation_id')
    .select(['v.id', 'v.version'])
    .where('r.code', '=', code)
    .where('v.id', '<>', id)
    .where('v.approved_at', 'is not', null)
    .$if(approvedAt !== null, (query) => query.where('v.approved_at', '<', new Date(approvedAt!)))
    .orderBy('v.approved_at', 'desc')
    .orderBy('v.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return previous ?? null
}

function selectVersions(db: Kysely<CoreTables>) {
  return db
    .selectFrom('regulation_version as v')
    .innerJoin('regulation as r', 'r.id', 'v.regulation_id')
    .select(['v.id', 'r.code', 'v.version', 'v.state', 'v.hash', 'v.revision', 'v.created_at'])
    .select('v.approved_at')
    .select(sql<LocalizedText>`v.document -> 'title'`.as('title'))
}

type VersionRow = Awaited<ReturnType<ReturnType<typeof selectVersions>['executeTakeFirstOrThrow']>>

function toVersion(row: VersionRow): RegulationVersion {
  const { id, code, version, title, state, hash, revision } = row
  return {
    id,
    code,
    version,
    title,
    state,
    hash,
    revision,
    createdAt: row.created_at.toISOString(),
    approvedAt: row.approved_at?.toISOString() ?? null,
  }
}
