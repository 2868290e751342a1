import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { listPublishedShadows } from '../contract/resources/shadow.ts'
import type { CoreTables } from '../database/tables.ts'

type Published = z.output<(typeof listPublishedShadows)['response']>

/** Runs whose comparison is published, the newest first. */
export async function listPublished(
  db: Kysely<CoreTables>,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Published> {
  const published = db
    .selectFrom('shadow as s')
    .innerJoin('run', 'run.id', 's.run_id')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .where('s.state', '=', 'published')
  const { total } = await published
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await published
    .select(['s.run_id', 's.moved_at', 'v.version', 'run.period_from', 'run.period_to'])
    .select(sql<Published['items'][number]['title']>`v.document -> 'title'`.as('title'))
    .orderBy('s.moved_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const items = rows.map(({ run_id, moved_at, title, version, period_from, period_to }) => ({
    runId: run_id,
    title,
    version,
    periodFrom: period_from,
    periodTo: period_to,
    publishedAt: moved_at!.toISOString(),
  }))
  return { items, total, page, pageSize }
}
