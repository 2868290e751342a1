/**
 * For run-worker.test.ts: an example regulation, and, started as a program with the address of a database, a worker that stands
 * still in the middle of a run, with its snapshot written but not committed, until it is killed.
 */
import { pathToFileURL } from 'node:url'
import type { Kysely } from 'kysely'
import { PgBoss } from 'pg-boss'
import { regulationDocumentSchema } from '../contract/index.ts'
import { openDatabase } from '../database/connection.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Weighting } from '../plugin/weighting.ts'
import { onePointWeighting } from './example-university.ts'
import { startRunWorker } from './run-worker.ts'
import type { RatingSources } from './run-order.ts'

const text = (word: string) => ({ kk: word, ru: word, en: word })

export const exampleSources: RatingSources = {
  factSources: () => [{ source: 'evidence', indicator: 'example.thing', enrich: null }],
  pointsFunction: () => null,
  weighting: () => onePointWeighting,
}

/** An approved regulation of one criterion; answers the id of its version. */
export async function recordExampleRegulation(
  db: Kysely<CoreTables>,
  {
    indicator = 'example.thing',
    weighting = 'points',
    ...rest
  }: { indicator?: string; weighting?: string; appeals?: object | null } = {},
): Promise<number> {
  const document = regulationDocumentSchema.parse({
    code: `example-${indicator.replace('.', '-')}`,
    version: '1',
    title: text('Example'),
    description: text('Example'),
    source: 'core/rating/run-worker.test.ts',
    periodStart: '09-01',
    areas: [{ id: 'A', title: text('A') }],
    criteria: [
      {
        id: 'a',
        area: 'A',
        title: text('a'),
        unit: 'item',
        indicator,
        points: { kind: 'per-unit', points: '10' },
      },
    ],
    norms: [{ id: 'N', title: text('N'), byPosition: { lecturer: '5', professor: '5' } }],
    leagues: [{ id: 'all', title: text('all'), positions: ['lecturer', 'professor'] }],
    weighting: { id: weighting },
    rounding: { digits: 2 },
    ...rest,
  })
  const { id } = await db
    .insertInto('regulation')
    .values({ code: document.code })
    .returning('id')
    .executeTakeFirstOrThrow()
  const version = await db
    .insertInto('regulation_version')
    .values({
      regulation_id: id,
      version: '1',
      state: 'approved',
      document: JSON.stringify(document),
      hash: 'example',
      created_by: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return version.id
}

/** Weights that never come: the worker has written its snapshot and waits here for the end of the world, holding its transaction. */
const standStill = {
  ...onePointWeighting,
  weigh: () => {
    process.stdout.write('in the middle\n')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  },
} as unknown as Weighting

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const url = process.argv[2]!
  const { db } = openDatabase(url)
  const jobs = new PgBoss({ connectionString: url, schema: 'pgboss' })
  jobs.on('error', () => undefined)
  await jobs.start()
  const log = { info: () => undefined, error: console.error }
  await startRunWorker({ db, jobs, sources: { ...exampleSources, weighting: () => standStill }, log })
}
