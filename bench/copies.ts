/**
 * npm run bench:copies -- [--teachers 1500] [--changed 500] [--seed samal]
 *
 * What the search of copies takes on the entries of the demonstration university: of all, as in the first night; of none, as in a night after
 * which nothing changed; and of some that were changed. How many pairs it finds, and the plan by which a near title is found without people.
 */
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../core/database/tables.ts'
import { findCopies } from '../core/evidence/copies/find-copies.ts'
import { nearEnough } from '../core/evidence/copies/near-titles.ts'
import { loadListedPlugins } from '../core/plugins/plugin-list.ts'
import { loadUniversity } from '../demo/load/load-university.ts'
import { planUniversity } from '../demo/people/university.ts'
import { withBenchServer } from './bench-server.ts'

const { values } = parseArgs({
  options: {
    teachers: { type: 'string', default: '1500' },
    changed: { type: 'string', default: '500' },
    seed: { type: 'string', default: 'samal' },
  },
})
const now = new Date('2026-07-01T00:00:00Z')

const kinds = (await loadListedPlugins()).flatMap(({ definition }) =>
  (definition?.evidence ?? []).map((kind) => ({ indicator: `${definition!.id}.${kind.kind}`, kind })),
)
const kindOf = new Map(kinds.map(({ indicator, kind }) => [indicator, kind]))
const host = {
  evidenceKinds: () => kinds.map((one) => ({ plugin: '', ...one })),
  evidenceKind: (indicator: string) => kindOf.get(indicator) ?? null,
}

await withBenchServer(async (server) => {
  const result = await server.inDatabase('copies', [], async ({ db, pool }) => {
    const university = planUniversity({ seed: values.seed, teachers: Number(values.teachers) })
    const entries = await loadUniversity(pool, university, {
      findKind: (indicator) => kindOf.get(indicator)!,
      files: { put: () => Promise.reject(new Error('no files')) } as never,
      scanned: [],
      report: () => {},
      now,
      signal: new AbortController().signal,
    })
    const search = async () => {
      const started = performance.now()
      const pairs = await findCopies({ db, host, now: () => now })
      return { pairs, seconds: Number(((performance.now() - started) / 1000).toFixed(1)) }
    }
    const all = await search()
    const none = await search()
    await sql`update core.evidence set revision = revision + 1 where id in (
      select id from core.evidence where state <> 'rejected' order by hashint8(id) limit ${Number(values.changed)})`.execute(
      db,
    )
    return {
      entries,
      all,
      none,
      changed: await search(),
      found: await countFound(db),
      plan: await planOf(db),
    }
  })
  console.log(result.plan)
  console.log(JSON.stringify({ bench: 'copies', ...values, ...result, plan: undefined }))
})

async function countFound(db: Kysely<CoreTables>) {
  const { rows } = await sql<{ indicator: string; verdict: string; equal: number; near: number }>`
    select a.indicator, c.verdict, count(*) filter (where lower(a.title) = lower(b.title))::int as equal,
      count(*) filter (where lower(a.title) <> lower(b.title))::int as near
    from core.evidence_copy c join core.evidence a on a.id = c.first_id join core.evidence b on b.id = c.second_id
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

/** Of ten searches by title alone, as kinds that compare are searched. */
async function planOf(db: Kysely<CoreTables>): Promise<string> {
  return await db.transaction().execute(async (trx) => {
    await sql`select set_config('pg_trgm.similarity_threshold', ${String(nearEnough)}, true)`.execute(trx)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain (analyze, costs off, buffers off)
      with looked as materialized (select id, indicator, core.title_key(title) as key from core.evidence
        where indicator = 'publications.work' order by id limit 10)
      select a.id, b.id from looked a join core.evidence b on core.title_key(b.title) operator(public.%) a.key
      where b.indicator = a.indicator and b.id <> a.id and b.state <> 'rejected'`.execute(trx)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}
